import { contentHash } from './canonical-json';
import type { StackInstanceRecord } from './ledger-records';

/** A stack instance as CloudFormation shows it, as far as decisions need it. */
export interface SeenInstance {
  readonly region: string;
  readonly status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE';
  readonly detailedStatus: string;
  readonly reason: string | null;
  readonly lastOperationId: string | null;
}

/** What is wanted of one stack set in one account. */
export interface WantedInstances {
  readonly stackSet: string;
  readonly regions: readonly string[];
  /** Of everything that is deployed: the same hash, the same result. */
  readonly contentHash: string;
}

/**
 * How an instance stands: `current`; `missing` (to be created); `stale` (there, and to be updated); `asked` (an operation of ours is at work, or
 * not seen yet); `failed` (the last operation of ours has failed); `inoperable` (CloudFormation has given it up).
 */
export type InstanceStanding = 'current' | 'missing' | 'stale' | 'asked' | 'failed' | 'inoperable';

const ENDED_BADLY = new Set(['FAILED', 'CANCELLED', 'FAILED_IMPORT', 'SKIPPED_SUSPENDED_ACCOUNT']);

/** Compares what is wanted in a region with what was asked and what is there. */
export function standingOf(
  wanted: WantedInstances,
  asked: StackInstanceRecord | undefined,
  seen: SeenInstance | undefined,
): InstanceStanding {
  if (isInoperable(seen)) return 'inoperable';
  if (asked?.contentHash !== wanted.contentHash) return seen === undefined ? 'missing' : 'stale';
  return seen?.lastOperationId === asked.operationId ? endOf(seen) : 'asked';
}

const isInoperable = (seen: SeenInstance | undefined): boolean =>
  seen?.status === 'INOPERABLE' || seen?.detailedStatus === 'INOPERABLE';

function endOf({ status, detailedStatus }: SeenInstance): InstanceStanding {
  if (ENDED_BADLY.has(detailedStatus)) return 'failed';
  return detailedStatus === 'SUCCEEDED' && status === 'CURRENT' ? 'current' : 'asked';
}

/** The id of an operation: the same content and number, the same id, so that CloudFormation takes a repeated call for the same operation. */
export function operationIdOf(tenantUuid: string, stackSet: string, contentHashes: string, n: number): string {
  return contentHash([tenantUuid, stackSet, contentHashes, n]).slice(0, 64);
}
