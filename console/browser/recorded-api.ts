import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { Schemas, VendingStatus, VendingSummary } from '../src/api/client';
import { changedRollout, ROLLOUT } from './recorded-rollouts';
import { detailOf, PROPOSALS, readAnswer, ROWS, summaryOf, uuidOf } from './recorded-answers';

/**
 * `full`: ten thousand tenants; `empty`: none; `failing`: always 500; `expired`: AWS refuses the credentials; `silent`:
 * no answer.
 */
export type Mode = 'full' | 'empty' | 'failing' | 'expired' | 'silent';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export interface RecordedApi {
  readonly url: string;
  mode: Mode;
  /** What was asked for so far. */
  readonly asked: Asked[];
  /** By which index another status than the recorded one. */
  readonly statuses: Map<number, VendingStatus>;
  readonly stop: () => void;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An API in the place of a deployed one. */
export async function recordedApi(mode: Mode): Promise<RecordedApi> {
  const server: Server = createServer((request, response) => {
    void text(request).then((sent) => {
      const url = new URL(request.url ?? '/', 'http://api');
      const asked = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: sent };
      api.asked.push(asked);
      if (api.mode === 'silent') return;
      const { status, body } = answerOf(api, asked);
      response.writeHead(status, { 'content-type': status < 300 ? 'application/json' : 'application/problem+json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  const api: RecordedApi = {
    url: `http://127.0.0.1:${address.port}`,
    mode,
    asked: [],
    statuses: new Map(),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return api;
}

function answerOf(api: RecordedApi, asked: Asked): Answer {
  if (api.mode === 'failing') return problem(500, 'Something has failed', 'The log of the function says why.');
  if (api.mode === 'expired') return problem(403, 'Not signed, or no such path', 'Sign the request.');
  const body = asked.method === 'GET' ? read(api, asked) : written(api, asked);
  return body === undefined ? problem(404, 'Not found', 'There is no such thing.') : { status: 200, body };
}

const problem = (status: number, title: string, detail: string): Answer => {
  const body: Schemas['Problem'] = { type: 'urn:account-vending:problem:example', title, status, detail, errors: [] };
  return { status, body };
};

function read(api: RecordedApi, { path, query }: Asked): unknown {
  if (path === '/vendings') return api.mode === 'empty' ? { vendings: [], cursor: null } : listed(api, query);
  if (api.mode === 'empty') return EMPTY[path];
  const [, first, uuid, part] = path.split('/');
  const answer = readAnswer({ pathname: path });
  const status = first === 'vendings' && part === undefined ? api.statuses.get(Number(uuid?.slice(-12))) : undefined;
  return status === undefined ? answer : { ...detailOf(Number(uuid?.slice(-12))), status };
}

const EMPTY: Readonly<Record<string, unknown>> = {
  '/landing-zones': { landingZones: [] },
  '/dead-letters': { deadLetters: [], queues: [], cursor: null },
  '/rollouts': { rollouts: [], cursor: null },
  '/lanes': { lanes: [], cursor: null },
  '/summary': { at: '2026-11-28T12:00:00Z', statuses: [], errors: [], reconciliation: null, preflight: null },
  '/configuration': { hash: 'a', platform: {}, landingZones: {} },
};

function summaryIn(api: RecordedApi, index: number): VendingSummary {
  const summary = summaryOf(index);
  return { ...summary, status: api.statuses.get(index) ?? summary.status };
}

/** One page, narrowed as the API narrows it. */
function listed(api: RecordedApi, query: URLSearchParams): Schemas['VendingList'] {
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('cursor') ?? 0);
  const found: VendingSummary[] = [];
  for (let index = from; index < ROWS; index += 1) {
    const one = summaryIn(api, index);
    if (!matches(one, query)) continue;
    if (found.length === limit) return { vendings: found, cursor: String(index) };
    found.push(one);
  }
  return { vendings: found, cursor: null };
}

const matches = (one: VendingSummary, query: URLSearchParams): boolean =>
  [
    ['status', one.status],
    ['workspace', one.workspaceIdentifier],
    ['project', one.projectIdentifier],
    ['accountId', one.accountId],
    ['landingZone', one.landingZone],
    ['error', one.error],
  ].every(([name, value]) => query.get(name ?? '') === null || query.get(name ?? '') === value);

const PLAN = {
  planVersion: 1,
  tenantUuid: uuidOf(0),
  landingZone: 'aws-sandbox',
  existingAccountId: null,
  account: { name: 'n', email: 'e@corp.example', alias: 'a', accessRole: 'r', enforceAlias: true },
  targetOrgUnitId: null,
  tags: {},
  enrollment: null,
  stackSets: [],
  groups: [],
  changes: null,
  refusal: null,
  remarks: [],
};

function written(api: RecordedApi, { path, query }: Asked): unknown {
  if (path === '/vendings') return query.get('dryRun') === 'true' ? PLAN : ACCEPTED;
  if (path === '/adoptions')
    return query.get('dryRun') === 'true' ? proposalsOf(api) : { id: 'a', status: 'VERIFYING' };
  if (path === '/replays') return replaysOf(api, query);
  if (path === '/rollouts') return { id: ROLLOUT.id };
  if (path.startsWith('/rollouts/')) return changedRollout(path.split('/').at(-1));
  if (path.endsWith('/replay')) return { ...ACCEPTED, replay: 'redriven' };
  return undefined;
}

const proposalsOf = ({ mode }: RecordedApi): Schemas['Proposals'] =>
  mode === 'empty' ? { ...PROPOSALS, accounts: 0, refused: 0, token: null, proposals: [] } : PROPOSALS;

const ACCEPTED: Schemas['VendingAccepted'] = {
  tenantUuid: uuidOf(1),
  replicationSequence: 2,
  executionArn: null,
  status: 'RUNNING',
};

function replaysOf(api: RecordedApi, query: URLSearchParams): Schemas['Replays'] {
  const narrowed = new URLSearchParams(query);
  narrowed.set('limit', '20');
  const { vendings, cursor } = listed(api, narrowed);
  return {
    dryRun: query.get('dryRun') === 'true',
    replays: vendings.map(({ tenantUuid, replicationSequence, workspaceIdentifier, projectIdentifier, error }, at) => ({
      tenantUuid,
      replicationSequence,
      workspaceIdentifier,
      projectIdentifier,
      error,
      outcome: at % 5 === 4 ? 'refused' : 'redriven',
      detail: at % 5 === 4 ? 'It is under way.' : null,
    })),
    cursor,
  };
}
