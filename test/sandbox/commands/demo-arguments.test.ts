import path from 'node:path';

import { demoArguments } from '../../../sandbox/commands/demo-arguments';
import { projectRoot } from '../../../sandbox/environment';
import { SandboxError } from '../../../sandbox/runtime/ministack/sandbox-error';

describe('the arguments of npm run demo', () => {
  it('may all be absent', () => {
    expect(demoArguments([])).toEqual({
      embedded: false,
      json: false,
      desiredStates: [],
      configurationFolder: path.join(projectRoot, 'sandbox', 'config'),
      seed: expect.any(Number) as number,
      verbose: false,
    });
  });

  it('may all be there, and a desired state more than once', () => {
    const files = ['--desired-state', 'one.json', '--desired-state=two.json'];
    const args = ['--embedded', '--json', '--verbose', '--seed', '17', '--config', '/any/../folder', ...files];
    expect(demoArguments(args)).toEqual({
      embedded: true,
      json: true,
      desiredStates: ['one.json', 'two.json'],
      configurationFolder: '/folder',
      seed: 17,
      verbose: true,
    });
  });

  it.each([
    { args: ['--nonsense'], says: "Unknown option '--nonsense'" },
    { args: ['extra'], says: "Unexpected argument 'extra'" },
    { args: ['--desired-state'], says: "Option '--desired-state <value>' argument missing" },
    { args: ['--json=yes'], says: "Option '--json' does not take an argument" },
    { args: ['--seed', 'abc'], says: "--seed is 'abc'; it may be a whole number from 0 to 999999999999999." },
    { args: ['--seed', '-1'], says: "--seed is '-1'; it may be a whole number from 0 to 999999999999999." },
    { args: ['--seed', '1.5'], says: "--seed is '1.5'; it may be a whole number from 0 to 999999999999999." },
    { args: ['--seed', ''], says: "--seed is ''; it may be a whole number from 0 to 999999999999999." },
  ])('are refused with the usage: $args', ({ args, says }) => {
    const usage = /\nUsage: npm run demo -- \[--embedded\]/;
    expect(() => demoArguments(args)).toThrow(SandboxError);
    expect(() => demoArguments(args)).toThrow(says);
    expect(() => demoArguments(args)).toThrow(usage);
  });
});
