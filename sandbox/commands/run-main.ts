import { CommanderError } from 'commander';

import { ConfigurationError } from '../../functions/domain/base/errors';
import { OperatorError } from '../../operator/operator-error';
import { SandboxError } from '../runtime/ministack/sandbox-error';

const LEAST_NODE = 24;

/** Errors that the user can mend. */
const KNOWN = [OperatorError, SandboxError, ConfigurationError];

/**
 * Runs a script of this repository and ends the process with its exit code. Printing the help is success. An error that
 * the user can mend is printed as a sentence; any other is a bug and is printed with its stack. A script that waits for
 * something that never happens fails, too: Node would end it as if all were well.
 */
export function runMain(main: () => Promise<number>): void {
  if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
    process.stderr.write(
      `This needs Node ${LEAST_NODE} and runs on ${process.versions.node}. Start it with npm ("npm run …"): npm ci installs it.\n`,
    );
    process.exitCode = 2;
    return;
  }
  process.once('beforeExit', stuck);
  main().then(
    (exitCode) => {
      process.off('beforeExit', stuck);
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      process.off('beforeExit', stuck);
      // The help was asked for, and printed.
      if (error instanceof CommanderError && error.exitCode === 0) return;
      const isKnown = KNOWN.some((known) => error instanceof known);
      process.stderr.write(`${isKnown && error instanceof Error ? error.message : inFull(error)}\n`);
      process.exitCode = isKnown ? 2 : 1;
    },
  );
}

function stuck(): void {
  process.stderr.write(
    'The command stopped before it had finished, because it waited for something that cannot happen. Please report this bug.\n',
  );
  process.exitCode = 1;
}

const inFull = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
