import { ConfigurationError } from '../../functions/domain/errors';
import { SandboxError } from '../runtime-plane/sandbox-error';
import { HelpAskedError } from './given-options';

const LEAST_NODE = 24;

/**
 * Runs a command and ends the process with its exit code. Who asks for help gets it, and that is success. What a person can mend is said in its own words; anything else is a fault
 * of ours and comes with its stack.
 */
export function runMain(main: () => Promise<number>): void {
  if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
    process.stderr.write(
      `This needs Node ${LEAST_NODE} and runs on ${process.versions.node}. Start it with npm ("npm run …"): npm ci installs it.\n`,
    );
    process.exitCode = 2;
    return;
  }
  main().then(
    (exitCode) => {
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      if (error instanceof HelpAskedError) {
        process.stdout.write(`${error.message}\n`);
        return;
      }
      const isKnown = error instanceof SandboxError || error instanceof ConfigurationError;
      process.stderr.write(`${isKnown ? error.message : inFull(error)}\n`);
      process.exitCode = isKnown ? 2 : 1;
    },
  );
}

const inFull = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
