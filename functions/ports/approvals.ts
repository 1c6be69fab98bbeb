import type { ApprovalRecord } from '../domain/records/ledger-records';

/** What a run asks somebody before it goes on, as its own state sees it. */
export interface Approvals {
  /**
   * Writes down that the run waits for a decision. A second call of the same run keeps when it was asked and until
   * when, and finds what was decided meanwhile.
   *
   * @throws RejectedError where a newer desired state waits, or an answer was given to this run before it was redriven
   */
  ask(expiresAfterDays: number): Promise<ApprovalRecord>;

  /** Lets the state go on, or ends it, as was decided. */
  deliver(approval: ApprovalRecord): Promise<void>;
}
