import type { AssignmentRecord, GroupRecord, SamlAccessRecord } from '../domain/records/ledger-records';

/**
 * What the ledger keeps about groups of ours and their assignments. Written before AWS is asked for a group, and after
 * it has answered.
 */
export interface AccessMemory {
  /** @throws TransientError when another run has gone on meanwhile; nothing is written then */
  recordGroups(before: readonly GroupRecord[], after: readonly GroupRecord[]): Promise<void>;
  /** @throws TransientError when another run has gone on meanwhile; nothing is written then */
  recordAssignment(before: AssignmentRecord | null, after: AssignmentRecord | null): Promise<void>;
  /** @throws TransientError when another run has gone on meanwhile; nothing is written then */
  recordSamlAccess(before: SamlAccessRecord, after: SamlAccessRecord): Promise<void>;
}
