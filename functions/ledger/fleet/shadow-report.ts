import type { RunRecord, ShadowRecord, TenantRecord } from '../../domain/records/ledger-records';
import { TenantRecordSchema } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOfStored, snapshotsOf } from '../base/decide';
import { runKey, TENANT_SORT } from '../base/keys';
import { runOf } from '../tenants/tenant-items';

/** A tenant whose newest run was a shadow run, and what that has found. */
export interface ShadowedTenant {
  readonly tenant: TenantRecord;
  readonly run: RunRecord;
  readonly shadow: ShadowRecord;
}

/**
 * One page of the shadowed tenants, newest first. A page may have fewer rows than its limit, and another after it.
 *
 * @throws InvalidCursorError
 */
export async function listShadowed(
  store: LedgerStore,
  query: { readonly limit: number; readonly cursor?: string },
): Promise<{ readonly shadowed: readonly ShadowedTenant[]; readonly cursor: string | null }> {
  const { items, cursor } = await store.list({ ...query, label: 'SHADOWED' });
  const tenants = items
    .filter(({ key }) => key.sort === TENANT_SORT)
    .map((item) => contentOfStored(TenantRecordSchema, item));
  const keys = tenants.map(({ tenantUuid, lastRun }) =>
    runKey(tenantUuid, lastRun?.replicationSequence ?? 0, lastRun?.run ?? 0),
  );
  const runs = keys.length === 0 ? [] : (await snapshotsOf(store, keys)).map(runOf);
  return { shadowed: tenants.flatMap((tenant, index) => shadowedBy(tenant, runs[index])), cursor };
}

/** The index may be behind: the tenant has a newer run by now. */
function shadowedBy(tenant: TenantRecord, run: RunRecord | undefined): readonly ShadowedTenant[] {
  return run?.shadow === undefined ? [] : [{ tenant, run, shadow: run.shadow }];
}
