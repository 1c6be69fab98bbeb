import type { VendingDetail } from '../../../functions/api/responses';
import { type Mark, progressOf } from '../../../operator/vendings/progress';

type Entry = VendingDetail['timeline'][number];

const AT = '2026-11-24T12:00:00.000Z';
const ERROR = { name: 'RejectedError', message: 'No.', remedy: null };

const done = (state: string, finishedAt = AT): Entry => ({
  state,
  startedAt: AT,
  finishedAt,
  attempts: 1,
  remark: null,
  error: null,
  changes: [],
});
const open = (state: string, error: Entry['error'] = null): Entry => ({ ...done(state), finishedAt: null, error });

interface Case {
  readonly what: string;
  readonly status: VendingDetail['status'];
  readonly workflow?: VendingDetail['workflow'];
  readonly lane?: VendingDetail['lane'];
  readonly timeline: readonly Entry[];
  readonly marks: Readonly<Partial<Record<Mark, readonly string[]>>>;
  /** Some of those that may come, and of those that do not. */
  readonly ahead?: readonly string[];
  readonly skipped?: readonly string[];
}

const created = [done('PlanVending'), done('AwaitCreationTurn'), done('CreateAccount')];
const provisioned = [...created, done('CheckAccount'), done('CheckAccess'), done('OpenAccount'), done('MoveAccount')];

