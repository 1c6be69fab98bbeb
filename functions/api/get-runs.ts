import type { RunKey, RunRecord } from '../domain/records/ledger-records';
import { askedForBy } from '../domain/run/changes-of-run';
import { shadowTold } from '../domain/run/shadow';
import { toldEvents } from '../domain/run/told-events';
import { listRuns } from '../ledger/runs/list-runs';
import { readRun, readTenant } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import { answer, type Answer, problem, tenantNotFound } from './answer';
import { type ApiRequest, pageSizeFaults, pageSizeOf } from './api-request';
import type { Run, RunList, TenantEventList } from './operator-responses';

/** `GET /vendings/{tenantUuid}/runs?limit=50&cursor=…`: the runs of a tenant, newest first. */
export const getRuns = (ledger: LedgerStore, request: ApiRequest): Promise<Answer> =>
  pageOfRuns(ledger, request, (runs, cursor): RunList => ({ runs: runs.map(summaryOf), cursor }));

/** `GET /vendings/{tenantUuid}/events?limit=50&cursor=…`: what was published about a tenant, newest run first. */
export const getEvents = (ledger: LedgerStore, request: ApiRequest): Promise<Answer> =>
  pageOfRuns(ledger, request, (runs, cursor): TenantEventList => ({ events: runs.flatMap(eventsOf), cursor }));

const eventsOf = (run: RunRecord): TenantEventList['events'] =>
  toldEvents(run).map((event) => ({ ...event, replicationSequence: run.replicationSequence, run: run.run }));

async function pageOfRuns(
  ledger: LedgerStore,
  request: ApiRequest,
  bodyOf: (runs: readonly RunRecord[], cursor: string | null) => RunList | TenantEventList,
): Promise<Answer> {
  const { cursor } = request.query;
  const before = cursor === undefined ? null : runKeyIn(cursor);
  const message = 'is not one that this list has given out. Leave it out to begin with the newest.';
  const faults = [...pageSizeFaults(request), ...(before === undefined ? [{ field: 'cursor', message }] : [])];
  if (before === undefined || faults.length > 0) {
    return problem('invalid-request', 'A query parameter is invalid.', faults);
  }
  const tenantUuid = (request.pathParameters['tenantUuid'] ?? '').toLowerCase();
  if ((await readTenant(ledger, tenantUuid)) === undefined) return tenantNotFound(tenantUuid);
  const { runs, last } = await listRuns(ledger, tenantUuid, { limit: pageSizeOf(request), before });
  return answer(200, bodyOf(runs, last === null ? null : `${last.replicationSequence}-${last.run}`));
}

/** `GET /vendings/{tenantUuid}/runs/{run}`: one run and its timeline; `17-2` is the second one of sequence 17. */
export async function getRun(ledger: LedgerStore, { pathParameters }: ApiRequest): Promise<Answer> {
  const tenantUuid = (pathParameters['tenantUuid'] ?? '').toLowerCase();
  const wanted = pathParameters['run'] ?? '';
  const key = runKeyIn(wanted);
  const run = key === undefined ? undefined : await readRun(ledger, { tenantUuid, ...key });
  if (run === undefined) {
    const detail = `Tenant '${tenantUuid}' has no run '${wanted}'. A run is named by sequence and number, as in 17-1.`;
    return problem('not-found', `${detail} GET /vendings/{tenantUuid}/runs lists them.`);
  }
  const body: Run = {
    tenantUuid,
    ...summaryOf(run),
    approval: askedForBy(run).approval ?? null,
    timeline: run.steps,
    ...(run.shadow === undefined ? {} : { shadow: shadowTold(run.shadow, Infinity) }),
  };
  return answer(200, body);
}

const RUN = /^(\d{1,16})-(\d{1,9})$/u;

function runKeyIn(text: string): RunKey | undefined {
  const [, replicationSequence, run] = RUN.exec(text) ?? [];
  return run === undefined ? undefined : { replicationSequence: Number(replicationSequence), run: Number(run) };
}

function summaryOf(run: RunRecord): RunList['runs'][number] {
  const { requestedBy, replayedBy } = askedForBy(run);
  const { replicationSequence, workflow, status, startedAt, resumedAt, finishedAt, error, executionArn } = run;
  return {
    replicationSequence,
    run: run.run,
    workflow,
    status,
    startedAt,
    resumedAt,
    finishedAt,
    error,
    executionArn,
    supersededBy: run.supersededBy,
    reconciledIn: run.reconciledIn,
    configurationHash: run.configurationHash ?? null,
    requestedBy,
    replayedBy,
    stoppedBy: run.stoppedBy ?? null,
  };
}
