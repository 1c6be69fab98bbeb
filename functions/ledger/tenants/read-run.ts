import type { RunRecord, TenantRecord } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { snapshotsOf } from '../base/decide';
import { runKey, tenantKey } from '../base/keys';
import { runOf, type RunReference, tenantOf } from './tenant-items';

/** The run, or undefined where the ledger knows none. */
export async function readRun(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run }: RunReference,
): Promise<RunRecord | undefined> {
  const [item] = await snapshotsOf(store, [runKey(tenantUuid, replicationSequence, run)]);
  return runOf(item);
}

/** The tenant, or undefined where the ledger knows none. */
export async function readTenant(store: LedgerStore, tenantUuid: string): Promise<TenantRecord | undefined> {
  const [item] = await snapshotsOf(store, [tenantKey(tenantUuid)]);
  return tenantOf(item);
}
