import { parseArgs } from 'node:util';

import { SandboxError } from '../../sandbox/runtime/ministack/sandbox-error';

export interface Arguments {
  /** Everything, to its end. */
  readonly all: boolean;
  /** Infinity where nobody has set a limit. */
  readonly minutes: number;
  /** Parts, or folders of parts. */
  readonly names: readonly string[];
}

/** @throws SandboxError that names the argument and what to write instead */
export function argumentsOf(args: readonly string[]): Arguments {
  const unknown = args.find((arg) => arg.startsWith('-') && !/^--(?:all|minutes=.*)$/u.test(arg));
  if (unknown !== undefined) throw new SandboxError(`${unknown} is no option. There are --all and --minutes=N.`);
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { all: { type: 'boolean', default: false }, minutes: { type: 'string' } },
    allowPositionals: true,
  });
  const { all, minutes } = values;
  if (minutes !== undefined && !/^\d+$/u.test(minutes)) {
    throw new SandboxError(`--minutes=${minutes} is no number. Write whole minutes, such as --minutes=20.`);
  }
  if (all && (minutes !== undefined || positionals.length > 0)) {
    throw new SandboxError('--all runs everything to its end. Leave out names and --minutes.');
  }
  return { all, minutes: Number(minutes ?? Infinity), names: positionals };
}