const CASES: readonly Case[] = [
  {
    what: 'is at the start of it, where the plan alone decides which way',
    status: 'RUNNING',
    timeline: [done('PlanVending')],
    marks: { done: ['PlanVending'] },
    ahead: ['AwaitReconciliationTurn', 'AwaitCreationTurn', 'ImportAccount', 'CompleteVending'],
  },
  {
    what: 'waits for a turn',
    status: 'QUEUED',
    lane: { name: 'account-creation', position: 3, since: AT },
    timeline: [done('PlanVending'), open('AwaitCreationTurn')],
    marks: { done: ['PlanVending'], waits: ['AwaitCreationTurn'] },
    skipped: ['AwaitReconciliationTurn', 'ImportAccount', 'RevokeAccess'],
  },
  {
    what: 'looks until AWS has made the account',
    status: 'RUNNING',
    timeline: [...created, open('CheckAccount')],
    marks: { done: ['PlanVending', 'AwaitCreationTurn', 'CreateAccount'], now: ['CheckAccount'] },
    ahead: ['CheckAccess', 'CompleteVending'],
    skipped: ['AwaitReconciliationTurn', 'RevokeAccess'],
  },
  {
    what: 'is between two states, of which one alone can be next',
    status: 'RUNNING',
    timeline: provisioned,
    marks: { done: provisioned.map(({ state }) => state), now: ['TagAccount'] },
    ahead: ['SetAccountAlias', 'AwaitEnrollmentTurn', 'DeployStackInstances'],
  },
  {
    what: 'is in a stack set, after which there may be another one or none',
    status: 'RUNNING',
    timeline: [done('PlanVending'), done('CheckStackInstances')],
    marks: { done: ['PlanVending', 'CheckStackInstances'] },
    ahead: ['AwaitStackSetTurn', 'DeployStackInstances', 'InvokeLandingZoneFunction'],
    skipped: ['SetAccountAlias', 'AwaitEnrollmentTurn'],
  },
  {
    what: 'has come back to a state that was done before',
    status: 'RUNNING',
    timeline: [done('PlanVending'), open('EnrollAccount'), done('CheckEnrollment', '2026-11-24T12:09:00.000Z')],
    marks: { done: ['PlanVending', 'CheckEnrollment'], now: ['EnrollAccount'] },
  },
  {
    what: 'has failed in a state',
    status: 'FAILED',
    timeline: [...created, open('CheckAccount', ERROR)],
    marks: { done: ['PlanVending', 'AwaitCreationTurn', 'CreateAccount'], failed: ['CheckAccount'] },
    ahead: ['CheckAccess'],
  },
  {
    what: 'was stopped while it waited: the state that it waits for has failed, and nothing is at work',
    status: 'FAILED',
    timeline: [...created, open('CheckAccount'), open('WaitForAccount', ERROR)],
    marks: { done: ['PlanVending', 'AwaitCreationTurn', 'CreateAccount'], failed: ['CheckAccount'] },
    ahead: ['CheckAccess'],
  },
  {
    what: 'has failed in a state behind one that is not finished: that one is not at work any more',
    status: 'FAILED',
    timeline: [...created, open('CheckAccount'), open('CheckAccess', ERROR)],
    marks: {
      done: ['PlanVending', 'AwaitCreationTurn', 'CreateAccount'],
      ended: ['CheckAccount'],
      failed: ['CheckAccess'],
    },
  },
  {
    what: 'has failed before its state could say a word',
    status: 'FAILED',
    timeline: provisioned,
    marks: { done: provisioned.map(({ state }) => state), failed: ['TagAccount'] },
  },
  {
    what: 'has ended well: what was not needed is not ahead',
    status: 'VENDED',
    timeline: [done('PlanVending'), done('CheckAccess'), done('CompleteVending')],
    marks: { done: ['PlanVending', 'CheckAccess', 'CompleteVending'], ahead: [] },
    skipped: ['CreateAccount', 'AwaitEnrollmentTurn', 'DeployStackInstances'],
  },
  {
    what: 'was ended by something newer',
    status: 'SUPERSEDED',
    timeline: [done('PlanVending'), open('AwaitCreationTurn')],
    marks: { done: ['PlanVending'], ended: ['AwaitCreationTurn'], ahead: [] },
  },
  {
    what: 'closes an account',
    status: 'RUNNING',
    workflow: 'close-account',
    timeline: [done('PlanClosing'), open('RevokeAccess')],
    marks: { done: ['PlanClosing'], now: ['RevokeAccess'] },
    ahead: ['CompleteClosing'],
    skipped: ['CheckAccount', 'GuardAccount'],
  },
  {
    what: 'has closed one',
    status: 'CLOSED',
    workflow: 'close-account',
    timeline: [done('PlanClosing'), done('RevokeAccess'), done('CompleteClosing')],
    marks: { done: ['PlanClosing', 'RevokeAccess', 'CompleteClosing'], ahead: [] },
  },
  {
    what: 'was in a state that this release has no more',
    status: 'RUNNING',
    timeline: [done('PlanVending'), open('BlessAccount')],
    marks: { done: ['PlanVending'], now: ['BlessAccount'] },
  },
];

describe('The progress of a run', () => {
  it.each(CASES)(
    'that $what',
    ({ status, workflow = 'vend-account', lane = null, timeline, marks, ahead, skipped }) => {
      const rows = progressOf({ status, workflow, lane, timeline: [...timeline] });

      const marked = (mark: Mark): readonly string[] =>
        rows.filter((row) => row.mark === mark).map(({ state }) => state);
      const others = (['done', 'now', 'waits', 'failed', 'ended'] as const).filter((mark) => !(mark in marks));
      for (const mark of others) expect([mark, marked(mark)]).toEqual([mark, []]);
      for (const [mark, states] of Object.entries(marks)) {
        expect([mark, marked(mark as Mark)]).toEqual([mark, states]);
      }
      expect(marked('ahead')).toEqual(expect.arrayContaining([...(ahead ?? [])]));
      expect(marked('skipped')).toEqual(expect.arrayContaining([...(skipped ?? [])]));
    },
  );

  it.each([
    { workflow: 'vend-account' as const, timeline: [] },
    { workflow: null, timeline: [done('PlanVending')] },
  ])('that has not begun is none: $workflow', ({ workflow, timeline }) => {
    expect(progressOf({ status: 'ACCEPTED', lane: null, workflow, timeline })).toEqual([]);
  });
});
