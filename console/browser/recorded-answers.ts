import type { Schemas, VendingDetail, VendingSummary } from '../src/api/client';
import { STATUS_NAMES } from '../src/logic/statuses';
import { rolloutAnswer } from './recorded-rollouts';

/* Answers like those of the API, in all states that are hard to reach; the compiler compares them with its types. */

const AT = new Date(Date.now() - 600_000).toISOString();

export const uuidOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

const statusOf = (index: number): VendingSummary['status'] => STATUS_NAMES[index % STATUS_NAMES.length] ?? 'VENDED';

/** As many as a large organization has. */
export const ROWS = 10_000;

export function summaryOf(index: number): VendingSummary {
  const status = statusOf(index);
  return {
    tenantUuid: uuidOf(index),
    replicationSequence: index + 1,
    status,
    statusChangedAt: AT,
    workspaceIdentifier: `workspace-${index % 7}`,
    projectIdentifier: `project-with-a-longer-name-${index}`,
    accountId: index % 3 === 0 ? null : String(100_000_000_000 + index),
    supersededBy: null,
    stoppedAt: null,
    settlesAt: null,
    landingZone: `zone-${index % 4}`,
    error: status === 'FAILED' ? 'RejectedError' : null,
  };
}

const entry = (state: string, more: Partial<Schemas['TimelineEntry']> = {}): Schemas['TimelineEntry'] => ({
  state,
  startedAt: AT,
  finishedAt: AT,
  attempts: 2,
  remark: null,
  error: null,
  changes: [],
  ...more,
});

const CHANGES = Array.from({ length: 45 }, (_, index) => ({
  what: `tag key-${index}`,
  from: null,
  to: `value ${index}`,
}));

const ESTIMATE = { readyAt: AT, earliest: AT, latest: AT, basedOnRuns: 20 };

export function detailOf(index: number): VendingDetail {
  const { tenantUuid, status, statusChangedAt, replicationSequence } = summaryOf(index);
  const hasFailed = status === 'FAILED';
  const error = {
    name: 'RejectedError',
    message: `The organizational unit ou-ab12-gone${index % 20} does not exist.`,
    remedy: `Make the unit again, or name another one in landing zone ${index % 20}, and replay.`,
  };
  return {
    tenantUuid,
    status,
    statusChangedAt,
    replicationSequence,
    run: 1,
    workflow: 'vend-account',
    workspaceIdentifier: `workspace-${index % 7}`,
    projectIdentifier: `project-with-a-longer-name-${index}`,
    executionArn: `arn:aws:states:eu-central-1:000000000000:execution:vend-account:${tenantUuid}-1`,
    requestedBy: 'arn:aws:iam::000000000000:role/portal',
    replayedBy: null,
    stoppedBy: null,
    approval: null,
    stoppedAt: null,
    settlesAt: null,
    waitingSequence: null,
    supersededBy: null,
    deletion: null,
    account: null,
    timeline: [
      entry('PlanVending', { remark: 'The user u-16 has no euid and gets no access.' }),
      entry('TagAccount', { changes: CHANGES }),
      entry('MoveAccount', hasFailed ? { finishedAt: null, error } : {}),
    ],
    lane: status === 'QUEUED' ? { name: 'account-creation', position: index, since: AT } : null,
    estimate: status === 'QUEUED' ? ESTIMATE : null,
    lastError: hasFailed ? error : null,
    rejection: null,
  };
}

const drift: Schemas['DriftReport'] = {
  pass: AT.slice(0, 10),
  status: 'ENDED',
  startedAt: AT,
  endedAt: AT,
  reconciled: 46,
  notBegun: 1,
  unchanged: 954,
  changed: 44,
  failed: 1,
  unfinished: 0,
  lost: 2,
  lostAccounts: [0, 1].map((index) => ({
    tenantUuid: uuidOf(index),
    workspaceIdentifier: 'w',
    projectIdentifier: `p${index}`,
    accountId: '111111111111',
    since: AT,
  })),
  drifts: Array.from({ length: 45 }, (_, index) => ({
    replicationSequence: 1,
    run: 2,
    tenantUuid: uuidOf(index),
    workspaceIdentifier: 'w',
    projectIdentifier: `p${index}`,
    accountId: '111111111111',
    before: 'VENDED',
    outcome: index === 0 ? 'FAILED' : 'VENDED',
    endedAt: AT,
    error: null,
    changes: [{ what: 'tag costCenter', from: '1', to: '2', state: 'TagAccount' }],
    changesLeftOut: 0,
  })),
  cursor: 'next',
};

const lineOf = (service: string, amount = 0.5): Schemas['AccountUsage']['lineItems'][number] => ({
  type: 'USAGE',
  service,
  subscriptionId: null,
  amount: String(amount),
});

