import type { Enrollment } from '../domain/records/operation-records';
import type { StackInstanceRecord } from '../domain/records/ledger-records';

/** What the ledger keeps about operations of AWS that furnish an account. Written before AWS is asked. */
export interface FurnishingMemory {
  /** @throws TransientError when another run has gone on meanwhile; nothing is written then */
  recordEnrollment(before: Enrollment | null, after: Enrollment | null): Promise<void>;
  /**
   * The same for what Control Tower is about to be asked, which takes a turn.
   *
   * @param lane in which it takes it
   * @returns false without a turn; nothing is to be asked then
   */
  recordEnrollmentIntent(before: Enrollment | null, intent: Enrollment, lane: string): Promise<boolean>;
  /** @throws TransientError when another run has gone on meanwhile; nothing is written then */
  recordStackInstances(before: readonly StackInstanceRecord[], after: readonly StackInstanceRecord[]): Promise<void>;
  /**
   * The same for what CloudFormation is about to be asked.
   *
   * @param lane of the stack set, in which it takes a turn; null where the stack set takes any number of operations at
   * once
   * @returns false without a turn; nothing is to be asked then
   */
  recordStackInstancesIntent(
    before: readonly StackInstanceRecord[],
    intent: readonly StackInstanceRecord[],
    lane: string | null,
  ): Promise<boolean>;
}
