import { standingBefore } from '../../domain/fleet/drift';
import { DesiredStateRecordSchema, type RunKey } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
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
import { openKey } from './drift-keys';

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
