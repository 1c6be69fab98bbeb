import { hasStartedNothing, isClosing, secondsBetween } from '../../domain/run/step-context';
import { RejectedError } from '../../domain/base/errors';
import type { RunRecord, TenantRecord } from '../../domain/records/ledger-records';
import type { VendingPlan } from '../../domain/plan/plan';
import type { LedgerStore } from '../../ports/ledger-store';
import type { RunWatch } from '../../ports/queues';
import { type Decision, type Snapshot, decide, refuseUnknownWords, replace } from '../base/decide';
import { planKey, runKey, tenantKey } from '../base/keys';
import {
  type RunReference,
  isSameRun,
  planHashOf,
  planOf,
  replaceTenant,
  runOf,
  tenantOf,
} from '../tenants/tenant-items';
import { stopOf } from './run-stop';

/**
 * What a step works with. `runItem` is the run as it was read, so that its end can be written without reading it again.
 */
export interface OpenedRun {
  readonly tenant: TenantRecord;
  readonly run: RunRecord;
  readonly runItem: Snapshot;
  /** Null until PlanVending has pinned one, and where it is not that one. */
  readonly plan: VendingPlan | null;
  /**
   * Why the run may not go on, if its plan is not the one that was pinned. It has to be thrown where it can be written
   * into the timeline.
   */
  readonly planRefusal: RejectedError | null;
}

interface Opening {
  readonly mayHaveEnded?: boolean;
  readonly watch?: RunWatch;
  readonly planHash?: string | undefined;
}

/** The run is to be looked after before it is made active again. */
interface Unwatched {
  readonly unwatchedSequence: number;
}

/**
 * The fence in front of every step: only the tenant's active run may work. A run that has failed and is redriven
 * becomes active again unless a newer desired state has started meanwhile. One read, and a write only when something
 * changes (first step of a run, redrive).
 *
 * The looks at a run have ended when it fails. A person who redrives it in the console asks for none, so the step that
 * resumes it does, before it writes.
 *
 * @param mayHaveEnded let a run that has come to its good end in as well: for CompleteVending and CompleteClosing,
 * which have work after that
 * @param watch has a resumed run looked after
 * @param planHash of the plan that the execution has begun with. Absent: the execution does not say
 * @throws RejectedError when the run was superseded or was never recorded
 * @throws TransientError when a newer release is at work on it and has written what this one does not understand
 */
export async function openRun(
  store: LedgerStore,
  reference: RunReference,
  now: Date,
  { mayHaveEnded = false, watch, planHash }: Opening = {},
): Promise<OpenedRun> {
  const { tenantUuid, replicationSequence, run } = reference;
  const keys = [
    tenantKey(tenantUuid),
    runKey(tenantUuid, replicationSequence, run),
    planKey(tenantUuid, replicationSequence, run),
  ];
  const answer = await decide<OpenedRun | Unwatched>(store, keys, (tenantItem, runItem, planItem) => {
    const planned = plannedIn(planItem, reference, planHash);
    const ended = mayHaveEnded ? endedRun(tenantItem, runItem, planned) : undefined;
    if (ended !== undefined) return ended;
    refuseUnknownWords([planItem]);
    return opened(reference, now, watch === undefined, tenantItem, runItem, planned);
  });
  if (!('unwatchedSequence' in answer)) return answer;
  await watch?.watch({ tenantUuid, replicationSequence: answer.unwatchedSequence });
  return openRun(store, reference, now, { mayHaveEnded, planHash });
}

type Planned = Pick<OpenedRun, 'plan' | 'planRefusal'>;

/** Compared before it is read: a plan that somebody else has written need not even be one. */
function plannedIn(planItem: Snapshot | undefined, reference: RunReference, planHash: string | undefined): Planned {
  if (planHash !== undefined && planHashOf(planItem) !== planHash) {
    return { plan: null, planRefusal: planWasChanged(reference) };
  }
  return { plan: planOf(planItem) ?? null, planRefusal: null };
}

/**
 * A run that has done its work comes back to its last state when that state was interrupted after the ledger was
 * written.
 */
function endedRun(
  tenantItem: Snapshot | undefined,
  runItem: Snapshot | undefined,
  planned: Planned,
): Decision<OpenedRun> | undefined {
  const tenant = tenantOf(tenantItem);
  const run = runOf(runItem);
  if (runItem === undefined || tenant === undefined || run === undefined || !hasDoneItsWork(run)) return undefined;
  return { writes: [], result: { tenant, run, runItem, ...planned } };
}

function opened(
  reference: RunReference,
  now: Date,
  isWatched: boolean,
  tenantItem: Snapshot | undefined,
  runItem: Snapshot | undefined,
  planned: Planned,
): Decision<OpenedRun | Unwatched> {
  const tenant = tenantOf(tenantItem);
  const run = runOf(runItem);
  if (tenantItem === undefined || runItem === undefined || tenant === undefined || run === undefined) {
    throw unknownRun(reference);
  }
  const current = { tenant, run, runItem, ...planned };
  refuseUnknownWords([tenantItem, runItem]);
  if (mayNotBegin(tenant, run)) throw superseded(tenant, reference);
  if (mayGoOn(tenant, run, reference)) return goesOn(now, tenantItem, current);
  if (!mayResume(tenant, run, reference))
    throw hasDoneItsWork(run) ? hasEndedWell(reference, run) : superseded(tenant, reference);
  return resumed(reference, now, isWatched, tenantItem, current);
}