const report = (index: number): Schemas['AccountUsage'] => ({
  tenantUuid: uuidOf(index),
  accountId: String(100_000_000_000 + index),
  state: 'OPEN',
  version: 1,
  workspaceIdentifier: index < 2 ? 'retail' : `workspace-${index}`,
  projectIdentifier: `shop-${index}`,
  accountName: `retail-shop-${index}`,
  paymentMethod:
    index % 9 === 0 ? null : { identifier: `cc-${index % 7}`, name: null, amount: null, expirationDate: null },
  tags: null,
  total: String(900 - index * 10),
  lineItems: ['Amazon EC2', 'Amazon S3', 'AWS Lambda', 'Amazon RDS'].map((service, part) =>
    lineOf(service, (900 - index * 10) / (part + 2)),
  ),
});

const MONTH = {
  month: AT.slice(0, 7),
  state: 'OPEN' as const,
  estimated: true,
  generatedAt: AT,
  finalizedAt: null,
  currency: 'USD',
};

const usage: Schemas['MonthUsage'] = {
  ...MONTH,
  invoiceTotal: '12345.678901',
  reports: Array.from({ length: 45 }, (_, index) => report(index)),
  cursor: null,
  collection: { lastCollectedAt: AT, requests: 3, requestCost: '0.03' },
};

/** One account with many services: the cost of a tenant has as many rows. */
const tenantUsage: Schemas['TenantUsage'] = {
  ...MONTH,
  tenantUuid: uuidOf(0),
  total: '900',
  reports: [
    {
      ...report(0),
      lineItems: [...report(0).lineItems, ...Array.from({ length: 41 }, (_, index) => lineOf(`Service ${index}`))],
    },
  ],
};

const landingZones: Schemas['LandingZoneList'] = {
  landingZones: Array.from({ length: 45 }, (_, index) => ({
    name: `zone-${index}`,
    mode: index % 2 === 0 ? 'act' : 'shadow',
    configuredMode: 'act',
    switches: index % 2 === 0 ? [] : [{ mode: 'shadow', at: AT, by: 'arn:aws:iam::000000000000:role/operator' }],
  })),
  cursor: null,
};

const preflight: Schemas['Preflight'] = {
  id: 'p',
  status: 'FINDINGS',
  startedAt: AT,
  finishedAt: AT,
  checks: Array.from({ length: 45 }, (_, index) => ({
    id: `check-${index}`,
    sentence: `The unit ou-${index} exists.`,
    detail: 'It does not.',
    remedy: 'Make it.',
    result: (['ok', 'failed', 'unknown', 'skipped'] as const)[index % 4] ?? 'ok',
  })),
};

const adoption: Schemas['Adoption'] = {
  id: 'a',
  status: 'ADOPTING',
  startedAt: AT,
  consentedAt: AT,
  consentedBy: null,
  endedAt: null,
  accounts: 45,
  waiting: 10,
  running: 10,
  adopted: 20,
  failed: 5,
  waitsUntil: null,
  reason: null,
  cursor: null,
  details: Array.from({ length: 45 }, (_, index) => ({
    accountId: String(100_000_000_000 + index),
    accountName: `account ${index}`,
    tenantUuid: uuidOf(index),
    state: (['waiting', 'running', 'adopted', 'failed'] as const)[index % 4] ?? 'adopted',
    reason: null,
  })),
};

export const PROPOSALS: Schemas['Proposals'] = {
  id: 'a',
  status: 'PROPOSED',
  accounts: 45,
  refused: 1,
  pending: 0,
  token: 'a.all',
  expiresAt: AT,
  cursor: null,
  proposals: Array.from({ length: 45 }, (_, index) => ({
    accountId: String(100_000_000_000 + index),
    accountName: `account ${index}`,
    tenantUuid: uuidOf(index),
    desiredState: null,
    changes: [],
    changesLeftOut: index,
    refusal: null,
  })),
};

const deadLetters: Schemas['DeadLetterList'] = {
  deadLetters: Array.from({ length: 45 }, (_, index) => ({
    queue: 'desired-states',
    id: `letter-${index}`,
    reason: 'It is not JSON. Send one desired state.',
    field: null,
    sentAt: AT,
    ageSeconds: 600,
    returnsTo: index % 2 === 0 ? 'vending-Intake' : null,
    body: '{ "tenant":',
    isShortened: false,
  })),
  queues: [{ queue: 'desired-states', hidden: 0, more: false }],
  cursor: null,
};

const lane = (name: string, index: number): Schemas['LaneState'] => ({
  name,
  capacity: 5,
  unlimited: index === 7,
  slots: Array.from({ length: Math.max(0, 5 - index) }, (_, slot) => ({
    slot,
    tenantUuid: uuidOf(slot * 10 + 1),
    replicationSequence: 1,
    run: 1,
    since: AT,
  })),
  waiting: index === 0 ? 45 : 0,
});

