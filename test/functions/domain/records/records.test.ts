import type * as z from 'zod/v4/core';
import { parse, safeParse } from 'zod/mini';

import {
  AdoptionAccountSchema,
  AdoptionRecordSchema,
  AdoptionWishSchema,
  newAdoption,
} from '../../../../functions/domain/adoption/adoption';
import { EnrollmentWeekSchema } from '../../../../functions/domain/adoption/enrollment-week';
import * as drift from '../../../../functions/domain/fleet/drift';
import { LatestPreflightSchema, PreflightRecordSchema } from '../../../../functions/domain/fleet/preflight';
import { PlanSchema } from '../../../../functions/domain/plan/plan';
import {
  LaneRecordSchema,
  LineRecordSchema,
  WaiterRecordSchema,
} from '../../../../functions/domain/queue/lane-records';
import { CallRateRecordSchema } from '../../../../functions/domain/queue/rate-limiter';
import * as ledger from '../../../../functions/domain/records/ledger-records';
import {
  ListedRolloutSchema,
  newRollout,
  RolloutRecordSchema,
  RolloutTenantSchema,
} from '../../../../functions/domain/rollout/rollout';
import { ReleaseRecordSchema } from '../../../../functions/domain/rollout/release';
import { DEFAULT_LIMITS } from '../../../../functions/domain/rollout/rollout-request';
import { account, creation, enrollment, group, NOW, plan, tenant, turn } from '../../../fakes/vending';

/*
 * What is written today is read back whole, and what an earlier release has written is read with what was true then. A
 * field that no list here names has to be there: a record without it is no record.
 */

const at = NOW.toISOString();
const key = { replicationSequence: 17, run: 1 };
const change = { what: 'tag stage', from: null, to: 'dev' };
const previewed = { ...change, state: 'TagAccount' };
const refusal = { state: 'ImportAccount', message: 'No.', remedy: null };
const error = { name: 'RejectedError', message: 'No.', remedy: null, accountLost: true };

const tenantRecord = {
  ...tenant({ account, creation: creation({ failure: { reason: null } }), turns: { l: turn() }, waitingSequence: 18 }),
  enrollment: {
    ...{
      phase: 'asked',
      kind: 'provision',
      attempt: 1,
      recordId: 'rec',
      requestHash: 'h',
      productName: 'p',
      askedAt: at,
    },
    ...{ busySince: at, hasPaused: false, failures: 0 },
  },
  stackInstances: [
    {
      ...{
        stackSet: 's',
        homeRegion: 'eu-west-1',
        region: 'eu-west-1',
        removable: true,
        phase: 'asked',
        contentHash: 'h',
      },
      ...{ n: 1, operationId: 'o', askedAt: at, failures: 0, pauses: 0 },
    },
  ],
  customizations: [
    {
      ...{ name: 'n', project: 'p', phase: 'asked', contentHash: 'h', n: 1, token: 't', askedAt: at, buildId: 'b' },
      ...{ logLink: 'l', inputs: { a: 'b' }, outputs: { a: 'b' } },
    },
  ],
  seal: { boundaryArn: 'arn', since: at },
  groups: [{ identityStoreId: 'd', name: 'g', groupId: 'i', madeAt: at }],
  assignedGroups: [{ identityStoreId: 'd', name: 'g', groupId: 'i', permissionSetArns: ['arn'], knownSince: at }],
  addedMembers: [{ groupId: 'g', userIds: ['u'] }],
  samlAccess: { provider: 'p', roles: ['r'] },
  assignment: {
    ...{ kind: 'creation', groupId: 'g', principalType: 'USER', permissionSetArn: 'arn', requestId: 'r', askedAt: at },
    failures: 0,
  },
  turnsNeeded: ['lane'],
  queuedIn: { lane: 'l', since: at, place: 'p' },
  rejection: { replicationSequence: 1, at, faults: [{ field: 'f', message: 'm', value: { a: 1 }, limit: 1 }] },
  deletion: { replicationSequence: 1, at, landingZone: 'z', accountGone: true },
  closure: { phase: 'asked', askedAt: at, failures: 0 },
  ...{ landingZone: 'z', failedWith: 'e', aliasReleased: true, stopped: { run: key, at, settlesAt: at } },
  ...{
    accountLostSince: at,
    reconciledIn: 'n',
    claims: ['ALIAS#a'],
    configurationHash: 'h',
    rolloutId: 'r',
    numbersFrom: 1,
  },
};

