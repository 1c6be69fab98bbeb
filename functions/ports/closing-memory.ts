import type { ClosingShare } from '../domain/queue/lane-records';

/** What is remembered of the closings of all tenants. */
export interface ClosingMemory {
  closingShare(): Promise<ClosingShare>;
}
