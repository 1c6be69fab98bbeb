import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Schemas, VendingDetail, VendingSummary } from '../src/api/client';
import { STATUS_NAMES } from '../src/logic/statuses';

/** Answers like those of the API, in all states that are hard to reach; the compiler compares them with its types. */
const ROWS = 60;
const AT = new Date(Date.now() - 600_000).toISOString();
const uuidOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

const statusOf = (index: number): VendingSummary['status'] => STATUS_NAMES[index % STATUS_NAMES.length] ?? 'VENDED';

const summaries: readonly VendingSummary[] = Array.from({ length: ROWS }, (_, index) => ({
  ...{ tenantUuid: uuidOf(index), replicationSequence: index + 1, status: statusOf(index), statusChangedAt: AT },
  ...{ workspaceIdentifier: `workspace-${index % 7}`, projectIdentifier: `project-with-a-longer-name-${index}` },
  ...{ accountId: index % 3 === 0 ? null : String(100_000_000_000 + index), supersededBy: null },
  ...{ stoppedAt: null, settlesAt: null, landingZone: null, error: null },
}));

const entry = (state: string, more: Partial<Schemas['TimelineEntry']> = {}): Schemas['TimelineEntry'] => ({
  ...{ state, startedAt: AT, finishedAt: AT, attempts: 2, remark: null, error: null, changes: [] },
  ...more,
});

const CHANGES = Array.from({ length: 45 }, (_, index) => ({
  what: `tag key-${index}`,
  from: null,
  to: `value ${index}`,
}));

function detailOf(index: number): VendingDetail {
  const { tenantUuid, status, statusChangedAt, replicationSequence } = summaries[index] ?? summaries[0] ?? never();
  const hasFailed = status === 'FAILED';
  const error = {
    ...{ name: 'RejectedError', message: `The organizational unit ou-ab12-gone${index % 2} does not exist.` },
    remedy: `Make the unit again, or name another one in landing zone ${index % 2}, and replay.`,
  };
  return {
    ...{ tenantUuid, status, statusChangedAt, replicationSequence, run: 1, workflow: 'vend-account' },
    ...{ workspaceIdentifier: `workspace-${index % 7}`, projectIdentifier: `project-with-a-longer-name-${index}` },
    executionArn: `arn:aws:states:eu-central-1:000000000000:execution:vend-account:${tenantUuid}-1`,
    ...{ requestedBy: 'arn:aws:iam::000000000000:role/portal', replayedBy: null, stoppedBy: null },
    approval: null,
    ...{ stoppedAt: null, settlesAt: null, waitingSequence: null, supersededBy: null, deletion: null },
    account: null,
    timeline: [
      entry('PlanVending', { remark: 'The user u-16 has no euid and gets no access.' }),
      entry('TagAccount', { changes: CHANGES }),
      entry('MoveAccount', hasFailed ? { finishedAt: null, error } : {}),
    ],
    lane:
      status === 'QUEUED'
        ? { name: index % 20 < 10 ? 'account-creation' : 'account-factory', position: index, since: AT }
        : null,
    estimate: status === 'QUEUED' ? { readyAt: AT, earliest: AT, latest: AT, basedOnRuns: 20 } : null,
    lastError: hasFailed ? error : null,
    rejection: null,
  };
}

const never = (): never => {
  throw new Error('There are rows.');
};

const drift: Schemas['DriftReport'] = {
  ...{ pass: AT.slice(0, 10), status: 'ENDED', startedAt: AT, endedAt: AT, reconciled: 1000, notBegun: 1 },
  ...{ changed: 44, failed: 1, unfinished: 0, lost: 2 },
  lostAccounts: [0, 1].map((index) => ({
    ...{ tenantUuid: uuidOf(index), workspaceIdentifier: 'w', projectIdentifier: `p${index}` },
    ...{ accountId: '111111111111', since: AT },
  })),
  drifts: Array.from({ length: 45 }, (_, index) => ({
    ...{
      replicationSequence: 1,
      run: 2,
      tenantUuid: uuidOf(index),
      workspaceIdentifier: 'w',
      projectIdentifier: `p${index}`,
    },
    ...{
      accountId: '111111111111',
      before: 'VENDED',
      outcome: index === 0 ? 'FAILED' : 'VENDED',
      endedAt: AT,
      error: null,
    },
    changes: [{ what: 'tag costCenter', from: '1', to: '2', state: 'TagAccount' }],
    changesLeftOut: 0,
  })),
  cursor: 'next',
};

