import { type Difference, differencesOf } from '../domain/base/differences';
import type { DesiredStateRecord } from '../domain/records/ledger-records';
import { listDesiredStates, readDesiredStateRecord } from '../ledger/tenants/list-desired-states';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import { answer, type Answer, problem, tenantNotFound } from './answer';
import { type ApiRequest, pageSizeFaults, pageSizeOf } from './api-request';
import type { DesiredStateDetail, DesiredStateList } from './operator-responses';

/** `GET /vendings/{tenantUuid}/desired-states?limit=50&cursor=…`: what was wanted of a tenant, newest first. */
export async function getDesiredStates(ledger: LedgerStore, request: ApiRequest): Promise<Answer> {
  const { cursor } = request.query;
  const isCursor = cursor === undefined || SEQUENCE.test(cursor);
  const message = 'is not one that this list has given out. Leave it out to begin with the newest.';
  const faults = [...pageSizeFaults(request), ...(isCursor ? [] : [{ field: 'cursor', message }])];
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const tenantUuid = (request.pathParameters['tenantUuid'] ?? '').toLowerCase();
  if ((await readTenant(ledger, tenantUuid)) === undefined) return tenantNotFound(tenantUuid);
  const limit = pageSizeOf(request);
  const before = cursor === undefined ? null : Number(cursor);
  const found = await listDesiredStates(ledger, tenantUuid, { limit: limit + 1, before });
  const page = found.slice(0, limit);
  const body: DesiredStateList = {
    desiredStates: page.map(summaryOf),
    cursor: found.length > limit ? String(page.at(-1)?.replicationSequence) : null,
  };
  return answer(200, body);
}

const SEQUENCE = /^\d{1,16}$/u;

/** `GET /vendings/{tenantUuid}/desired-states/{sequence}`: one of them, and what has changed with it. */
export async function getDesiredState(ledger: LedgerStore, { pathParameters }: ApiRequest): Promise<Answer> {
  const tenantUuid = (pathParameters['tenantUuid'] ?? '').toLowerCase();
  const wanted = pathParameters['sequence'] ?? '';
  const sequence = SEQUENCE.test(wanted) ? Number(wanted) : undefined;
  const found = sequence === undefined ? undefined : await readDesiredStateRecord(ledger, tenantUuid, sequence);
  if (sequence === undefined || found === undefined) {
    const detail = `Tenant '${tenantUuid}' has no desired state '${wanted}'.`;
    return problem('not-found', `${detail} GET /vendings/{tenantUuid}/desired-states lists them.`);
  }
  const [previous] = await listDesiredStates(ledger, tenantUuid, { limit: 1, before: sequence });
  const body: DesiredStateDetail = {
    tenantUuid,
    ...summaryOf(found.record),
    desiredState: found.content ?? null,
    comparedWith: previous?.replicationSequence ?? null,
    differences: previous === undefined ? null : await differences(ledger, tenantUuid, previous, found.content),
  };
  return answer(200, body);
}

/** Every one has another sequence. */
const isWorthTelling = ({ field }: Difference): boolean => field !== 'replicationSequence';

async function differences(
  ledger: LedgerStore,
  tenantUuid: string,
  { replicationSequence }: DesiredStateRecord,
  content: unknown,
): Promise<Difference[] | null> {
  const previous = await readDesiredStateRecord(ledger, tenantUuid, replicationSequence);
  if (previous?.content === undefined || content === undefined) return null;
  return differencesOf(previous.content, content).filter(isWorthTelling);
}

function summaryOf(record: DesiredStateRecord): DesiredStateList['desiredStates'][number] {
  const { replicationSequence, receivedAt, trigger, requestedBy = null, contentHash, runs, superseded } = record;
  const supersededBy = superseded?.by ?? null;
  return { replicationSequence, receivedAt, trigger, requestedBy, contentHash, runs, supersededBy };
}
