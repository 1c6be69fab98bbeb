import { CommanderError } from 'commander';

import { ConfigurationError } from '../../functions/domain/base/errors';
import { OperatorError } from '../../operator/operator-error';
import { SandboxError } from '../runtime/ministack/sandbox-error';

const LEAST_NODE = 24;

/** What a person can mend. */
const KNOWN = [OperatorError, SandboxError, ConfigurationError];

/**
 * Runs a script of this repository and ends the process with its exit code. Who asks for help gets it, and that is
 * success. What a person can mend is said in its own words; anything else is a fault of ours and comes with its stack.
 * So does a command that waits for something that will never happen: Node would end it as if all were well.
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
    'The command waits for something that will never happen, so it has not done its work. This is a fault of ours.\n',
  );
  process.exitCode = 1;
}

const inFull = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