const lanes: Schemas['LaneList'] = {
  lanes: ['account-creation', ...Array.from({ length: 40 }, (_, index) => `stack-set:eu-central-1:set-${index}`)].map(
    lane,
  ),
  cursor: null,
};

const waiters: Schemas['WaiterList'] = {
  waiters: Array.from({ length: 45 }, (_, index) => ({
    tenantUuid: uuidOf(index * 10 + 2),
    replicationSequence: 1,
    run: 1,
    since: AT,
    position: index + 1,
    estimate: index % 2 === 0 ? ESTIMATE : null,
  })),
  cursor: 'more',
};

const summary: Schemas['Summary'] = {
  at: AT,
  statuses: STATUS_NAMES.map((status) => ({ status, count: 100, more: true })),
  errors: [{ error: 'RejectedError', count: 100 }],
  reconciliation: { pass: drift.pass, status: 'ENDED', failed: 1 },
  preflight: { id: 'p', status: 'FINDINGS', finishedAt: AT },
};

const asked = { requestedBy: 'arn:aws:iam::000000000000:role/portal', replayedBy: null, stoppedBy: null };

const runOf = (index: number): Schemas['RunSummary'] => ({
  replicationSequence: 45 - index,
  run: 1,
  workflow: 'vend-account',
  startedAt: AT,
  resumedAt: AT,
  status: index === 1 ? 'FAILED' : 'VENDED',
  finishedAt: AT,
  executionArn: null,
  supersededBy: null,
  error: index === 1 ? { name: 'RejectedError', message: 'The unit does not exist.', remedy: null } : null,
  reconciledIn: index === 2 ? '2026-11-27' : null,
  configurationHash: 'a'.repeat(64),
  ...asked,
});

const runs: Schemas['RunList'] = { runs: Array.from({ length: 45 }, (_, index) => runOf(index)), cursor: null };

const events: Schemas['TenantEventList'] = {
  events: Array.from({ length: 45 }, (_, index) => ({
    type:
      (['Account Vended', 'Account Vending Failed', 'Account Vending Delayed'] as const)[index % 3] ?? 'Account Vended',
    at: index === 2 ? null : AT,
    replicationSequence: 45 - index,
    run: 1,
    where: index % 3 === 0 ? null : 'CheckAccount',
    error: index % 3 === 1 ? { name: 'RejectedError', message: 'The unit does not exist.', remedy: null } : null,
  })),
  cursor: null,
};

const desiredStateOf = (index: number): Schemas['DesiredStateSummary'] => ({
  replicationSequence: 45 - index,
  receivedAt: AT,
  trigger: 'api',
  requestedBy: asked.requestedBy,
  contentHash: 'hash',
  runs: 1,
  supersededBy: null,
});

const desiredState: Schemas['DesiredStateDetail'] = {
  ...desiredStateOf(0),
  tenantUuid: uuidOf(0),
  desiredState: { replicationSequence: 45 },
  comparedWith: 44,
  differences: Array.from({ length: 45 }, (_, index) => ({ field: `project.spec.tags.key-${index}`, to: [index] })),
};

const configuration = {
  hash: 'a'.repeat(64),
  platform: { region: 'eu-central-1', accountEmailPattern: 'aws+%s@corp.example' },
  landingZones: { 'zone-0': { mode: 'act' } },
};

/** Of one tenant. */
function tenantAnswer(index: number, part: string | undefined, name: string | undefined): unknown {
  if (part === 'runs') return name === undefined ? runs : { ...runOf(1), ...detailOf(index) };
  if (part === 'events') return events;
  if (part === 'desired-states')
    return name === undefined
      ? { desiredStates: runs.runs.map((_, at) => desiredStateOf(at)), cursor: null }
      : desiredState;
  return detailOf(index);
}

/** What is read, but for the list of vendings; undefined: there is no such thing. */
export function readAnswer({ pathname }: Pick<URL, 'pathname'>): unknown {
  const [, first = '', second, third, fourth] = pathname.split('/');
  if (first === 'vendings') return tenantAnswer(Number(second?.slice(-12)), third, fourth);
  if (first === 'lanes') return second === undefined ? lanes : waiters;
  if (first === 'rollouts') return rolloutAnswer(second, third);
  if (first === 'tenants') return tenantUsage;
  return {
    summary,
    configuration,
    preflight,
    'drift-reports': drift,
    'usage-reports': usage,
    'landing-zones': landingZones,
    adoptions: adoption,
    'dead-letters': deadLetters,
  }[first];
}