const runRecord = {
  ...{ ...key, workflow: 'vend-account', status: 'RUNNING', executionArn: 'arn', startedAt: at, resumedAt: at },
  ...{ finishedAt: at, error, supersededBy: 18, reconciledIn: 'n', toldDelays: ['s'], toldDelaysAt: { s: at } },
  earlierFailures: [{ at, where: 's', error }],
  ...{ requestedBy: 'jane', replayedBy: 'jane', stoppedBy: 'jane' },
  approval: { askedAt: at, expiresAt: at, token: 't', decision: 'approve', decidedBy: 'd', decidedAt: at, reason: 'r' },
  shadow: { landingZone: 'z', accountId: 'a', changes: [previewed], changesLeftOut: 1, refusal },
  ...{ givenConfigurationHash: 'h', rolloutId: 'r', configurationHash: 'h' },
  steps: [
    {
      ...{ state: 's', startedAt: at, finishedAt: at, attempts: 1, remark: 'r', error, changes: [change] },
      changesLeftOut: 1,
    },
  ],
};

const wholePlan = {
  ...plan({
    ...{ existingAccountId: 'a', import: { organizationalUnits: ['ou'], tag: { key: 'k', value: 'v' } } },
    ...{ serviceAccounts: [{ id: 'i', what: 'w' }], workspaceOrgUnit: { parentOrgUnitId: 'p', name: 'n' } },
    stackSetExecutionRole: { name: 'n', managedPolicyArns: ['a'], trustedAccountId: 't' },
    enrollment: { ...enrollment, suspendedOrgUnitId: 'ou' },
    unenrollment: { ...enrollment, strategy: 'auto-enroll', suspendedOrgUnitId: 'ou' },
    ...{ controlTowerRegion: 'r', factoryUser: { email: 'e', region: 'r', instanceArn: 'a', identityStoreId: 'd' } },
    ...{ adoptGroups: true, accessOnly: true, approval: { expiresAfterDays: 1 }, shadow: true },
    stackSets: [{ name: 'n', homeRegion: 'h', regions: ['r'], parameters: { a: 'b' }, removeStackInstances: true }],
    stackSetRemovals: [{ name: 'n', homeRegion: 'h', regions: ['r'] }],
    customizations: [
      {
        ...{
          name: 'n',
          project: 'p',
          region: 'r',
          image: 'i',
          buildspec: 'b',
          environment: { a: 'b' },
          inputs: { a: 'b' },
        },
        source: { type: 'S3', location: 'l', version: 'v', connectionArn: 'c' },
        ...{ timeLimitMinutes: 5, role: { name: 'r', madeByStackSet: true }, destroys: true },
      },
    ],
    ...{ landingZoneFunction: { arn: 'a', payload: { a: 'b' } }, externalAvm: { tags: { a: 'b' } } },
    identityStore: {
      region: 'r',
      identityStoreId: 'd',
      instanceArn: 'a',
      scim: { endpoint: 'e', tokenSecretArn: 's' },
    },
    groups: [{ ...group('g'), projectRoles: ['p'], permissionSetArns: ['a'], members: ['m'] }],
    existingGroups: {
      withinHours: 1,
      groups: [{ name: 'n', awsRole: 'r', projectRoles: ['p'], permissionSetArns: ['a'] }],
    },
    samlAccess: {
      provider: { name: 'n', metadataDocument: 'm' },
      roles: [{ name: 'n', projectRoles: ['p'], policyArns: ['a'] }],
      failIfNotFound: true,
    },
    ...{ meshIdentifiers: { a: 'b' }, tags: { a: 'b' }, remarks: ['r'] },
    closing: { managementAccountId: 'm', closesAccount: true, releasesAlias: true },
  }),
};

