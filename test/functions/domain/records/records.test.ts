import { LandingZoneModeSchema } from '../../../../functions/ledger/fleet/landing-zone-modes';
import * as ledger from '../../../../functions/domain/records/ledger-records';
import {
  ACCOUNT_STATES,
  accountKnownOf,
  accountStateOf,
  claimedAliases,
  KNOWN_OFFLINE,
} from '../../../../functions/domain/records/tenant-account';
import { account, creation, plan, tenant, turn } from '../../../fakes/vending';
import { at, change, error, key, previewed, refusal, under, type Kind, recordRules } from './record-kind';

const tenantRecord = {
  ...tenant({ account, creation: creation({ failure: { reason: null } }), turns: { l: turn() }, waitingSequence: 18 }),
  enrollment: {
    phase: 'asked',
    kind: 'provision',
    attempt: 1,
    recordId: 'rec',
    requestHash: 'h',
    productName: 'p',
    askedAt: at,
    busySince: at,
    hasPaused: false,
    failures: 0,
  },
  stackInstances: [
    {
      stackSet: 's',
      homeRegion: 'eu-west-1',
      region: 'eu-west-1',
      removable: true,
      phase: 'asked',
      contentHash: 'h',
      n: 1,
      operationId: 'o',
      askedAt: at,
      failures: 0,
      pauses: 0,
    },
  ],
  customizations: [
    {
      name: 'n',
      project: 'p',
      phase: 'asked',
      contentHash: 'h',
      n: 1,
      token: 't',
      askedAt: at,
      buildId: 'b',
      logLink: 'l',
      inputs: { a: 'b' },
      outputs: { a: 'b' },
    },
  ],
  seal: { boundaryArn: 'arn', since: at },
  groups: [{ identityStoreId: 'd', name: 'g', groupId: 'i', madeAt: at }],
  assignedGroups: [{ identityStoreId: 'd', name: 'g', groupId: 'i', permissionSetArns: ['arn'], knownSince: at }],
  addedMembers: [{ groupId: 'g', userIds: ['u'] }],
  samlAccess: { provider: 'p', roles: ['r'] },
  assignment: {
    kind: 'creation',
    groupId: 'g',
    principalType: 'USER',
    permissionSetArn: 'arn',
    requestId: 'r',
    askedAt: at,
    failures: 0,
  },
  turnsNeeded: ['lane'],
  queuedIn: { lane: 'l', since: at, place: 'p' },
  rejection: { replicationSequence: 1, at, faults: [{ field: 'f', message: 'm', value: { a: 1 }, limit: 1 }] },
  deletion: { replicationSequence: 1, at, landingZone: 'z', accountGone: true },
  closure: { phase: 'asked', askedAt: at, failures: 0 },
  landingZone: 'z',
  failedWith: 'e',
  aliasReleased: true,
  stopped: { run: key, at, settlesAt: at },
  accountLostSince: at,
  reconciledIn: 'n',
  claims: ['ALIAS#a'],
  configurationHash: 'h',
  rolloutId: 'r',
  numbersFrom: 1,
};

const runRecord = {
  ...key,
  workflow: 'vend-account',
  status: 'RUNNING',
  executionArn: 'arn',
  startedAt: at,
  resumedAt: at,
  finishedAt: at,
  error,
  supersededBy: 18,
  reconciledIn: 'n',
  toldDelays: ['s'],
  toldDelaysAt: { s: at },
  earlierFailures: [{ at, where: 's', error }],
  requestedBy: 'jane',
  replayedBy: 'jane',
  stoppedBy: 'jane',
  approval: { askedAt: at, expiresAt: at, token: 't', decision: 'approve', decidedBy: 'd', decidedAt: at, reason: 'r' },
  shadow: { landingZone: 'z', accountId: 'a', changes: [previewed], changesLeftOut: 1, refusal },
  givenConfigurationHash: 'h',
  rolloutId: 'r',
  configurationHash: 'h',
  steps: [
    {
      state: 's',
      startedAt: at,
      finishedAt: at,
      attempts: 1,
      remark: 'r',
      error,
      changes: [change],
      changesLeftOut: 1,
    },
  ],
};

