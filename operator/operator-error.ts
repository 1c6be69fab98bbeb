import type { Problem } from '../functions/api/responses';
import type { Fault } from '../functions/domain/base/fault';

/** What a problem says besides its detail; the message has that. */
export type ProblemKind = Pick<Problem, 'type' | 'title' | 'status'>;

/**
 * A command cannot do what it was asked for; the message says what a person can do. With `--json` it is printed as a
 * problem (RFC 9457), of the kind that is given here.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';

  readonly kind: ProblemKind | undefined;
  readonly faults: readonly Fault[];

  constructor(message: string, kind?: ProblemKind, faults: readonly Fault[] = []) {
    super(message);
    this.kind = kind;
    this.faults = faults;
  }
}

export const faultCount = (faults: readonly Fault[]): string =>
  faults.length === 1 ? '1 fault' : `${faults.length} faults`;