const rollout = {
  ...newRollout(
    { id: 'r', kind: 'configuration', fromHash: 'f', targetHash: 't', limits: DEFAULT_LIMITS, plannedBy: 'p' },
    NOW,
  ),
  limits: { ...DEFAULT_LIMITS, canary: { tenants: 1, organizationalUnit: 'ou', tag: { key: 'k', value: 'v' } } },
  ...{ takenUntil: at, cursor: 'c', canary: [{ tenantUuid: 't', landingZone: 'z' }], plannedAt: at, planHash: 'h' },
  groups: [{ kinds: ['k'], tenants: 1, example: 'e', isRefusal: false }],
  ...{ startedAt: at, startedBy: 's', after: 'a', running: ['t'], reason: 'r', retrying: '', endedAt: at, movedAt: at },
};

interface Kind {
  readonly schema: z.$ZodType;
  readonly whole: unknown;
  /** What is read where a field is absent, by its path; undefined: it is absent. */
  readonly absent?: Readonly<Record<string, unknown>>;
  /** All words that a field may have. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Any value will do. */
  readonly free?: readonly string[];
}

const PARTS_OF_ENROLLMENT = { concurrentEnrollments: 5, suspendedOrgUnitId: undefined };
const under = (field: string, parts: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(parts).map(([name, value]) => [`${field}.${name}`, value]));

