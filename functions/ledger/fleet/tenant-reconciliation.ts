import {
  standingBefore,
  type DriftRecord,
  DriftRecordSchema,
  OpenReconciliationSchema,
} from '../../domain/fleet/drift';
import {
  DesiredStateRecordSchema,
  type RunKey,
  type RunRecord,
  type TenantRecord,
} from '../../domain/records/ledger-records';
import type { LedgerStore, ItemKey, ItemWrite } from '../../ports/ledger-store';
import { contentOf, type Decision, replace, type Snapshot } from '../base/decide';
import { desiredStateKey } from '../base/keys';
import {
  beginRun,
  decideForTenant,
  expiryAfterUse,
  nextRunNumber,
  replaceTenant,
  tenantOf,
} from '../tenants/tenant-items';
import { changesOfRun } from '../../domain/run/changes-of-run';
import { openKey, driftKey } from './reconciliation-run';

/**
 * Begins a run of the tenant's last desired state, once in a pass: the run and the tenant's `reconciledIn` are one
 * transaction, so a second call finds that it was there. It is to be started then. Null: the tenant is left alone.
 */
export async function beginReconciliation(
  store: LedgerStore,
  tenantUuid: string,
  pass: string,
  now: Date,
): Promise<RunKey | null> {
  return decideForTenant<RunKey | null>(
    store,
    tenantUuid,
    (tenant) =>
      tenant === undefined || standingBefore(tenant, pass) === null
        ? []
        : [desiredStateKey(tenantUuid, tenant.latestSequence), openKey(pass, tenantUuid)],
    (tenantItem, desiredItem?: Snapshot, openItem?: Snapshot) => {
      const tenant = tenantOf(tenantItem);
      const desired = contentOf(DesiredStateRecordSchema, desiredItem);
      const before = tenant === undefined ? null : standingBefore(tenant, pass);
      if (tenant === undefined || before === null || openItem === undefined) return leftAlone;
      if (desiredItem === undefined || desired === undefined) return leftAlone;
      const run = { replicationSequence: tenant.latestSequence, run: nextRunNumber(tenant, desired.runs) };
      const begun = beginRun({ ...tenant, reconciledIn: pass }, run, now, {
        reconciledIn: pass,
        requestedBy: desired.requestedBy,
        // A night keeps tenants where they are: only a rollout brings them to another configuration.
        ...(tenant.configurationHash === undefined ? {} : { givenConfigurationHash: tenant.configurationHash }),
      });
      return {
        writes: [
          replaceTenant(tenantItem, begun.tenant),
          begun.write,
          replace(desiredItem, { ...desired, runs: run.run }),
          replace(openItem, { before }, { expiresAt: expiryAfterUse(now) }),
        ],
        result: run,
      };
    },
  );
}

const leftAlone: Decision<null> = { writes: [], result: null };

/* What the end of a run means for the pass that it belongs to: part of the transaction that ends it. */

/** A page of a hundred has to fit into an answer of Lambda; the timeline has the rest. */
const MAX_BYTES = 32 * 1024;

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
  const { changes, changesLeftOut } = changesOfRun(run, MAX_BYTES);
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
