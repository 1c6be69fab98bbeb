import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

import { SandboxError } from '../runtime/ministack/sandbox-error';
import { withNegativeValues } from './negative-values';

/** The options of a command, and their usage text. */
export interface CommandOptions<Options extends ParseArgsOptionsConfig> {
  readonly usage: string;
  readonly options: Options;
}

/** Somebody wants to know how the command is used, and nothing else of it. The message is the usage. */
export class HelpAskedError extends Error {
  override readonly name = 'HelpAskedError';
}

/**
 * The options that a command was given, each once unless it may come more often.
 *
 * @throws HelpAskedError where `--help` is among them
 * @throws SandboxError that says what is wrong, and how the command is used
 */
export function givenOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  { usage, options }: CommandOptions<Options>,
): GivenOptions<Options> {
  if (args.includes('--help')) throw new HelpAskedError(usage);
  const { values, tokens } = parsed(args, { usage, options });
  const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const repeated = names.find((name, index) => names.indexOf(name) < index && options[name]?.multiple !== true);
  if (repeated === undefined) return values;
  throw new SandboxError(`--${repeated} is given more than once; which one counts cannot be known.\n${usage}`);
}

interface Config<Options extends ParseArgsOptionsConfig> {
  readonly args: string[];
  readonly options: Options;
  readonly tokens: true;
}

type GivenOptions<Options extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<Config<Options>>>['values'];

function parsed<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  { usage, options }: CommandOptions<Options>,
): ReturnType<typeof parseArgs<Config<Options>>> {
  try {
    return parseArgs<Config<Options>>({ args: withNegativeValues(args), options, tokens: true });
  } catch (cause) {
    throw new SandboxError(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`);
  }
}