/**
 * A stopped execution that is redriven before its end is recorded lets the run go on: a function that was at work when
 * it was stopped does not.
 */
const GOES_ON_AFTER_SECONDS = 60;

function goesOn(now: Date, tenantItem: Snapshot, current: OpenedRun): Decision<OpenedRun> {
  const stop = stopOf(current.tenant);
  if (stop === null || secondsBetween(stop.stoppedAt, now) < GOES_ON_AFTER_SECONDS)
    return { writes: [], result: current };
  const tenant = { ...current.tenant, statusChangedAt: now.toISOString() };
  return { writes: [replaceTenant(tenantItem, tenant)], result: { ...current, tenant } };
}

function resumed(
  { replicationSequence, run: number }: RunReference,
  now: Date,
  isWatched: boolean,
  tenantItem: Snapshot,
  { tenant, run, runItem, plan, planRefusal }: OpenedRun,
): Decision<OpenedRun | Unwatched> {
  const hasFailed = run.status === 'FAILED';
  if (hasFailed && !isWatched) return { writes: [], result: { unwatchedSequence: tenant.latestSequence } };
  const at = now.toISOString();
  const resumedAt = hasFailed ? at : run.resumedAt;
  // Only CloudTrail knows who redrives it in the console.
  const replayedBy = hasFailed ? null : run.replayedBy;
  const resumedRun: RunRecord = { ...run, status: 'RUNNING', resumedAt, replayedBy, finishedAt: null, error: null };
  const resumedTenant: TenantRecord = {
    ...tenant,
    status: 'RUNNING',
    statusChangedAt: at,
    activeRun: { replicationSequence, run: number },
  };
  return {
    writes: [replaceTenant(tenantItem, resumedTenant), replace(runItem, resumedRun)],
    result: {
      tenant: resumedTenant,
      run: resumedRun,
      runItem: { ...runItem, version: runItem.version + 1, data: resumedRun },
      plan,
      planRefusal,
    },
  };
}

const hasDoneItsWork = ({ status }: RunRecord): boolean =>
  status === 'VENDED' || status === 'CLOSED' || status === 'SHADOWED';

/**
 * The tenant is to go, and this run has started nothing: the function that took the deletion was interrupted before the
 * run was ended. Or the run is to close the account, and the deletion was taken back.
 */
function mayNotBegin(tenant: TenantRecord, run: RunRecord): boolean {
  if (isClosing(run)) return tenant.deletion === null;
  return tenant.deletion !== null && hasStartedNothing(tenant, run);
}

function mayGoOn(tenant: TenantRecord, run: RunRecord, reference: RunReference): boolean {
  return isSameRun(tenant.activeRun, reference) && run.status === 'RUNNING';
}

function mayResume(tenant: TenantRecord, run: RunRecord, reference: RunReference): boolean {
  if (isSameRun(tenant.activeRun, reference)) return true;
  return (
    tenant.activeRun === null &&
    isClosing(run) === (tenant.deletion !== null) &&
    isSameRun(tenant.lastRun, reference) &&
    run.status === 'FAILED'
  );
}

function hasEndedWell({ replicationSequence, run }: RunReference, { status }: RunRecord): RejectedError {
  return new RejectedError(
    `This run (sequence ${replicationSequence}, run ${run}) has ${endWords(status)} already.`,
    'Nothing has to be done. Send a desired state with a higher replicationSequence to change something.',
  );
}

const endWords = (status: RunRecord['status']): string =>
  status === 'CLOSED' ? 'closed its tenant' : status === 'SHADOWED' ? 'told what it would change' : 'vended';

function superseded(tenant: TenantRecord, reference: RunReference): RejectedError {
  const { deletion, lastRun, latestSequence } = tenant;
  const other = isSameRun(lastRun, reference) ? undefined : lastRun?.replicationSequence;
  const newer = deletion?.replicationSequence ?? other ?? latestSequence;
  return new RejectedError(
    `This run (sequence ${reference.replicationSequence}, run ${reference.run}) was superseded by sequence ${newer}.`,
    deletion === null
      ? 'Nothing has to be done: look at the newest run of this tenant instead.'
      : 'Nothing has to be done: the tenant is marked for deletion. To keep it, send it as ACTIVE with a higher replicationSequence.',
  );
}

/** Nothing in the ledger says who has done it: the table's own audit trail does. */
function planWasChanged({ replicationSequence, run }: RunReference): RejectedError {
  return new RejectedError(
    `The ledger's plan of this run (sequence ${replicationSequence}, run ${run}) is not the one that the run began with: the plan was changed.`,
    "Find out in CloudTrail's data events of the ledger's table who has written it, as docs/iam.md describes; then replay this run, which plans again.",
  );
}

function unknownRun({ tenantUuid, replicationSequence, run }: RunReference): RejectedError {
  return new RejectedError(
    `The ledger knows no run ${run} of sequence ${replicationSequence} for tenant ${tenantUuid}.`,
    'Start vendings with POST /vendings or an event on the bus, not by starting an execution by hand.',
  );
}
