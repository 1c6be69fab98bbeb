import type { Fault } from '../domain/base/fault';
import { VendingStatusSchema } from '../domain/records/ledger-records';
import { listVendings, type VendingFilter } from '../ledger/runs/list-vendings';
import type { LedgerStore } from '../ports/ledger-store';
import { answer, type Answer, problem } from './answer';
import { type ApiRequest, pageSizeFaults, pageSizeOf, refusingCursors } from './api-request';
import type { VendingList } from './responses';

/** `GET /vendings?workspace=retail&status=FAILED&since=…&limit=50&cursor=…`: newest first. */
export function getVendings(ledger: LedgerStore, request: ApiRequest): Promise<Answer> {
  const faults = [...filterFaults(request.query), ...pageSizeFaults(request)];
  if (faults.length > 0) return Promise.resolve(problem('invalid-request', 'A query parameter is invalid.', faults));
  return refusingCursors(async () => {
    const { rows, cursor } = await listVendings(ledger, {
      limit: pageSizeOf(request),
      ...filterOf(request.query),
      ...(request.query['cursor'] === undefined ? {} : { cursor: request.query['cursor'] }),
    });
    const body: VendingList = { vendings: [...rows], cursor };
    return answer(200, body);
  });
}

type Query = ApiRequest['query'];

const TEXTS = ['accountId', 'email', 'workspace', 'project', 'landingZone', 'error'] as const;

/** What a query wants; ask for its faults first. */
export function filterOf(query: Query): VendingFilter {
  const { status, since } = query;
  const texts: Partial<Record<(typeof TEXTS)[number], string>> = {};
  for (const name of TEXTS) if (query[name] !== undefined) texts[name] = query[name];
  return {
    ...texts,
    ...(status === undefined ? {} : { status: VendingStatusSchema.parse(status) }),
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
  };
}

export function filterFaults(query: Query): readonly Fault[] {
  return [...statusFaults(query['status']), ...sinceFaults(query['since']), ...textFaults(query)];
}

function statusFaults(status: string | undefined): readonly Fault[] {
  if (status === undefined || VendingStatusSchema.safeParse(status).success) return [];
  const known = VendingStatusSchema.options.join(', ');
  return [{ field: 'status', message: `is '${status}'; it may be one of ${known}.`, value: status, limit: known }];
}

/** With its zone: without, it would be another time for each reader. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/u;

function sinceFaults(since: string | undefined): readonly Fault[] {
  if (since === undefined || (INSTANT.test(since) && !Number.isNaN(Date.parse(since)))) return [];
  const message = `is '${since}'; it may be a day or an instant, such as 2026-11-24 or 2026-11-24T16:24:38Z.`;
  return [{ field: 'since', message, value: since }];
}

function textFaults(query: Query): readonly Fault[] {
  const empty = TEXTS.filter((name) => query[name] === '').map((field) => ({
    field,
    message: 'is empty. Leave it out to list all.',
  }));
  if (query['accountId'] === undefined || query['email'] === undefined) return empty;
  return [...empty, { field: 'email', message: 'and accountId exclude each other. Leave one of them out.' }];
}
