import { EVENT_TYPES, EVENTS, type EventType } from '../../functions/ports/event-schemas';

/** A person, in every field that can name one. */
export const PERSON = 'jane.doe@corp.example';

const run = {
  version: 1,
  tenantUuid: '2b6f3c9a-5d1e-4c7b-8f0a-6e4d2c1b0a99',
  replicationSequence: 1,
  run: 1,
  workspaceIdentifier: 'retail',
  projectIdentifier: 'webshop-prod',
};
const asked = {
  requestedBy: PERSON,
  replayedBy: PERSON,
  approval: {
    askedAt: '2026-11-24T10:00:00.000Z',
    expiresAt: '2026-11-25T10:00:00.000Z',
    decision: 'approve',
    decidedBy: PERSON,
    decidedAt: '2026-11-24T11:00:00.000Z',
    reason: `asked ${PERSON}`,
  },
};
const changes = {
  changes: [{ state: 'TagAccount', what: 'tag owner', from: null, to: PERSON }],
  changesLeftOut: 2,
};
const executionArn = `arn:aws:states:eu-central-1:111111111111:execution:vend-account:${run.tenantUuid}-1`;
const account = { accountId: '444444444444', accountName: 'retail.webshop-prod', email: PERSON };
const failed = {
  ...run,
  ...asked,
  ...changes,
  executionArn,
  accountId: null,
  state: 'CreateAccount',
  error: 'RejectedError',
  cause: `AWS has an account with the e-mail ${PERSON} already.`,
  remedy: `Ask ${PERSON} for another address, and replay this run.`,
};
const delayed = {
  ...run,
  executionArn,
  where: 'enrollment',
  error: 'StarvedLane',
  cause: 'Nobody was let in.',
  remedy: 'Look at the lane.',
};
const waiting = {
  ...run,
  ...asked,
  ...account,
  executionArn,
  landingZone: 'aws-dev',
  organizationalUnitId: 'ou-ab12-cdefgh34',
  expiresAt: '2026-11-25T10:00:00.000Z',
};
const shadowed = {
  ...run,
  ...asked,
  ...changes,
  landingZone: 'aws-dev',
  accountId: '444444444444',
  verdict: 'CHANGE',
  refusal: { state: 'MoveAccount', message: `${PERSON} may not`, remedy: null },
};

const rollout = {
  version: 1,
  rolloutId: '2f0c1b1e-0000-4000-8000-000000000009',
  kind: 'configuration',
  status: 'STOPPED',
  fromHash: 'a',
  targetHash: 'b',
  wave: 1,
  changing: 40,
  unchanged: 2,
  done: 12,
  failed: 2,
  overtaken: 0,
  unexpected: 0,
  running: 0,
  reason: '2 of the 14 runs have failed.',
  by: null,
  at: '2026-11-24T10:20:30.000Z',
};

const DETAILS: Readonly<Record<EventType, object>> = {
  'Account Vended': { ...run, ...account, ...asked, ...changes, alias: null, organizationalUnitId: 'ou-ab12-cdefgh34' },
  'Account Vending Failed': failed,
  'Account Vending Delayed': delayed,
  'Account Vending Awaits Approval': waiting,
  'Account Vending Shadowed': shadowed,
  'Account Closed': { ...run, ...account, ...asked, ...changes, accountState: 'CLOSED' },
  'Account Closing Failed': failed,
  'Account Closing Delayed': delayed,
  'Account Closing Awaits Approval': waiting,
  'Account Closing Shadowed': shadowed,
  'Usage Report Finalized': {
    version: 1,
    month: '2026-10',
    state: 'FINALIZED',
    currency: 'USD',
    invoiceTotal: '1234.5',
    finalizedAt: '2026-11-08T04:00:00.000Z',
    reports: 40,
    updatedReports: 0,
  },
  'Rollout Started': rollout,
  'Rollout Wave Ended': rollout,
  'Rollout Paused': rollout,
  'Rollout Stopped': rollout,
  'Rollout Ended': rollout,
  'Drift Report': {
    version: 1,
    pass: '2026-11-24',
    startedAt: '2026-11-24T03:00:00.000Z',
    endedAt: '2026-11-24T04:00:00.000Z',
    reconciled: 4,
    unchanged: 36,
    changed: 3,
    failed: 1,
    unfinished: 0,
    drifts: [],
    driftsLeftOut: 0,
    lost: 1,
    notBegun: 0,
    lostAccounts: [],
  },
};

/** One event of each type as EventBridge hands it out, in the form of its contract. */
export const busEvents = (): readonly object[] => EVENT_TYPES.map((type) => busEvent(type));

export function busEvent(type: EventType, changed: object = {}): object {
  const detail = { ...EVENTS[type].detail.parse(DETAILS[type]), ...changed };
  const place = { account: '111111111111', region: 'eu-central-1', resources: [] };
  const id = `e-${EVENT_TYPES.indexOf(type)}`;
  return {
    version: '0',
    id,
    'detail-type': type,
    source: 'account-vending',
    time: '2026-11-24T10:20:30Z',
    ...place,
    detail,
  };
}
