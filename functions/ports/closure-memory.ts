import type { SpentShare } from '../domain/queue/closing-share';
import type { Closure } from '../domain/records/ledger-records';

/** What the ledger keeps about the closing of a tenant's account. */
export interface ClosureMemory {
  /**
   * AWS is about to be asked: uses the tenant's turn in the lane of closings and one of AWS's share of thirty days, in
   * the same write.
   *
   * @returns `no-turn`, or that the share is spent: nothing is to be asked then
   * @throws TransientError when another run has gone on meanwhile, or the deletion was taken back
   */
  recordIntent(before: Closure | null, intent: Closure): Promise<'recorded' | 'no-turn' | SpentShare>;

  /** AWS has not taken it: the share has it back. @throws TransientError when another run has gone on meanwhile */
  takeBack(intent: Closure, before: Closure | null): Promise<void>;

  /** Goes on from `before` to `after`. @throws TransientError when another run has gone on meanwhile */
  recordClosure(before: Closure | null, after: Closure): Promise<void>;

  /** How many closings AWS allows in thirty days, by the number of accounts that there are now. */
  recordAllowance(closings: number): Promise<void>;
}
