import { isNotApproved } from '../../domain/run/approval';
import { isClosing } from '../../domain/run/step-context';
import { withEarlierFailure, withoutLastFailure } from '../../domain/run/told-events';
import {
  DesiredStateRecordSchema,
  type RunKey,
  type RunRecord,
  type StepError,
  type TenantRecord,
} from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, type Decision, replace, type Snapshot } from '../base/decide';
import { desiredStateKey, runKey } from '../base/keys';
import {
  beginRun,
  decideForTenant,
  isSameRun,
  nextRunNumber,
  replaceTenant,
  runOf,
  tenantOf,
} from '../tenants/tenant-items';

/** What can become of a wish to replay. */
export type Replay =
  | { readonly verdict: 'unknown-tenant' }
  /** Nothing has failed, or something newer counts: there is nothing to replay. */
  | { readonly verdict: 'refused'; readonly tenant: TenantRecord; readonly run: RunRecord | null }
  /** The run is active again; its execution is to be redriven. */
  | { readonly verdict: 'resumed'; readonly run: RunRecord & { readonly executionArn: string } }
  /** A new run of the same desired state has begun; it is to be started. */
  | { readonly verdict: 'restarted'; readonly run: RunRecord };

/** A refusal would come again with the same plan; everything else goes on where it stopped. */
const asksForANewPlan = (error: StepError | null): boolean =>
  error !== null && (FINAL.includes(error.name) || isNotApproved(error));

/** What would fail again in the same way. */
const FINAL: readonly string[] = ['RejectedError', 'InvalidRequestError', 'CustomizationError'];

/**
 * Makes the tenant's last run, which has failed, active again - or, where going on would fail again or the run was a
 * shadow run, begins a new run of the same desired state. In one transaction, before anything is started: of two who
 * replay at once one is told that it is under way.
 *
 * @param replayedBy who has asked for it
 */
export async function replayRun(
  store: LedgerStore,
  tenantUuid: string,
  now: Date,
  replayedBy: string | null = null,
): Promise<Replay> {
  return decideForTenant<Replay>(store, tenantUuid, lastRunKeys, (tenantItem, ...items) => {
    const tenant = tenantOf(tenantItem);
    if (tenant === undefined) return nothing({ verdict: 'unknown-tenant' });
    const [runItem, desiredItem] = items;
    const run = runOf(runItem);
    if (runItem === undefined || run === undefined || !mayBeReplayed(tenant, run)) {
      return nothing({ verdict: 'refused', tenant, run: run ?? null });
    }
    const { executionArn } = run;
    return executionArn === null || beginsAgain(run)
      ? restarted(tenantItem, tenant, { ...run, replayedBy }, desiredItem, now)
      : resumed(tenantItem, runItem, tenant, { ...run, executionArn, replayedBy }, now);
  });
}

const beginsAgain = ({ executionArn, status, error }: RunRecord): boolean =>
  executionArn === null || status === 'SHADOWED' || asksForANewPlan(error);

/** What a replay would do now, as far as the ledger knows: an execution may be too old to be redriven. */
export function wouldReplay(tenant: TenantRecord, run: RunRecord | null): 'redriven' | 'restarted' | 'refused' {
  if (run === null || !mayBeReplayed(tenant, run)) return 'refused';
  return beginsAgain(run) ? 'restarted' : 'redriven';
}

/**
 * Begins a new run in the place of one that was made active again and cannot be redriven. A second call, or one that
 * comes too late, changes nothing and gives the run that is active.
 *
 * @param failed as it was before it was made active again
 */
export async function restartRun(
  store: LedgerStore,
  tenantUuid: string,
  failed: RunRecord,
  now: Date,
): Promise<RunKey | null> {
  return decideForTenant(store, tenantUuid, lastRunKeys, (tenantItem, ...items) => {
    const tenant = tenantOf(tenantItem);
    const [runItem, desiredItem] = items;
    if (tenant === undefined || runItem === undefined || !isSameRun(tenant.activeRun, failed)) {
      return nothing(tenant?.activeRun ?? null);
    }
    // Only the ledger knows who asked for the replay.
    const resumed = runOf(runItem) ?? failed;
    const { replayedBy } = resumed;
    const { writes, result } = restarted(tenantItem, tenant, { ...failed, replayedBy }, desiredItem, now);
    const finishedAt = failed.finishedAt ?? now.toISOString();
    const ended: RunRecord = { ...failed, status: 'FAILED', finishedAt, ...withoutLastFailure(resumed) };
    return {
      writes: [...writes, replace(runItem, ended)],
      result: result.verdict === 'restarted' ? result.run : tenant.activeRun,
    };
  });
}

const nothing = <Result>(result: Result): Decision<Result> => ({ writes: [], result });

function lastRunKeys(tenant: TenantRecord | undefined): readonly ReturnType<typeof runKey>[] {
  if (tenant?.lastRun == null) return [];
  const { replicationSequence, run } = tenant.lastRun;
  return [runKey(tenant.tenantUuid, replicationSequence, run), desiredStateKey(tenant.tenantUuid, replicationSequence)];
}

const mayBeReplayed = (tenant: TenantRecord, run: RunRecord): boolean =>
  tenant.activeRun === null &&
  (run.status === 'FAILED' || run.status === 'SHADOWED') &&
  isClosing(run) === (tenant.deletion !== null);

function resumed(
  tenantItem: Snapshot,
  runItem: Snapshot,
  tenant: TenantRecord,
  run: RunRecord & { readonly executionArn: string },
  now: Date,
): Decision<Replay> {
  const at = now.toISOString();
  const resumedRun: RunRecord = { ...withEarlierFailure(run), status: 'RUNNING', resumedAt: at, finishedAt: null };
  return {
    writes: [
      replaceTenant(tenantItem, { ...tenant, status: 'RUNNING', statusChangedAt: at, activeRun: tenant.lastRun }),
      replace(runItem, resumedRun),
    ],
    result: { verdict: 'resumed', run },
  };
}

function restarted(
  tenantItem: Snapshot,
  tenant: TenantRecord,
  { replicationSequence, run, requestedBy, replayedBy }: RunRecord,
  desiredItem: Snapshot | undefined,
  now: Date,
): Decision<Replay> {
  const desired = contentOf(DesiredStateRecordSchema, desiredItem);
  if (desiredItem === undefined || desired === undefined) return nothing({ verdict: 'refused', tenant, run: null });
  const next = { replicationSequence, run: nextRunNumber(tenant, Math.max(desired.runs, run)) };
  const begun = beginRun(tenant, next, now, { requestedBy, replayedBy });
  return {
    writes: [
      replaceTenant(tenantItem, { ...begun.tenant, waitingSequence: tenant.waitingSequence }),
      begun.write,
      replace(desiredItem, { ...desired, runs: next.run }),
    ],
    result: { verdict: 'restarted', run: begun.run },
  };
}
