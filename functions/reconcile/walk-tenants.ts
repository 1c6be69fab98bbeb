import { ACTIVE_PHASES, isActivePhase, lostAccountOf, type PassRecord, standingBefore } from '../domain/fleet/drift';
import { RECONCILIATION } from '../domain/queue/lanes';
import { secondsBetween } from '../domain/run/step-context';
import { lanePartition, TENANT_SORT, tenantUuidOf, WAITERS } from '../ledger/base/keys';
import { reindexTenant } from '../ledger/fleet/reindex';
import { beginReconciliation } from '../ledger/fleet/tenant-reconciliation';
import { recordLostAccount } from '../ledger/fleet/reconciliation-run';
import { startRun } from '../ledger/runs/start-run';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';

export interface WalkTenantsPorts {
  readonly ledger: LedgerStore;
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * So many wait in the lane at most because of a pass: a run with a change of its own does not stand behind
 * all tenants.
 */
const MAX_WAITERS = 20;

/**
 * Gives runs to the next tenants of the list, as many as there is room for. Lists are newest first, and a tenant that
 * is given a run moves to the front of them, behind the place that was reached: nobody is seen twice, and nobody is
 * passed over who has not had a run since the pass began.
 */
export async function walkTenants(ports: WalkTenantsPorts, record: PassRecord): Promise<PassRecord> {
  const limit = await roomInLane(ports.ledger);
  if (limit <= 0) return record;
  const label = record.phase === 'VENDED' ? 'VENDED' : 'FAILED';
  const { items, cursor } = await ports.ledger.list({
    label,
    limit,
    ...(record.cursor === null ? {} : { cursor: record.cursor }),
  });
  let after: PassRecord = { ...record, cursor };
  for (const { key } of items) {
    if (key.sort === TENANT_SORT) after = counted(after, await reconcile(ports, tenantUuidOf(key), record.pass));
  }
  return cursor === null ? { ...after, phase: record.phase === 'VENDED' ? 'FAILED' : 'RUNNING' } : after;
}

async function roomInLane(ledger: LedgerStore): Promise<number> {
  const partition = lanePartition(RECONCILIATION.name);
  const waiters = await ledger.readPartition({ partition, prefix: WAITERS, limit: MAX_WAITERS });
  return MAX_WAITERS - waiters.length;
}

type Reconciled = 'begun' | 'left-alone' | 'not-begun';

/**
 * Whatever is wrong with one tenant stops no other. A run that was written down and not started is found by WatchRuns.
 */
async function reconcile(
  { ledger, workflow, watch, log, now }: WalkTenantsPorts,
  tenantUuid: string,
  pass: string,
): Promise<Reconciled> {
  try {
    const tenant = await readTenant(ledger, tenantUuid);
    const lost = tenant === undefined ? null : lostAccountOf(tenant, pass);
    if (lost !== null) await recordLostAccount(ledger, pass, lost, now());
    // An earlier release has taken its desired state: no list could be narrowed to its landing zone.
    if (tenant !== undefined && tenant.landingZone === undefined) await reindexTenant(ledger, tenantUuid);
    if (tenant === undefined || standingBefore(tenant, pass) === null) return 'left-alone';
    await watch.watch({ tenantUuid, replicationSequence: tenant.latestSequence });
    const run = await beginReconciliation(ledger, tenantUuid, pass, now());
    if (run === null) return 'left-alone';
    await start({ ledger, workflow, log }, tenantUuid, run);
    return 'begun';
  } catch (cause) {
    log.error('A tenant could not be reconciled; the others go on', { tenantUuid, pass }, cause);
    return 'not-begun';
  }
}

async function start(
  { ledger, workflow, log }: Pick<WalkTenantsPorts, 'ledger' | 'workflow' | 'log'>,
  tenantUuid: string,
  run: { readonly replicationSequence: number; readonly run: number },
): Promise<void> {
  try {
    await startRun(ledger, workflow, { tenantUuid, ...run });
  } catch (cause) {
    log.error('A run could not be started now; WatchRuns will start it', { tenantUuid, ...run }, cause);
  }
}

const counted = (record: PassRecord, reconciled: Reconciled): PassRecord => ({
  ...record,
  reconciled: record.reconciled + (reconciled === 'begun' ? 1 : 0),
  notBegun: record.notBegun + (reconciled === 'not-begun' ? 1 : 0),
});

/** In one part: each costs a read, and a message at most. */
const MAX_AT_ONCE = 100;

/** As long as it takes to vend an account; a run that is younger has looks of its own. */
const OLD_SECONDS = 3600;

/**
 * Has each run looked at once that has been at work for an hour: where its chain of looks was lost, with its queue or
 * by hand, nobody else would ever find out that it has ended. One look, and no new chain: most of these runs have
 * theirs.
 */
export async function checkRuns(ports: WalkTenantsPorts, record: PassRecord): Promise<PassRecord> {
  let after = record;
  for (let seen = 0; seen < MAX_AT_ONCE && isActivePhase(after.phase);) {
    const { items, cursor } = await ports.ledger.list({
      label: after.phase,
      limit: MAX_AT_ONCE,
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