const KINDS: Readonly<Record<string, Kind>> = {
  tenant: {
    schema: ledger.TenantRecordSchema,
    whole: tenantRecord,
    absent: {
      enrollment: null,
      stackInstances: [],
      customizations: undefined,
      seal: null,
      groups: [],
      addedMembers: [],
      assignedGroups: undefined,
      samlAccess: { provider: null, roles: [] },
      assignment: null,
      turns: {},
      turnsNeeded: [],
      queuedIn: null,
      deletion: null,
      closure: null,
      landingZone: undefined,
      failedWith: undefined,
      aliasReleased: undefined,
      stopped: undefined,
      accountLostSince: null,
      reconciledIn: null,
      configurationHash: undefined,
      rolloutId: undefined,
      numbersFrom: undefined,
      ...under('creation', { notBefore: null, madeAccountId: null, failure: null }),
      ...under('account', { imported: false }),
      ...under('enrollment', { requestHash: null, productName: null }),
      ...under('stackInstances.0', { homeRegion: null, removable: false }),
      ...under('groups.0', { madeAt: undefined }),
      ...under('assignment', { principalType: undefined }),
      ...under('rejection.faults.0', { value: undefined, limit: undefined }),
      ...under('deletion', { landingZone: null, accountGone: undefined }),
    },
    words: {
      status: [
        'ACCEPTED',
        'QUEUED',
        'RUNNING',
        'AWAITING_APPROVAL',
        'VENDED',
        'FAILED',
        'REJECTED',
        'SUPERSEDED',
        'CLOSED',
        'SHADOWED',
      ],
      'creation.phase': ['intended', 'requested', 'cleared'],
      'enrollment.phase': ['asked', 'waiting', 'ended'],
      'enrollment.kind': ['provision', 'update', 'terminate', 'move', 'leave'],
      'stackInstances.0.phase': [
        'asked',
        'accepted',
        'failed',
        'current',
        'removalAsked',
        'removalAccepted',
        'removalFailed',
        'removed',
      ],
      'customizations.0.phase': ['asked', 'running', 'failed', 'done'],
      'assignment.kind': ['creation', 'deletion'],
      'assignment.principalType': ['USER'],
      'closure.phase': ['asked', 'accepted', 'failed', 'closed'],
    },
    free: ['rejection.faults.0.value', 'rejection.faults.0.value.a', 'rejection.faults.0.limit'],
  },
  run: {
    schema: ledger.RunRecordSchema,
    whole: runRecord,
    absent: {
      workflow: 'vend-account',
      supersededBy: null,
      reconciledIn: null,
      toldDelays: undefined,
      toldDelaysAt: undefined,
      earlierFailures: undefined,
      requestedBy: undefined,
      replayedBy: undefined,
      stoppedBy: undefined,
      approval: undefined,
      shadow: undefined,
      givenConfigurationHash: undefined,
      rolloutId: undefined,
      configurationHash: undefined,
      'error.accountLost': undefined,
      'earlierFailures.0.error.accountLost': undefined,
      'shadow.changesLeftOut': undefined,
      'steps.0.error.accountLost': undefined,
      'steps.0.changesLeftOut': undefined,
    },
    words: {
      workflow: ['vend-account', 'close-account'],
      status: ['ACCEPTED', 'RUNNING', 'VENDED', 'FAILED', 'SUPERSEDED', 'CLOSED', 'SHADOWED'],
      'approval.decision': ['approve', 'reject'],
    },
  },
  'desired state': {
    schema: ledger.DesiredStateRecordSchema,
    whole: {
      replicationSequence: 1,
      contentHash: 'h',
      receivedAt: at,
      trigger: 'event',
      requestedBy: 'j',
      runs: 1,
      superseded: { by: 2, at, workspaceIdentifier: 'w', projectIdentifier: 'p' },
    },
    absent: { requestedBy: undefined, superseded: null },
    words: { trigger: ['event', 'api'] },
  },
  outdated: { schema: ledger.OutdatedRecordSchema, whole: { latestSequence: 1, sequences: [1] } },
  rejection: {
    schema: ledger.RejectionRecordSchema,
    whole: {
      tenantUuid: 't',
      workspaceIdentifier: 'w',
      projectIdentifier: 'p',
      rejection: { replicationSequence: 1, at, faults: [] },
    },
  },
  mode: {
    schema: LandingZoneModeSchema,
    whole: { landingZone: 'z', mode: 'act', switches: [{ mode: 'act', at, by: 'j' }] },
    words: { mode: ['act', 'shadow'], 'switches.0.mode': ['act', 'shadow'] },
  },
  claim: { schema: ledger.ClaimRecordSchema, whole: { tenantUuid: 't' } },
  'plan of a run': {
    schema: ledger.PlanRecordSchema,
    whole: { plan: plan() },
    absent: { 'plan.stackSetExecutionRole': undefined },
    free: ['plan.'],
  },
};

for (const [name, kind] of Object.entries(KINDS)) recordRules(name, kind);

describe('the aliases of a tenant', () => {
  it('are among its claims', () => {
    const claims = ['ALIAS#one', 'EMAIL#a@b.example', 'ALIAS#two', 'x-ALIAS#three'];
    expect(claimedAliases({ claims })).toEqual(['one', 'two']);
    expect(claimedAliases({ claims: [] })).toEqual([]);
  });
});

describe('what becomes of an account', () => {
  const closed = { phase: 'closed' as const, askedAt: at, failures: 0 };

  it.each([
    [{ account: null }, true, 'NONE'],
    [{ account, closure: closed }, true, 'CLOSED'],
    [{ account, closure: { ...closed, phase: 'accepted' as const } }, true, 'KEPT'],
    [{ account }, true, 'KEPT'],
    [{ account }, false, 'GONE'],
  ])('of a tenant with %o, there: %s, is %s', (changes, isThere, expected) => {
    expect(accountStateOf(tenant(changes), isThere)).toBe(expected);
  });

  it('is told in four words', () => {
    expect(ACCOUNT_STATES).toEqual(['CLOSED', 'KEPT', 'GONE', 'NONE']);
    expect(KNOWN_OFFLINE).toStrictEqual({ own: null });
  });

  it.each([
    [undefined, null],
    [{ account, creation: null }, account.id],
    [{ account: null, creation: null }, null],
    [{ account: null, creation: creation() }, null],
    [{ account: null, creation: creation({ madeAccountId: 'made' }) }, 'made'],
    [{ account: null, creation: creation({ madeAccountId: 'made', attempt: 0 }) }, null],
  ])('is known of a tenant with %o: %s', (records, expected) => {
    expect(accountKnownOf(records)).toBe(expected);
  });
});
