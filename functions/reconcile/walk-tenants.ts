import { lostAccountOf, type PassRecord, standingBefore } from '../domain/fleet/drift';
import { RECONCILIATION } from '../domain/queue/lanes';
import { beginReconciliation } from '../ledger/fleet/begin-reconciliation';
import { recordLostAccount } from '../ledger/fleet/lost-accounts';
import { lanePartition, TENANT_SORT, tenantUuidOf, WAITERS } from '../ledger/base/keys';
import { readTenant } from '../ledger/tenants/tenant-items';
import { startRun } from '../ledger/runs/start-run';
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
const MOST_WAITERS = 20;

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
  const waiters = await ledger.readPartition({ partition, prefix: WAITERS, limit: MOST_WAITERS });
  return MOST_WAITERS - waiters.length;
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
