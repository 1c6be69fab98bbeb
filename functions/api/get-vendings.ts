import { deletionRemark } from '../domain/desired-state/deletion';
import type { RunRecord, TenantRecord } from '../domain/records/ledger-records';
import { shadowTold } from '../domain/run/shadow';
import { askedForBy } from '../domain/run/changes-of-run';
import type { ReadyEstimate } from '../domain/run/ready-estimate';
import { lanePosition, type LanePosition } from '../ledger/queue/lane-queue';
import { estimateVending } from '../ledger/runs/estimate-vending';
import { stopOf } from '../ledger/runs/run-stop';
import { NOT_STOPPED, readVending, type VendingView } from '../ledger/runs/read-vending';
import type { LedgerStore } from '../ports/ledger-store';
import { answer, type Answer, problem, tenantNotFound } from './answer';
import type { ApiRequest } from './api-request';
import { included, includeFaults } from './included';
import type { VendingDetail } from './responses';

/** `GET /vendings/{tenantUuid}`: where the tenant's vending is, and everything that has happened in its newest run. */
export async function getVending(ledger: LedgerStore, request: ApiRequest, now: Date): Promise<Answer> {
  const faults = includeFaults(request);
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  // As the ledger keeps it, however it is spelt.
  const tenantUuid = (request.pathParameters['tenantUuid'] ?? '').toLowerCase();
  const view = await readVending(ledger, tenantUuid);
  if (view === undefined) return tenantNotFound(tenantUuid);
  const detail = detailOf(view, await lanePosition(ledger, view.tenant), await estimateOf(ledger, view, now));
  return answer(200, { ...detail, ...(await included(ledger, view, request)) });
}

const estimateOf = (ledger: LedgerStore, { tenant, run }: VendingView, now: Date): Promise<ReadyEstimate | null> =>
  run === null ? Promise.resolve(null) : estimateVending(ledger, tenant, run, now);

function detailOf(
  { tenant, run }: VendingView,
  lane: LanePosition | null,
  estimate: ReadyEstimate | null,
): VendingDetail {
  return {
    tenantUuid: tenant.tenantUuid,
    workspaceIdentifier: tenant.workspaceIdentifier,
    projectIdentifier: tenant.projectIdentifier,
    ...runOf(run),
    status: tenant.status,
    statusChangedAt: tenant.statusChangedAt,
    ...(stopOf(tenant) ?? NOT_STOPPED),
    waitingSequence: tenant.waitingSequence,
    deletion: deletionOf(tenant),
    account: tenant.account,
    lane,
    estimate,
    rejection: tenant.rejection,
  };
}

function deletionOf(tenant: TenantRecord): VendingDetail['deletion'] {
  if (tenant.deletion === null) return null;
  const { replicationSequence, at } = tenant.deletion;
  return { replicationSequence, at, remark: deletionRemark(tenant) };
}

type RunDetail = Pick<
  VendingDetail,
  | 'replicationSequence'
  | 'run'
  | 'workflow'
  | 'executionArn'
  | 'requestedBy'
  | 'replayedBy'
  | 'stoppedBy'
  | 'approval'
  | 'timeline'
  | 'lastError'
  | 'supersededBy'
  | 'shadow'
>;

function runOf(run: RunRecord | null): RunDetail {
  if (run === null) {
    return {
      replicationSequence: null,
      run: null,
      workflow: null,
      executionArn: null,
      requestedBy: null,
      replayedBy: null,
      stoppedBy: null,
      approval: null,
      timeline: [],
      lastError: null,
      supersededBy: null,
    };
  }
  const { replicationSequence, executionArn, steps } = run;
  const lastStepError = steps.findLast(({ error }) => error !== null)?.error ?? null;
  return {
    replicationSequence,
    run: run.run,
    workflow: run.workflow,
    executionArn,
    approval: null,
    ...askedForBy(run),
    stoppedBy: run.stoppedBy ?? null,
    timeline: steps,
    lastError: run.error ?? lastStepError,
    supersededBy: run.supersededBy,
    ...(run.shadow === undefined ? {} : { shadow: shadowTold(run.shadow, Infinity) }),
  };
}
