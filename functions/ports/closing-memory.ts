import type { ClosingShare } from '../domain/lane-records';

/** What is remembered of the closings of all tenants. */
export interface ClosingMemory {
  closingShare(): Promise<ClosingShare>;
}