const KINDS: Readonly<Record<string, Kind>> = {
  tenant: {
    schema: ledger.TenantRecordSchema,
    whole: tenantRecord,
    absent: {
      ...{ enrollment: null, stackInstances: [], customizations: undefined, seal: null, groups: [], addedMembers: [] },
      ...{ assignedGroups: undefined, samlAccess: { provider: null, roles: [] }, assignment: null, turns: {} },
      ...{
        turnsNeeded: [],
        queuedIn: null,
        deletion: null,
        closure: null,
        landingZone: undefined,
        failedWith: undefined,
      },
      ...{ aliasReleased: undefined, stopped: undefined, accountLostSince: null, reconciledIn: null },
      ...{ configurationHash: undefined, rolloutId: undefined, numbersFrom: undefined },
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
        ...['ACCEPTED', 'QUEUED', 'RUNNING', 'AWAITING_APPROVAL', 'VENDED', 'FAILED', 'REJECTED', 'SUPERSEDED'],
        ...['CLOSED', 'SHADOWED'],
      ],
      'creation.phase': ['intended', 'requested', 'cleared'],
      'enrollment.phase': ['asked', 'waiting', 'ended'],
      'enrollment.kind': ['provision', 'update', 'terminate', 'move', 'leave'],
      'stackInstances.0.phase': [
        ...['asked', 'accepted', 'failed', 'current', 'removalAsked', 'removalAccepted', 'removalFailed', 'removed'],
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
      ...{ workflow: 'vend-account', supersededBy: null, reconciledIn: null, toldDelays: undefined },
      ...{ toldDelaysAt: undefined, earlierFailures: undefined, requestedBy: undefined, replayedBy: undefined },
      ...{ stoppedBy: undefined, approval: undefined, shadow: undefined, givenConfigurationHash: undefined },
      ...{ rolloutId: undefined, configurationHash: undefined, 'error.accountLost': undefined },
      ...{ 'earlierFailures.0.error.accountLost': undefined, 'shadow.changesLeftOut': undefined },
      ...{ 'steps.0.error.accountLost': undefined, 'steps.0.changesLeftOut': undefined },
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
      ...{ replicationSequence: 1, contentHash: 'h', receivedAt: at, trigger: 'event', requestedBy: 'j', runs: 1 },
      superseded: { by: 2, at, workspaceIdentifier: 'w', projectIdentifier: 'p' },
    },
    absent: { requestedBy: undefined, superseded: null },
    words: { trigger: ['event', 'api'] },
  },
  outdated: { schema: ledger.OutdatedRecordSchema, whole: { latestSequence: 1, sequences: [1] } },
  rejection: {
    schema: ledger.RejectionRecordSchema,
    whole: {
      ...{ tenantUuid: 't', workspaceIdentifier: 'w', projectIdentifier: 'p' },
      rejection: { replicationSequence: 1, at, faults: [] },
    },
  },
  mode: {
    schema: ledger.LandingZoneModeSchema,
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
  plan: {
    schema: PlanSchema,
    whole: wholePlan,
    absent: {
      ...{ existingAccountId: null, accessOnly: undefined, import: null, serviceAccounts: [] },
      ...{ workspaceOrgUnit: undefined, unenrollment: undefined, controlTowerFollowsMoves: false },
      ...{ controlTowerRegion: null, factoryUser: undefined, adoptGroups: undefined, approval: undefined },
      ...{ stackSetRemovals: [], customizations: undefined, externalAvm: null, existingGroups: undefined },
      ...{ samlAccess: null, skipUserGroupPermissionCleanup: false, membersKnown: false, meshIdentifiers: {} },
      ...{ accessRoleProfile: 'meshstack', closing: undefined, shadow: undefined },
      ...under('enrollment', PARTS_OF_ENROLLMENT),
      ...under('unenrollment', { ...PARTS_OF_ENROLLMENT, accountFactoryProductId: undefined, ssoUser: undefined }),
      ...under('stackSets.0', { removeStackInstances: undefined }),
      ...under('customizations.0', { destroys: undefined }),
      ...under('identityStore', { scim: null }),
      ...under('closing', { closesAccount: false, releasesAlias: false }),
    },
    words: {
      accessRoleProfile: ['meshstack', 'sealed'],
      'enrollment.strategy': ['account-factory', 'auto-enroll'],
      'unenrollment.strategy': ['account-factory', 'auto-enroll'],
      'customizations.0.source.type': ['S3', 'GITHUB', 'GITLAB', 'BITBUCKET'],
    },
  },
  lane: {
    schema: LaneRecordSchema,
    whole: {
      slots: [{ slot: 0, tenantUuid: 't', run: key, since: at, lookAt: at }],
      ...{ rate: { fullAt: at, lastAt: at }, unlimited: true },
      closingShare: { days: [{ day: 'd', closings: 1 }], allowance: { closings: 1, countedAt: at } },
    },
    absent: { unlimited: false, closingShare: undefined },
  },
  waiter: {
    schema: WaiterRecordSchema,
    whole: { tenantUuid: 't', run: key, token: 't', since: at, grantedAt: at, inLine: true },
    absent: { inLine: undefined },
  },
  line: { schema: LineRecordSchema, whole: { groups: [['place', 1]] }, free: ['groups.0.0', 'groups.0.1'] },
  'rate of calls': { schema: CallRateRecordSchema, whole: { fullAt: at } },
  release: {
    schema: ReleaseRecordSchema,
    whole: {
      configurationHash: 'h',
      releasedAt: at,
      rolloutId: 'r',
      target: { configurationHash: 'h', rolloutId: 'r' },
    },
    absent: { target: undefined },
  },
  rollout: {
    schema: RolloutRecordSchema,
    whole: rollout,
    absent: {
      ...{ kind: 'configuration', landingZone: undefined, movedAt: undefined },
      ...under('limits.canary', { tenants: undefined, organizationalUnit: undefined, tag: undefined }),
    },
    words: {
      kind: ['configuration', 'landing-zone'],
      status: ['PLANNING', 'SUMMING', 'PLANNED', 'REFUSED', 'RUNNING', 'PAUSED', 'STOPPED', 'ENDED', 'ABORTED'],
      list: ['VENDED', 'FAILED'],
    },
  },
  'listed rollout': { schema: ListedRolloutSchema, whole: { id: 'r' } },
  'tenant of a rollout': {
    schema: RolloutTenantSchema,
    whole: {
      ...{
        tenantUuid: 't',
        workspaceIdentifier: 'w',
        projectIdentifier: 'p',
        landingZone: 'z',
        accountId: 'a',
        wave: 1,
      },
      ...{
        changes: [previewed],
        changesLeftOut: 0,
        refusal,
        state: 'WAITING',
        unexpected: false,
        run: key,
        reason: 'r',
      },
    },
    words: { state: ['WAITING', 'UNCHANGED', 'REFUSED', 'RUNNING', 'DONE', 'FAILED', 'OVERTAKEN'] },
  },
};

const row = {
  ...{ line: 1, accountId: 'a', workspace: 'w', project: 'p', landingZone: 'z', contactEmail: 'c', tags: { a: 'b' } },
};
const ROW_DEFAULTS = {
  line: null,
  accountId: '',
  workspace: '',
  project: '',
  landingZone: '',
  contactEmail: null,
  tags: {},
};
const PHASES_OF_PASS = ['VENDED', 'FAILED', 'RUNNING', 'QUEUED', 'ACCEPTED', 'AWAITING_APPROVAL', 'SETTLING', 'ENDED'];

const OTHER_KINDS: Readonly<Record<string, Kind>> = {
  adoption: {
    schema: AdoptionRecordSchema,
    whole: {
      ...newAdoption({ id: 'i', requestedBy: 'j', wishHash: 'w', configurationHash: 'c' }, NOW),
      ...{ takenUntil: at, cursor: 'c', faults: [{ field: 'f', message: 'm' }], proposalsHash: 'h', expiresAt: at },
      ...{ consentedAt: at, consentedBy: 'j', running: ['a'], waitsUntil: at, staleBecause: 's', endedAt: at },
    },
    words: {
      phase: [...['LISTING', 'JUDGING', 'SUMMING', 'PROPOSED', 'REFUSED', 'VERIFYING', 'ADOPTING', 'STALE', 'ENDED']],
    },
  },
  'account of an adoption': {
    schema: AdoptionAccountSchema,
    whole: {
      ...{ accountId: 'a', name: 'n', email: 'e', place: { state: 's', unitsAbove: ['u'] }, row, tagsHash: 'h' },
      ...{ tenantUuid: 't', desiredState: { a: 1 }, changes: [previewed], changesLeftOut: 0, refusal, names: ['n'] },
      ...{ enrolls: true, enrollmentCountedAt: at, state: 'LISTED', reason: 'r' },
    },
    absent: under('row', ROW_DEFAULTS),
    words: { state: ['LISTED', 'PROPOSED', 'RUNNING', 'ADOPTED', 'FAILED', 'LEFT_OUT'] },
    free: ['desiredState', 'desiredState.a'],
  },
  'wish of an adoption': {
    schema: AdoptionWishSchema,
    whole: { mapping: [row], tagKeys: { workspace: 'w', project: 'p', landingZone: 'l' } },
    absent: {
      ...under('mapping.0', ROW_DEFAULTS),
      ...under('tagKeys', { workspace: 'workspace', project: 'project', landingZone: 'landingZone' }),
    },
  },
  'week of enrollments': { schema: EnrollmentWeekSchema, whole: { hours: [{ hour: 'h', enrollments: 1 }] } },
  pass: {
    schema: drift.PassRecordSchema,
    whole: {
      ...drift.newPass('p', NOW),
      ...{ cursor: 'c', takenUntil: at, endedAt: at, changed: 1, failed: 1, unfinished: 1, lost: 1 },
    },
    absent: { unchanged: 0, lost: null },
    words: { phase: PHASES_OF_PASS },
  },
  'latest pass': { schema: drift.LatestPassSchema, whole: { pass: 'p' } },
  'open reconciliation': {
    schema: drift.OpenReconciliationSchema,
    whole: { before: 'VENDED' },
    words: { before: ['VENDED', 'FAILED'] },
  },
  drift: {
    schema: drift.DriftRecordSchema,
    whole: {
      ...{
        ...key,
        tenantUuid: 't',
        workspaceIdentifier: 'w',
        projectIdentifier: 'p',
        accountId: 'a',
        before: 'VENDED',
      },
      ...{ outcome: 'VENDED', endedAt: at, error, changes: [previewed], changesLeftOut: 0 },
    },
    absent: { 'error.accountLost': undefined },
    words: { before: ['VENDED', 'FAILED'], outcome: ['VENDED', 'FAILED', 'SUPERSEDED'] },
  },
  'lost account': {
    schema: drift.LostAccountSchema,
    whole: { tenantUuid: 't', workspaceIdentifier: 'w', projectIdentifier: 'p', accountId: 'a', since: at },
  },
  preflight: {
    schema: PreflightRecordSchema,
    whole: {
      ...{ id: 'i', status: 'RUNNING', startedAt: at, finishedAt: at },
      checks: [{ id: 'c', sentence: 's', result: 'ok', detail: 'd', remedy: 'r' }],
    },
    words: {
      status: ['RUNNING', 'PASSED', 'FINDINGS', 'FAILED'],
      'checks.0.result': ['ok', 'failed', 'skipped', 'unknown'],
    },
  },
  'latest preflight': { schema: LatestPreflightSchema, whole: { preflight: 'p' } },
};

type Path = readonly string[];

/** All fields, and the fields of what is in them; of a list, its first element. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const fields = Array.isArray(value) ? Object.keys(value).slice(0, 1) : Object.keys(value);
  const inner = fields.flatMap((field) => pathsIn((value as Record<string, unknown>)[field], [...path, field]));
  return path.length === 0 ? inner : [path, ...inner];
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], value);

/** A copy with another value there; `undefined` takes it away. */
function changedAt(value: unknown, path: Path, other: unknown): unknown {
  const copy: unknown = structuredClone(value);
  const parent = valueAt(copy, path.slice(0, -1)) as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (other === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = other;
  return copy;
}

const isField = (whole: unknown, path: Path): boolean => {
  const parent = valueAt(whole, path.slice(0, -1));
  // The names in a map are anybody's, and are one letter long here.
  return !Array.isArray(parent) && !(path.at(-1)?.length === 1 && Object.keys(parent as object).length === 1);
};

function wrongFor(value: unknown): unknown {
  if (value === null) return { wrong: 1 };
  return typeof value === 'string' ? 1 : 'wrong';
}

for (const [name, { schema, whole, absent = {}, words = {}, free = [] }] of Object.entries({
  ...KINDS,
  ...OTHER_KINDS,
})) {
  const isFree = (path: Path): boolean =>
    free.some((one) => path.join('.') === one || (one.endsWith('.') && path.join('.').startsWith(one)));
  const paths = pathsIn(whole).filter((path) => !isFree(path));

  describe(`a record: ${name}`, () => {
    it('is read back whole, without what nobody knows', () => {
      expect(parse(schema, { ...(whole as object), unheardOf: 1 })).toEqual(whole);
    });

    it('has all its fields, but for those that earlier releases did not write', () => {
      for (const path of paths.filter((one) => isField(whole, one))) {
        const read = safeParse(schema, changedAt(whole, path, undefined));
        const field = path.join('.');
        const found = read.success ? valueAt(read.data, path) : 'refused';
        expect([field, found]).toEqual([field, field in absent ? absent[field] : 'refused']);
      }
    });

    it('has values of the right kind', () => {
      for (const path of paths) {
        const [field, wrong] = [path.join('.'), wrongFor(valueAt(whole, path))];
        expect([field, safeParse(schema, changedAt(whole, path, wrong)).success]).toEqual([field, false]);
      }
    });

    it('has the words that there are, and no others', () => {
      for (const [field, known] of Object.entries(words)) {
        const path = field.split('.');
        for (const word of known) {
          const read = safeParse(schema, changedAt(whole, path, word));
          expect([field, word, read.success && valueAt(read.data, path)]).toEqual([field, word, word]);
        }
        for (const other of ['', 'other']) {
          expect([field, safeParse(schema, changedAt(whole, path, other)).success]).toEqual([field, false]);
        }
      }
    });
  });
}

describe('the aliases of a tenant', () => {
  it('are among its claims', () => {
    const claims = ['ALIAS#one', 'EMAIL#a@b.example', 'ALIAS#two', 'x-ALIAS#three'];
    expect(ledger.claimedAliases({ claims })).toEqual(['one', 'two']);
    expect(ledger.claimedAliases({ claims: [] })).toEqual([]);
  });
});
