import { CommanderError } from 'commander';

import type { ScreenContext } from '../operator/command-context';
import { programOf } from './program';
import type { Session } from './session';

/**
 * Runs `account-vending` with these words.
 *
 * @returns the exit code
 * @throws OperatorError, ConfigurationError or SandboxError that says what a person can do
 */
export async function accountVending(args: readonly string[], context: ScreenContext): Promise<number> {
  const session: Session = { context, exitCode: 0 };
  try {
    await programOf(session).parseAsync(args, { from: 'user' });
  } catch (error) {
    // Help or version was asked for, and printed.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    throw error;
  }
  return session.exitCode;
}
