import { givenOptions, HelpAskedError } from '../../../sandbox/commands/given-options';
import { SandboxError } from '../../../sandbox/runtime/ministack/sandbox-error';

const command = {
  usage: 'Usage: npm run any -- [--size N] [--file FILE]… [--quiet]',
  options: { size: { type: 'string' }, file: { type: 'string', multiple: true }, quiet: { type: 'boolean' } },
} as const;

describe('the options of a command', () => {
  it('are what it was given', () => {
    const given = givenOptions(['--size', '3', '--file=one', '--file', 'two', '--quiet'], command);
    expect({ ...given }).toEqual({ size: '3', file: ['one', 'two'], quiet: true });
  });

  it('may be a number below zero, which the command itself refuses', () => {
    expect(givenOptions(['--size', '-3'], command).size).toBe('-3');
  });

  it.each([
    [['--size', '3', '--size=4'], '--size is given more than once; which one counts cannot be known.'],
    [['--quiet', '--quiet'], '--quiet is given more than once; which one counts cannot be known.'],
    [['--colour'], "Unknown option '--colour'"],
    [['file'], "Unexpected argument 'file'"],
  ])('are refused with the usage: %j', (args, message) => {
    const ask = (): unknown => givenOptions(args, command);
    expect(ask).toThrow(SandboxError);
    expect(ask).toThrow(message);
    expect(ask).toThrow(`\n${command.usage}`);
  });

  it.each([[['--help']], [['--size', '3', '--size', '4', '--help']], [['--colour', '--help']]])(
    'give way to somebody who asks for help: %j',
    (args) => {
      const ask = (): unknown => givenOptions(args, command);
      expect(ask).toThrow(HelpAskedError);
      expect(ask).toThrow(command.usage);
    },
  );
});
