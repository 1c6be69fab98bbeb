import { changesOfRun } from '../../domain/run/changes-of-run';
import { type DriftRecord, DriftRecordSchema, OpenReconciliationSchema } from '../../domain/fleet/drift';
import type { RunRecord, TenantRecord } from '../../domain/records/ledger-records';
import type { ItemKey, ItemWrite } from '../../ports/ledger-store';
import { contentOf, replace, type Snapshot } from '../base/decide';
import { expiryAfterUse } from '../tenants/tenant-items';
import { driftKey, openKey } from './drift-keys';

/* What the end of a run means for the pass that it belongs to: part of the transaction that ends it. */

/** A page of a hundred has to fit into an answer of Lambda; the timeline has the rest. */
const MOST_BYTES = 32 * 1024;

export const reconciliationKeys = (pass: string | null, tenantUuid: string): readonly ItemKey[] =>
  pass === null ? [] : [openKey(pass, tenantUuid), driftKey(pass, tenantUuid)];

/** @param items as they were read, others among them */
export function reconciliationWrites(
  tenant: TenantRecord,
  run: RunRecord,
  items: readonly Snapshot[],
  now: Date,
): readonly ItemWrite[] {
  const [open, drift] = reconciliationKeys(run.reconciledIn, tenant.tenantUuid).map((key) =>
    items.find((item) => item.key.partition === key.partition && item.key.sort === key.sort),
  );
  if (open === undefined || drift === undefined) return [];
  const known = contentOf(DriftRecordSchema, drift) ?? contentOf(OpenReconciliationSchema, open);
  const record = driftOf(tenant, run, known?.before ?? 'VENDED', now);
  return [
    ...(open.version > 0 ? [replace(open, null)] : []),
    ...(record === null ? [] : [replace(drift, record, { expiresAt: expiryAfterUse(now) })]),
  ];
}

/** Null: everything was as wanted. */
function driftOf(tenant: TenantRecord, run: RunRecord, before: DriftRecord['before'], now: Date): DriftRecord | null {
  const { changes, changesLeftOut } = changesOfRun(run, MOST_BYTES);
  const { status, error, replicationSequence } = run;
  if (status !== 'VENDED' && status !== 'FAILED' && status !== 'SUPERSEDED') return null;
  if (status !== 'FAILED' && changes.length + changesLeftOut === 0) return null;
  return {
    tenantUuid: tenant.tenantUuid,
    workspaceIdentifier: tenant.workspaceIdentifier,
    projectIdentifier: tenant.projectIdentifier,
    accountId: tenant.account?.id ?? null,
    replicationSequence,
    run: run.run,
    before,
    outcome: status,
    endedAt: now.toISOString(),
    error,
    changes: [...changes],
    changesLeftOut,
  };
}
