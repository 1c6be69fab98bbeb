import { ConfigurationError } from '../../functions/domain/base/errors';
import { OperatorError } from '../operator-error';

const LEAST_NODE = 24;

/** Ends the process with what the command says; 2: it could not do its work, and has said why. */
export function runOperator(command: () => Promise<number>): void {
  if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
    process.stderr.write(
      `This needs Node ${LEAST_NODE} and runs on ${process.versions.node}. Start it with npm ("npm run …").\n`,
    );
    process.exitCode = 2;
    return;
  }
  command().then(
    (exitCode) => {
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      process.stderr.write(`${errorMessage(error)}\n`);
      process.exitCode = 2;
    },
  );
}

/** What a person can mend is said in its own words; anything else is a fault of ours and comes with its stack. */
function errorMessage(error: unknown): string {
  if (error instanceof OperatorError || error instanceof ConfigurationError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
