import { ConfigurationError } from '../functions/domain/base/errors';
import type { ScreenContext } from '../operator/command-context';
import { OperatorError } from '../operator/operator-error';
import { SandboxError } from '../sandbox/runtime/ministack/sandbox-error';
import { namingMissingPackage } from './missing-package';
import { accountVending } from './run';

/**
 * Runs the command for a process and prints errors on standard error: as sentences or, with `--json`, as a problem.
 *
 * @returns the exit code
 */
export async function toldAccountVending(args: readonly string[], context: ScreenContext): Promise<number> {
  try {
    return await accountVending(args, context);
  } catch (cause) {
    const error = namingMissingPackage(cause);
    context.notify(`${asksForJson(args) ? inJson(error) : inSentences(error)}\n`);
    return 2;
  }
}

const asksForJson = (args: readonly string[]): boolean => args.includes('--json');

/** An error that the user can mend is printed as a sentence; any other is a bug and is printed with its stack. */
const isKnown = (error: unknown): error is Error =>
  error instanceof OperatorError || error instanceof ConfigurationError || error instanceof SandboxError;

function inSentences(error: unknown): string {
  if (!isKnown(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const faults = error instanceof OperatorError ? error.faults : [];
  return [error.message, ...faults.map(({ field, message }) => `  ${field}: ${message}`)].join('\n');
}

function inJson(error: unknown): string {
  const { kind, faults } = error instanceof OperatorError ? error : { kind: undefined, faults: [] };
  const detail = isKnown(error) ? error.message : inSentences(error);
  return JSON.stringify({ ...(kind ?? kindOf(error)), detail, errors: faults }, null, 2);
}

function kindOf(error: unknown): { readonly type: string; readonly title: string; readonly status: number } {
  const problem = (kind: string, title: string, status: number) => ({
    type: `urn:account-vending:problem:${kind}`,
    title,
    status,
  });
  if (error instanceof ConfigurationError) {
    return problem('invalid-configuration', 'The configuration cannot be used', 422);
  }
  return isKnown(error)
    ? problem('command-failed', 'The command could not do its work', 500)
    : problem('internal-error', 'The program has a bug', 500);
}
