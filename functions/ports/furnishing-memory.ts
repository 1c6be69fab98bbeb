import type { Enrollment, StackInstanceRecord } from '../domain/ledger-records';

/** What the ledger keeps about operations of AWS that furnish an account. Written before AWS is asked. */
export interface FurnishingMemory {
  /** @throws TransientError when another run has gone on meanwhile; nothing is written then */
  recordEnrollment(before: Enrollment | null, after: Enrollment | null): Promise<void>;
  /** @throws TransientError when another run has gone on meanwhile; nothing is written then */
  recordStackInstances(before: readonly StackInstanceRecord[], after: readonly StackInstanceRecord[]): Promise<void>;
}
