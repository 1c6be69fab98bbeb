import { ACCOUNT_CREATION, ACCOUNT_FACTORY, type Lane, lanesOf, stackSetLane } from '../../domain/queue/lanes';
import type { LaneRecord } from '../../domain/queue/lane-records';
import { PlanRecordSchema, type RunRecord, type TenantRecord } from '../../domain/records/ledger-records';
import { STACK_SETS } from '../../domain/run/measurement';
import type { VendingPlan } from '../../domain/plan/plan';
import { estimateReady, type Line, type ReadyEstimate } from '../../domain/run/ready-estimate';
import { kindOf, RunHistorySchema } from '../../domain/run/run-history';
import { aheadOf, waitingIn } from '../../domain/queue/waiting-line';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, snapshotsOf } from '../base/decide';
import { historyKey, laneKey, placeInLine, planKey } from '../base/keys';
import { laneOf } from '../queue/lane-items';
import { readLane } from '../queue/lane-queue';

/** Null where nothing is on its way, or too little is known. */
export async function estimateVending(
  store: LedgerStore,
  tenant: TenantRecord,
  run: RunRecord,
  now: Date,
): Promise<ReadyEstimate | null> {
  if (tenant.activeRun === null || run.workflow !== 'vend-account' || run.finishedAt !== null) return null;
  const [planItem] = await snapshotsOf(store, [planKey(tenant.tenantUuid, run.replicationSequence, run.run)]);
  const plan = contentOf(PlanRecordSchema, planItem)?.plan;
  if (plan === undefined) return null;
  const [historyItem] = await snapshotsOf(store, [historyKey(kindOf(plan))]);
  const samples = contentOf(RunHistorySchema, historyItem)?.samples ?? [];
  return estimateReady(run, samples, await linesOf(store, tenant, run, plan), now);
}

/**
 * The line in which the run stands, and those that it comes to later: Control Tower's, and that of the first stack set.
 */
async function linesOf(
  store: LedgerStore,
  tenant: TenantRecord,
  run: RunRecord,
  plan: VendingPlan,
): Promise<readonly Line[]> {
  const standsIn = lanesOf(plan).find(({ name }) => name === tenant.queuedIn?.lane);
  const here = standsIn === undefined ? undefined : await lineOf(store, standsIn, tenant);
  const lanes = laterLanes(plan, run).filter(({ name }) => name !== standsIn?.name);
  if (lanes.length === 0) return here === undefined ? [] : [here];
  const maybeAhead = here === undefined ? await beforeIt(store, tenant) : here.ahead + othersIn(here.record, tenant);
  const later = await Promise.all(lanes.map(async (lane) => ({ ...(await lineOf(store, lane, tenant)), maybeAhead })));
  return here === undefined ? later : [here, ...later];
}

/** A run whose stack sets have begun is past the others. */
function laterLanes(plan: VendingPlan, { steps }: RunRecord): readonly Lane[] {
  const isPast = (state: string): boolean => steps.some((step) => step.state === state);
  if (isPast('DeployStackInstances')) return [];
  const factory = lanesOf(plan).find(({ name }) => name === ACCOUNT_FACTORY);
  const [stackSet] = plan.stackSets;
  return [
    ...(factory === undefined || isPast('EnrollAccount') ? [] : [factory]),
    ...(stackSet === undefined ? [] : [stackSetLane(stackSet)]),
  ];
}

/** Those who were let in to make an account before this tenant, while AWS makes its own. */
async function beforeIt(store: LedgerStore, { tenantUuid }: TenantRecord): Promise<number> {
  const { slots } = laneOf((await snapshotsOf(store, [laneKey(ACCOUNT_CREATION.name)]))[0]);
  const own = slots.find((slot) => slot.tenantUuid === tenantUuid);
  return own === undefined ? 0 : slots.filter(({ since }) => since < own.since).length;
}

const othersIn = ({ slots }: LaneRecord, tenant: TenantRecord): number =>
  slots.filter(({ tenantUuid }) => tenantUuid !== tenant.tenantUuid).length;

/** Before the tenant, or all where it does not stand there. */
async function lineOf(store: LedgerStore, lane: Lane, { queuedIn }: TenantRecord): Promise<Line> {
  const { record, line } = await readLane(store, lane.name);
  const ahead = queuedIn?.lane === lane.name ? aheadOf(line, placeInLine(queuedIn.place)) : waitingIn(line);
  const kind = lane.name.startsWith('stack-set:') ? STACK_SETS : lane.name;
  return { lane, kind, record, ahead, maybeAhead: 0 };
}
