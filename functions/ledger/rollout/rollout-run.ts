import { DesiredStateRecordSchema, type RunKey } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, type Decision, replace, type Snapshot } from '../base/decide';
import { desiredStateKey } from '../base/keys';
import { beginRun, decideForTenant, isSameRun, nextRunNumber, replaceTenant, tenantOf } from '../tenants/tenant-items';

interface Bringing {
  readonly rolloutId: string;
  readonly targetHash: string;
}

export type BegunRollout =
  | { readonly verdict: 'begun'; readonly run: RunKey }
  /** Another run is active, the tenant is being deleted, or it has no account. Nothing was written. */
  | { readonly verdict: 'left-alone' };

/**
 * Begins a run of the tenant's last desired state by the configuration that a rollout brings. A second call finds the
 * run that was begun, as long as it is the tenant's last one.
 *
 * @param after the run that the rollout has given it before, if that one is to be tried again
 */
export async function beginRolloutRun(
  store: LedgerStore,
  tenantUuid: string,
  { rolloutId, targetHash, after }: Bringing & { readonly after: RunKey | null },
  now: Date,
): Promise<BegunRollout> {
  return decideForTenant<BegunRollout>(
    store,
    tenantUuid,
    (tenant) => (tenant === undefined ? [] : [desiredStateKey(tenantUuid, Math.max(0, tenant.latestSequence))]),
    (tenantItem, desiredItem?: Snapshot) => {
      const tenant = tenantOf(tenantItem);
      const desired = contentOf(DesiredStateRecordSchema, desiredItem);
      if (tenant === undefined || desiredItem === undefined || desired === undefined) return leftAlone;
      const { lastRun } = tenant;
      const isNew = lastRun !== null && (after === null || !isSameRun(lastRun, after));
      if (tenant.rolloutId === rolloutId && isNew) return { writes: [], result: { verdict: 'begun', run: lastRun } };
      if (tenant.activeRun !== null || tenant.deletion !== null || tenant.account === null) return leftAlone;
      const run = { replicationSequence: tenant.latestSequence, run: nextRunNumber(tenant, desired.runs) };
      const moved = { ...tenant, configurationHash: targetHash, rolloutId };
      const begun = beginRun(moved, run, now, {
        requestedBy: desired.requestedBy,
        givenConfigurationHash: targetHash,
        rolloutId,
      });
      return {
        writes: [
          replaceTenant(tenantItem, begun.tenant),
          begun.write,
          replace(desiredItem, { ...desired, runs: run.run }),
        ],
        result: { verdict: 'begun', run },
      };
    },
  );
}

const leftAlone: Decision<BegunRollout> = { writes: [], result: { verdict: 'left-alone' } };

/**
 * Lets a tenant take the configuration that a rollout brings, where it changes nothing in its account: no run is
 * needed. A second call writes nothing.
 *
 * @returns whether it has it now
 */
export async function takeConfiguration(
  store: LedgerStore,
  tenantUuid: string,
  { rolloutId, targetHash }: Bringing,
): Promise<boolean> {
  return decideForTenant<boolean>(
    store,
    tenantUuid,
    () => [],
    (tenantItem) => {
      const tenant = tenantOf(tenantItem);
      if (tenant?.activeRun !== null) return { writes: [], result: false };
      if (tenant.configurationHash === targetHash) return { writes: [], result: true };
      return {
        writes: [replaceTenant(tenantItem, { ...tenant, configurationHash: targetHash, rolloutId })],
        result: true,
      };
    },
  );
}
