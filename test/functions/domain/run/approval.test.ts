import {
  approvalError,
  approvalRemarks,
  approvalResult,
  awaitsApproval,
  creationApproval,
  hasExpired,
  isNotApproved,
  isUndecided,
  plannedApproval,
  refusalOf,
  standsAtApproval,
} from '../../../../functions/domain/run/approval';
import type { ApprovalRecord, RunRecord } from '../../../../functions/domain/records/ledger-records';
import { after, NOW } from '../../../fakes/vending';
import { configuration, desiredState } from '../examples';
import { says } from '../says';

const zone = (approval?: object) => {
  const [found] = Object.values(configuration(['landingZone.approval', approval]).landingZones);
  if (found === undefined) throw new Error('There is no landing zone.');
  return found;
};

const BOTH = { create: true, close: true, expiresAfterDays: 7 };
const asked: ApprovalRecord = {
  askedAt: NOW.toISOString(),
  expiresAt: after(60).toISOString(),
  token: 't',
  decision: null,
  decidedBy: null,
  decidedAt: null,
  reason: null,
};
const step = (state: string): RunRecord['steps'][number] => ({
  state,
  startedAt: NOW.toISOString(),
  finishedAt: null,
  attempts: 1,
  remark: null,
  error: null,
  changes: [],
});
const run = (approval: ApprovalRecord | undefined, ...states: readonly string[]): RunRecord => ({
  replicationSequence: 17,
  run: 1,
  workflow: 'vend-account',
  status: 'RUNNING',
  executionArn: null,
  startedAt: NOW.toISOString(),
  resumedAt: NOW.toISOString(),
  finishedAt: null,
  error: null,
  supersededBy: null,
  reconciledIn: null,
  steps: states.map(step),
  ...(approval === undefined ? {} : { approval }),
});

describe('an approval that is planned', () => {
  it.each([
    [BOTH, 'create', true],
    [BOTH, 'close', true],
    [{ create: true, expiresAfterDays: 7 }, 'close', false],
    [{ close: true, expiresAfterDays: 7 }, 'create', false],
    [undefined, 'create', false],
  ] as const)('of a landing zone with %o, to %s: %s', (approval, act, isAsked) => {
    expect(plannedApproval(zone(approval), act)).toEqual(isAsked ? { approval: { expiresAfterDays: 7 } } : {});
  });

  it('is none where there is no landing zone', () => {
    expect(plannedApproval(undefined, 'close')).toEqual({});
  });

  it.each([
    ['a new account', null, null, true],
    ['a new account, by a sender that is not asked of the ledger', null, undefined, true],
    ['one that is imported', '444444444444', null, false],
    ['one that the tenant has', null, '444444444444', false],
  ])('is for %s', (_, platformTenantId, ofTenant, isAsked) => {
    const { spec } = desiredState(['tenant.spec.platformTenantId', platformTenantId]).tenant;
    const planned = creationApproval(zone(BOTH), spec, { own: null, ...(ofTenant === undefined ? {} : { ofTenant }) });
    expect(planned).toEqual(isAsked ? { approval: { expiresAfterDays: 7 } } : {});
  });

  it('is told in words, and to the workflow in seconds', () => {
    const approval = { expiresAfterDays: 7 };
    expect(approvalRemarks({ approval }, 'the account is made')).toEqual([
      'Before the account is made, somebody has to approve it within 7 days.',
    ]);
    expect(approvalRemarks({}, 'the account is made')).toEqual([]);
    expect(approvalResult({ approval }, true)).toEqual({ approvalNeeded: true, approvalSeconds: 7 * 24 * 3600 });
    expect(approvalResult({ approval }, false)).toMatchObject({ approvalNeeded: false });
    expect(approvalResult({}, true)).toEqual({ approvalNeeded: false, approvalSeconds: 0 });
  });
});

describe('an approval that is waited for', () => {
  it.each([
    ['undecided, in its state', run(asked, 'PlanVending', 'AwaitApproval'), true],
    ['undecided, before its state', run(asked, 'PlanVending'), false],
    ['undecided, past its state', run(asked, 'AwaitApproval', 'CreateAccount'), false],
    ['decided', run({ ...asked, decision: 'approve' }, 'AwaitApproval'), false],
    ['never asked for', run(undefined, 'AwaitApproval'), false],
    ['of a run without steps', run(asked), false],
  ])('%s', (_, record, expected) => {
    expect(awaitsApproval(record)).toBe(expected);
  });

  it('stands where the last step is', () => {
    expect(standsAtApproval(run(asked, 'AwaitApproval'))).toBe(true);
    expect(standsAtApproval(run(asked))).toBe(false);
  });

  it.each([
    [59, asked, false],
    [60, asked, true],
    [61, asked, true],
    [61, { ...asked, decision: 'reject' as const }, false],
    [61, undefined, false],
  ])('has expired after %s seconds of sixty: %o, %s', (seconds, approval, expected) => {
    expect(hasExpired(approval, after(seconds))).toBe(expected);
    expect(isUndecided(approval)).toBe(approval?.decision === null);
  });
});

describe('a run that nobody has approved', () => {
  const rejected = { ...asked, decision: 'reject' as const, decidedBy: 'jane', reason: 'too many' };
  const ended = (error: string | null, seconds: number | null) => ({
    error,
    stoppedAt: seconds === null ? null : after(seconds),
  });

  it.each([
    ['was rejected', rejected, ended('RejectedError', 1), 'ApprovalRejected'],
    ['has expired', asked, ended('RejectedError', 60), 'ApprovalExpired'],
    ['has expired in an execution of an earlier release', asked, ended('States.Timeout', 1), 'ApprovalExpired'],
    ['was refused before it could expire', asked, ended('RejectedError', 59), undefined],
    ['has ended by another error', asked, ended('TransientError', 61), undefined],
    ['has not ended', asked, ended('RejectedError', null), undefined],
    ['was never asked for', undefined, ended('States.Timeout', 61), undefined],
  ])('%s', (_, approval, execution, name) => {
    expect(approvalError(run(approval, 'AwaitApproval'), execution)?.name).toBe(name);
  });

  it('has not ended for that where it had gone on', () => {
    expect(approvalError(run(rejected, 'AwaitApproval', 'CreateAccount'), ended('RejectedError', 1))).toBeUndefined();
  });

  it('is told who has rejected it, and why, and what to do', () => {
    const error = approvalError(run(rejected, 'AwaitApproval'), ended('RejectedError', 1));
    expect(error).toEqual({
      name: 'ApprovalRejected',
      message: 'jane has rejected this run: too many',
      remedy: says('To ask again, replay this run'),
    });
    expect(refusalOf(rejected)).toEqual({ name: 'RejectedError', message: 'jane has rejected this run: too many' });
    const nameless = { decidedBy: null, reason: null };
    expect(refusalOf(nameless).message).toBe('Somebody has rejected this run: ');
  });

  it('is told by when it had to be approved', () => {
    expect(approvalError(run(asked, 'AwaitApproval'), ended('States.Timeout', 61))).toEqual({
      name: 'ApprovalExpired',
      message: `Nobody has approved this run by ${asked.expiresAt}.`,
      remedy: says('Nothing was done in AWS.'),
    });
  });

  it.each([
    ['ApprovalRejected', true],
    ['ApprovalExpired', true],
    ['RejectedError', false],
  ])('%s: %s', (name, expected) => {
    expect(isNotApproved({ name })).toBe(expected);
  });
});
