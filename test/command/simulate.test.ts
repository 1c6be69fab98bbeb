import { ran } from './ran';

describe('the options of account-vending simulate', () => {
  it.each([
    [['--tenants', '0'], "--tenants is '0'; it may be a whole number from 1 to 1000."],
    [['--tenants', 'many'], "--tenants is 'many'; it may be a whole number from 1 to 1000."],
    [['--seed', '-1'], "--seed is '-1'; it may be a whole number from 0 to 9007199254740991."],
    [['--seed=-1'], "--seed is '-1'; it may be a whole number from 0 to 9007199254740991."],
    [['--tenants', '5', '--replicate', '-2'], "--replicate is '-2'; it may be a whole number from 0 to 100."],
    [['--concurrency', '0'], "--concurrency is '0'; it may be a whole number from 1 to 1000."],
    [['--kill', '-1'], "Unexpected argument '-1'."],
    [['--seed'], "Option '--seed <n>' has no value."],
    [['--seed', '9007199254740992'], "--seed is '9007199254740992'; it may be a whole number from 0 to"],
    [['--seed', 'abc'], "--seed is 'abc'; it may be a whole number from 0 to 9007199254740991."],
    [['--replicate', '1.5'], "--replicate is '1.5'; it may be a whole number from 0 to 100."],
    [
      ['--faults', 'throttles,floods'],
      "--faults is 'throttles,floods'; it may be all, none, or a list of:\n  throttles  ",
    ],
    [['--faults', 'trottles'], "'trottles' is none of them. Did you mean throttles?"],
    [['--faults', 'all,kill'], "'all' stands alone: --faults all. 'kill' is an option of its own: --kill.\n"],
    [['--faults', 'none,errors'], "'none' stands alone: --faults none."],
    [['--faults', ''], "--faults is ''; it may be all, none, or a list of:"],
    [['--verbose'], "Unknown option '--verbose'."],
    [['--seed', '1', '--tenants', '5', '--seed', '2'], '--seed is given more than once'],
    [['--kill', '--kill'], '--kill is given more than once'],
  ])('are refused where they cannot be right: %j', async (args, message) => {
    const { exitCode, out, notices } = await ran('simulate', ...args);

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(notices).toContain(message);
    expect(notices).toMatch(/`npx account-vending simulate --help` shows how it is used\.\n$/u);
  });
});
