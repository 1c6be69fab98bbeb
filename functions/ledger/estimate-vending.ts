import { ACCOUNT_CREATION, ACCOUNT_FACTORY, type Lane, lanesOf } from '../domain/lanes';
import { PlanRecordSchema, type RunRecord, type TenantRecord } from '../domain/ledger-records';
import { STACK_SETS } from '../domain/measurement';
import { estimateReady, type Line, type ReadyEstimate } from '../domain/ready-estimate';
import { kindOf, RunHistorySchema } from '../domain/run-history';
import type { LedgerStore } from '../ports/ledger-store';
import { contentOf, snapshotsOf } from './decide';
import { historyKey, laneKey, planKey } from './keys';
import { laneOf } from './lanes/lane-items';
import { waitersIn } from './lanes/lane-position';

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
  return estimateReady(run, samples, await linesOf(store, tenant, run, lanesOf(plan)), now);
}

/** The line in which the run stands, and Account Factory's, which it comes to later. */
async function linesOf(
  store: LedgerStore,
  tenant: TenantRecord,
  run: RunRecord,
  lanes: readonly Lane[],
): Promise<readonly Line[]> {
  const now = lanes.find(({ name }) => name === tenant.queuedIn?.lane);
  const here = now === undefined ? undefined : await lineOf(store, now, tenant);
  const factory = lanes.find(({ name }) => name === ACCOUNT_FACTORY);
  const isBefore =
    factory !== undefined && now !== factory && !run.steps.some(({ state }) => state === 'EnrollAccount');
  if (!isBefore) return here === undefined ? [] : [here];
  const creating = laneOf((await snapshotsOf(store, [laneKey(ACCOUNT_CREATION.name)]))[0]).slots;
  const others = creating.filter(({ tenantUuid }) => tenantUuid !== tenant.tenantUuid).length;
  const maybeAhead = now === ACCOUNT_CREATION ? others + (here?.ahead ?? 0) : 0;
  const later = { ...(await lineOf(store, factory, tenant)), maybeAhead };
  return here === undefined ? [later] : [here, later];
}

/** Before the tenant, or all where it does not stand there. */
async function lineOf(store: LedgerStore, lane: Lane, { queuedIn }: TenantRecord): Promise<Line> {
  const [item] = await snapshotsOf(store, [laneKey(lane.name)]);
  const waiting = await waitersIn(store, lane.name);
  const index = queuedIn?.lane === lane.name ? waiting.findIndex(({ key }) => key.sort === queuedIn.place) : -1;
  const kind = lane.name.startsWith('stack-set:') ? STACK_SETS : lane.name;
  return { lane, kind, record: laneOf(item), ahead: index === -1 ? waiting.length : index, maybeAhead: 0 };
}
