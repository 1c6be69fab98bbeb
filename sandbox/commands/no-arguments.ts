import { SandboxError } from '../runtime/ministack/sandbox-error';

/**
 * For a command that can be told nothing: what is not heeded would be taken for heeded.
 *
 * @throws SandboxError where there is an argument
 */
export function noArguments(command: string, args: readonly string[]): void {
  if (args.length === 0) return;
  throw new SandboxError(`npm run ${command} takes no arguments, but was given ${args.join(' ')}. Run it without.`);
}
