import { simulateArguments } from '../../../sandbox/commands/simulate-arguments';
import { allFaults } from '../../../sandbox/simulation/fault-name';

describe('the arguments of npm run simulate', () => {
  it('are ten tenants, no faults and one repetition by default', () => {
    expect(simulateArguments([])).toEqual({
      options: { tenants: 10, seed: 1, faults: new Set(), rounds: 1, changes: false, lives: false, kill: false },
      json: false,
    });
  });

  it('are taken as they are given', () => {
    const args = [
      '--tenants',
      '100',
      '--seed',
      '7',
      '--faults',
      'throttles,errors',
      '--kill',
      '--lives',
      '--replicate',
      '2',
      '--concurrency',
      '50',
      '--json',
    ];

    expect(simulateArguments(args)).toEqual({
      options: {
        tenants: 100,
        seed: 7,
        faults: new Set(['throttles', 'errors']),
        rounds: 2,
        changes: true,
        lives: true,
        kill: true,
        concurrency: 50,
      },
      json: true,
    });
  });

  it('choose all faults by one word', () => {
    expect(simulateArguments(['--faults', 'all']).options.faults).toEqual(allFaults());
  });

  it.each([
    [['--tenants', '0'], "--tenants is '0'; it may be a whole number from 1 to 1000."],
    [['--tenants', 'many'], "--tenants is 'many'; it may be a whole number from 1 to 1000."],
    [['--seed', '-1'], "--seed is '-1'; it may be a whole number from 0 to 9007199254740991."],
    [['--seed=-1'], "--seed is '-1'; it may be a whole number from 0 to 9007199254740991."],
    [['--tenants', '5', '--replicate', '-2'], "--replicate is '-2'; it may be a whole number from 0 to 100."],
    [['--concurrency', '0'], "--concurrency is '0'; it may be a whole number from 1 to 1000."],
    [['--kill', '-1'], "Option '--kill' does not take an argument"],
    [['--seed'], "Option '--seed <value>' argument missing"],
    [
      ['--seed', '9007199254740992'],
      "--seed is '9007199254740992'; it may be a whole number from 0 to 9007199254740991.",
    ],
    [['--seed', 'abc'], "--seed is 'abc'; it may be a whole number from 0 to 9007199254740991."],
    [['--replicate', '1.5'], "--replicate is '1.5'; it may be a whole number from 0 to 100."],
    [['--faults', 'throttles,floods'], "--faults names 'floods'; it may be all, none, or a list of:\n  throttles  "],
    [['--faults', 'all,kill'], "'all' stands alone: --faults all.\n'kill' is an option of its own: --kill.\nUsage: "],
    [['--faults', 'none,errors'], "--faults names 'none'; it may be all, none, or a list of:"],
    [['--faults', ''], "--faults names ''; it may be all, none, or a list of:"],
    [['--verbose'], "Unknown option '--verbose'"],
    [['--seed', '1', '--tenants', '5', '--seed', '2'], '--seed is given more than once'],
    [['--kill', '--kill'], '--kill is given more than once'],
  ])('are refused where they cannot be right: %j', (args, message) => {
    expect(() => simulateArguments(args)).toThrow(message);
    expect(() => simulateArguments(args)).toThrow('Usage: npm run simulate -- ');
  });
});
