import { ACTIVE_PHASES, isActivePhase, type PassRecord } from '../domain/fleet/drift';
import { secondsBetween } from '../domain/run/vending';
import { TENANT_SORT, tenantUuidOf } from '../ledger/base/keys';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { WalkTenantsPorts } from './walk-tenants';

/** In one part: each costs a read, and a message at most. */
const MOST_AT_ONCE = 100;

/** As long as it takes to vend an account; a run that is younger has looks of its own. */
const OLD_SECONDS = 3600;

/**
 * Has each run looked at once that has been at work for an hour: where its chain of looks was lost, with its queue or
 * by hand, nobody else would ever find out that it has ended. One look, and no new chain: most of these runs have
 * theirs.
 */
export async function lookAfterRuns(ports: WalkTenantsPorts, record: PassRecord): Promise<PassRecord> {
  let after = record;
  for (let seen = 0; seen < MOST_AT_ONCE && isActivePhase(after.phase);) {
    const { items, cursor } = await ports.ledger.list({
      label: after.phase,
      limit: MOST_AT_ONCE,
      ...(after.cursor === null ? {} : { cursor: after.cursor }),
    });
    for (const { key } of items) if (key.sort === TENANT_SORT) await look(ports, tenantUuidOf(key));
    seen += items.length;
    after = { ...after, cursor, phase: cursor === null ? phaseAfter(after.phase) : after.phase };
  }
  return after;
}

const phaseAfter = (phase: PassRecord['phase']): PassRecord['phase'] =>
  ACTIVE_PHASES[ACTIVE_PHASES.findIndex((one) => one === phase) + 1] ?? 'SETTLING';

async function look({ ledger, watch, log, now }: WalkTenantsPorts, tenantUuid: string): Promise<void> {
  try {
    const tenant = await readTenant(ledger, tenantUuid);
    if (tenant?.activeRun == null || secondsBetween(tenant.statusChangedAt, now()) < OLD_SECONDS) return;
    await watch.watch({ tenantUuid, replicationSequence: tenant.latestSequence, once: true });
  } catch (cause) {
    log.error('A run could not be looked after; the others are', { tenantUuid }, cause);
  }
}