const usage: Schemas['MonthUsage'] = {
  ...{ month: AT.slice(0, 7), state: 'OPEN', estimated: true, generatedAt: AT, finalizedAt: null, currency: 'USD' },
  invoiceTotal: '12345.678901',
  reports: Array.from({ length: 45 }, (_, index) => ({
    ...{ tenantUuid: uuidOf(index), accountId: String(100_000_000_000 + index), state: 'OPEN', version: 1 },
    ...{ tags: null, paymentMethod: null, total: String(900 - index * 10) },
    lineItems: ['Amazon EC2', 'Amazon S3', 'AWS Lambda', 'Amazon RDS'].map((service, part) => ({
      ...{ type: 'USAGE', service, subscriptionId: null, amount: String((900 - index * 10) / (part + 2)) },
    })),
  })),
  collection: { lastCollectedAt: AT, requests: 3, requestCost: '0.03' },
};

const landingZones: Schemas['LandingZoneList'] = {
  landingZones: Array.from({ length: 45 }, (_, index) => ({
    ...{ name: `zone-${index}`, mode: index % 2 === 0 ? 'act' : 'shadow', configuredMode: 'act' },
    switches: index % 2 === 0 ? [] : [{ mode: 'shadow', at: AT, by: 'arn:aws:iam::000000000000:role/operator' }],
  })),
};

const preflight: Schemas['Preflight'] = {
  ...{ id: 'p', status: 'FINDINGS', startedAt: AT, finishedAt: AT },
  checks: Array.from({ length: 45 }, (_, index) => ({
    ...{ id: `check-${index}`, sentence: `The unit ou-${index} exists.`, detail: 'It does not.', remedy: 'Make it.' },
    result: (['ok', 'failed', 'unknown', 'skipped'] as const)[index % 4] ?? 'ok',
  })),
};

const adoption: Schemas['Adoption'] = {
  ...{ id: 'a', status: 'ADOPTING', startedAt: AT, consentedAt: AT, consentedBy: null, endedAt: null, accounts: 45 },
  ...{ waiting: 10, running: 10, adopted: 20, failed: 5, waitsUntil: null, reason: null, cursor: null },
  details: Array.from({ length: 45 }, (_, index) => ({
    ...{ accountId: String(100_000_000_000 + index), accountName: `account ${index}`, tenantUuid: uuidOf(index) },
    ...{ state: (['waiting', 'running', 'adopted', 'failed'] as const)[index % 4] ?? 'adopted', reason: null },
  })),
};

const problem = (status: number): Schemas['Problem'] => ({
  ...{ type: 'urn:account-vending:problem:example', title: 'Refused', status, detail: 'An example.', errors: [] },
});

/** What is asked for; undefined: there is no such thing. */
function answerOf(url: URL): unknown {
  const [, first = '', second] = url.pathname.split('/');
  if (first === 'vendings' && second !== undefined) return detailOf(Number(second.slice(-12)));
  if (first === 'vendings') {
    const status = url.searchParams.get('status');
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const all = summaries.filter((one) => status === null || one.status === status);
    return { vendings: all.slice(from, from + limit), cursor: from + limit < all.length ? String(from + limit) : null };
  }
  return {
    'drift-reports': drift,
    'usage-reports': usage,
    'landing-zones': landingZones,
    preflight,
    adoptions: adoption,
  }[first];
}

export type Mode = 'full' | 'empty' | 'failing' | 'silent';

export interface RecordedApi {
  readonly url: string;
  mode: Mode;
  readonly stop: () => void;
}

/** An API with sixty tenants, or with none, or one that always fails, or never answers. */
export async function recordedApi(): Promise<RecordedApi> {
  const server: Server = createServer((request, response) => {
    if (api.mode === 'silent') return;
    const url = new URL(request.url ?? '/', 'http://api');
    const answer = api.mode === 'full' ? answerOf(url) : emptyOf(url);
    const status = api.mode === 'failing' ? 500 : answer === undefined ? 404 : 200;
    response.writeHead(status, { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' });
    response.end(JSON.stringify(status === 200 ? answer : problem(status)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  const api: RecordedApi = {
    url: `http://127.0.0.1:${address.port}`,
    mode: 'full',
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return api;
}

function emptyOf({ pathname }: URL): unknown {
  if (pathname === '/vendings') return { vendings: [], cursor: null };
  return pathname === '/landing-zones' ? { landingZones: [] } : undefined;
}
