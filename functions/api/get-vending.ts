import { askedForBy } from '../domain/run/changes-of-run';
import { deletionRemark } from '../domain/desired-state/deletion';
import type { RunRecord, TenantRecord } from '../domain/records/ledger-records';
import type { ReadyEstimate } from '../domain/run/ready-estimate';
import { estimateVending } from '../ledger/runs/estimate-vending';
import { type LanePosition, lanePosition } from '../ledger/queue/lane-queue';
import { NOT_STOPPED, readVending, type VendingView } from '../ledger/runs/read-vending';
import { stopOf } from '../ledger/runs/open-run';
import type { LedgerStore } from '../ports/ledger-store';
import { type Answer, answer, problem } from './answer';
import type { ApiRequest } from './api-request';
import type { VendingDetail } from './responses';

/** `GET /vendings/{tenantUuid}`: where the tenant's vending is, and everything that has happened in its newest run. */
export async function getVending(ledger: LedgerStore, { pathParameters }: ApiRequest, now: Date): Promise<Answer> {
  // As the ledger keeps it, however it is spelt.
  const tenantUuid = (pathParameters['tenantUuid'] ?? '').toLowerCase();
  const view = await readVending(ledger, tenantUuid);
  return view === undefined
    ? problem(
        'not-found',
        `Tenant '${tenantUuid}' not found: no desired state of it was ever received. Check the uuid, or send one.`,
      )
    : answer(200, detailOf(view, await lanePosition(ledger, view.tenant), await estimateOf(ledger, view, now)));
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
  };
}
