import type { PassRecord } from '../domain/fleet/drift';
import { RECONCILIATION } from '../domain/queue/lanes';
import { lanePartition, tenantUuidOf, WAITERS } from '../ledger/base/keys';
import { keepPlace } from '../ledger/fleet/reconciliation-run';
import { beginReconciliation } from '../ledger/fleet/tenant-reconciliation';
import { startRun } from '../ledger/runs/start-run';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import type { RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import { compareTenant, type CompareTenantPorts, type Verdict } from './compare-tenant';
import { sideBySide } from './side-by-side';

export interface WalkTenantsPorts extends CompareTenantPorts {
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
}

/** How far a pass has come. `isFull`: tenants need runs for which the lane has no room now. */
export interface Walked {
  readonly record: PassRecord;
  readonly isFull: boolean;
}

/** The function has a minute more: the last dry runs take half of it, or twice that where AWS is slow. */
const WALK_SECONDS = 235;

const PAGE = 20;

/**
 * As many dry runs as begin in five seconds at AWS's rates. One takes that long at most, unless AWS is slow: then the
 * rest waits, and the pass takes longer.
 */
const SIDE_BY_SIDE = 24;

/**
 * Compares the tenants of the list, one page after the other, and gives runs to those that need one. Lists are newest
 * first, and a tenant that is given a run moves to the front of them, behind the place that was reached: nobody is
 * passed over. A page is compared while the runs of the one before are begun. The place is written down after each
 * page; killed in between, a pass compares the page again, and nobody gets a second run.
 */
export async function walkTenants(ports: WalkTenantsPorts, record: PassRecord): Promise<Walked> {
  const side = sideBySide(SIDE_BY_SIDE);
  const lane = laneRoom(ports);
  const until = ports.now().getTime() + WALK_SECONDS * 1000;
  let reached: Promise<Walked> = Promise.resolve({ record, isFull: false });
  for (let from = record.cursor; ;) {
    const page = await nextPage(ports.ledger, record.phase, from);
    const looks: Promise<Verdict>[] = [];
    for (const tenantUuid of page.tenantUuids) {
      await side.enter();
      looks.push(compareTenant(ports, side, tenantUuid, record.pass).finally(side.leave));
    }
    const last = reached;
    reached = afterPage(ports, lane, last, page, looks);
    // Somebody looks at it below, unless the page before has failed.
    reached.catch(() => undefined);
    const { isFull } = await last;
    if (isFull || page.cursor === null || ports.now().getTime() >= until) return reached;
    from = page.cursor;
  }
}

interface Page {
  readonly tenantUuids: readonly string[];
  readonly cursor: string | null;
}

async function nextPage(ledger: LedgerStore, phase: PassRecord['phase'], cursor: string | null): Promise<Page> {
  const label = phase === 'VENDED' ? 'VENDED' : 'FAILED';
  const page = await ledger.list({ label, limit: PAGE, ...(cursor === null ? {} : { cursor }) });
  return { tenantUuids: page.items.map(({ key }) => tenantUuidOf(key)), cursor: page.cursor };
}

/** Begins the runs of a page, in the order of the list, when those of the page before have begun. */
async function afterPage(
  ports: WalkTenantsPorts,
  lane: LaneRoom,
  last: Promise<Walked>,
  { tenantUuids, cursor }: Page,
  looks: readonly Promise<Verdict>[],
): Promise<Walked> {
  const verdicts = await Promise.all(looks);
  const { record, isFull } = await last;
  if (isFull) return { record, isFull };
  const inNeed = tenantUuids.filter((_, index) => verdicts[index] === 'needs-run');
  const begun = { begun: 0, 'left-alone': 0, 'not-begun': 0 };
  for (const tenantUuid of inNeed) {
    // The page is compared once more; those that have begun are left alone then.
    if (!(await lane.takePlace()))
      return { record: { ...record, reconciled: record.reconciled + begun.begun }, isFull: true };
    begun[await begin(ports, tenantUuid, record.pass)] += 1;
  }
  const counted = {
    ...record,
    cursor,
    reconciled: record.reconciled + begun.begun,
    notBegun: record.notBegun + begun['not-begun'] + verdicts.filter((verdict) => verdict === 'unread').length,
    unchanged: record.unchanged + verdicts.filter((verdict) => verdict === 'unchanged').length,
  };
  if (cursor !== null) {
    await keepPlace(ports.ledger, counted, ports.now());
    return { record: counted, isFull: false };
  }
  return { record: { ...counted, phase: record.phase === 'VENDED' ? 'FAILED' : 'RUNNING' }, isFull: false };
}

/**
 * So many wait in the lane at most because of a pass: a run with a change of its own does not stand behind
 * all tenants.
 */
const MAX_WAITERS = 20;

/** The runs that were begun stand in their lane by then, and it has let in as many as are begun at once. */
const LOOK_AGAIN_MILLISECONDS = 20_000;

interface LaneRoom {
  /** Takes the place of a run that is to begin, if there is one. */
  readonly takePlace: () => Promise<boolean>;
}

/** Room for runs in the lane. It takes them some seconds to come in. */
function laneRoom({ ledger, now }: Pick<WalkTenantsPorts, 'ledger' | 'now'>): LaneRoom {
  let left = 0;
  let seenAt = 0;
  return {
    takePlace: async () => {
      if (now().getTime() - seenAt >= LOOK_AGAIN_MILLISECONDS) {
        const partition = lanePartition(RECONCILIATION.name);
        const waiters = await ledger.readPartition({ partition, prefix: WAITERS, limit: MAX_WAITERS });
        left = MAX_WAITERS - waiters.length;
        seenAt = now().getTime();
      }
      left -= 1;
      return left >= 0;
    },
  };
}

/**
 * Whatever is wrong with one tenant stops no other. A run that was written down and not started is found by WatchRuns.
 */
async function begin(
  { ledger, workflow, watch, log, now }: WalkTenantsPorts,
  tenantUuid: string,
  pass: string,
): Promise<'begun' | 'left-alone' | 'not-begun'> {
  try {
    const tenant = await readTenant(ledger, tenantUuid);
    if (tenant === undefined) return 'left-alone';
    await watch.watch({ tenantUuid, replicationSequence: tenant.latestSequence });
    const run = await beginReconciliation(ledger, tenantUuid, pass, now());
    if (run === null) return 'left-alone';
    await startRun(ledger, workflow, { tenantUuid, ...run }).catch((cause: unknown) => {
      log.error('A run could not be started now; WatchRuns will start it', { tenantUuid, ...run }, cause);
    });
    return 'begun';
  } catch (cause) {
    log.error('A tenant could not be reconciled; the others go on', { tenantUuid, pass }, cause);
    return 'not-begun';
  }
}
