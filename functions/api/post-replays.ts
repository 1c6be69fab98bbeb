import type { Fault } from '../domain/base/fault';
import { TransientError } from '../domain/base/errors';
import { listVendings } from '../ledger/runs/list-vendings';
import type { VendingRow } from '../ledger/runs/read-vending';
import { readVending } from '../ledger/runs/read-vending';
import { wouldReplay } from '../ledger/runs/replay-run';
import type { Log } from '../ports/log';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, pageSizeFaults, refusingCursors } from './api-request';
import { filterFaults, filterOf } from './list-vendings';
import type { Replays } from './operator-responses';
import { type ReplayPorts, replayRefusal, replayTenant } from './post-replay';

/** API Gateway waits for 29 seconds, and each replay takes some calls of AWS. */
const MOST = 20;

/**
 * `POST /replays?status=FAILED&error=TransientError&dryRun=true&cursor=…`: replays what a list shows, one page of it;
 * with `dryRun` it only says what would become of each. A second call with the same cursor finds those refused that are
 * under way.
 */
export async function postReplays(ports: ReplayPorts & { readonly log: Log }, request: ApiRequest): Promise<Answer> {
  const faults = faultsOf(request);
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const { limit, cursor: given, dryRun } = request.query;
  const filter = { status: 'FAILED' as const, ...filterOf(request.query) };
  return refusingCursors(async () => {
    const page = { limit: Math.min(MOST, Number(limit ?? MOST)), ...(given === undefined ? {} : { cursor: given }) };
    const { rows, cursor } = await listVendings(ports.ledger, { ...filter, ...page });
    const replays: Replays['replays'] = [];
    for (const row of rows) {
      replays.push(dryRun === 'true' ? await previewOf(ports, row) : await replayOf(ports, row, request.caller));
    }
    const body: Replays = { dryRun: dryRun === 'true', replays, cursor };
    return answer(200, body);
  });
}

type Row = Replays['replays'][number];

function faultsOf(request: ApiRequest): readonly Fault[] {
  const { dryRun, status } = request.query;
  const isFlag = dryRun === undefined || dryRun === 'true' || dryRun === 'false';
  const isReplayable = status === undefined || status === 'FAILED' || status === 'SHADOWED';
  return [
    ...filterFaults(request.query),
    ...pageSizeFaults(request),
    ...(isFlag ? [] : [{ field: 'dryRun', message: `is '${dryRun}'; it may be true or false.`, value: dryRun }]),
    ...(isReplayable ? [] : [{ field: 'status', message: 'may be FAILED or SHADOWED here.', value: status }]),
  ];
}

const headOf = ({ tenantUuid, replicationSequence, workspaceIdentifier, projectIdentifier, error }: VendingRow) => ({
  tenantUuid,
  replicationSequence,
  workspaceIdentifier,
  projectIdentifier,
  error,
});

async function previewOf({ ledger }: ReplayPorts, row: VendingRow): Promise<Row> {
  const view = await readVending(ledger, row.tenantUuid);
  const outcome = view === undefined ? 'refused' : wouldReplay(view.tenant, view.run);
  const detail = view === undefined || outcome !== 'refused' ? null : replayRefusal(view.tenant, view.run);
  return { ...headOf(row), outcome, detail };
}

/** Whatever is wrong with one of them stops no other. */
async function replayOf(
  ports: ReplayPorts & { readonly log: Log },
  row: VendingRow,
  caller: string | null,
): Promise<Row> {
  try {
    const replayed = await replayTenant(ports, row.tenantUuid, caller);
    if ('replay' in replayed) return { ...headOf(row), outcome: replayed.replay, detail: null };
    return { ...headOf(row), outcome: 'refused', detail: 'refusal' in replayed ? replayed.refusal : null };
  } catch (cause) {
    ports.log.error('A vending could not be replayed; the others are', { tenantUuid: row.tenantUuid }, cause);
    const why =
      cause instanceof TransientError ? 'AWS did not answer in time.' : 'The log of the Api function says why.';
    return { ...headOf(row), outcome: 'failed', detail: `${why} Replay it again.` };
  }
}
