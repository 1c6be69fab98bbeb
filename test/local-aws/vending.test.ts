import { rm } from 'node:fs/promises';
import path from 'node:path';

import { GetExecutionHistoryCommand, type HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';

import { ProblemSchema, VendingAcceptedSchema } from '../../functions/api/responses';
import type { OutcomeEvent } from '../../functions/ports/outcome-publisher';
import { functionPermissions } from '../../functions/aws/permissions/function-permissions';
import { loadConfiguration } from '../../infra/config';
import { stepNames } from '../../functions/steps/each-step';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { statesOf } from '../statemachines/states';
import { vend } from '../../sandbox/commands/demo/vend';
import { projectRoot } from '../../sandbox/environment';
import { isOfDeployment } from '../../sandbox/organization/call-log';
import { awsLatencies, demoLatencies, type Latencies } from '../../sandbox/organization/latencies';
import type { Organization } from '../../sandbox/organization/organization';
import { type DeployedStage, deployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { embeddedStage } from '../../sandbox/runtime/stage/embedded-stage';
import { makeConfigurationFolder } from '../commands/configuration-folder';
import { unusedPermissions } from '../docs/unused-permissions';
import { expectProvisioned } from '../sandbox/commands/demo/expect-provisioned';
import { storyOf, type StoryPart, type TenantMarks, visitsFor } from './call-story';
import { isInProgress, PatientClock } from './patient-clock';
import {
  EXAMPLES,
  FAULTY_FIELDS,
  NOWHERE,
  nobodyWatches,
  playVendingStory,
  unreadable,
  type VendingStory,
} from './vending-story';

const SEED = 4711;

/** Steps that ask AWS only when an operation has held its slot of a lane for long: none has to here. */
const waitsForTurn = (state: string | null): boolean => /^Await\w+Turn$/.test(state ?? '');

/** Of accounts that were there already: one is updated besides, for which nobody waits. */
const ofKnownAccounts = new Set([
  'ImportAccount',
  'RevokeAccess',
  'RemoveStackInstances',
  'CheckRemoval',
  'UnenrollAccount',
  // By then the access role of a new one has been given what it keeps, and its groups their permission sets.
  'DowngradeAccessRole',
  'CheckGrants',
]);

/** Not configured here. */
const OF_OTHER_CONFIGURATIONS = new Set([
  'CheckExternalAvm',
  'CheckGroups',
  'EnsureWorkspaceUnit',
  'CustomizeAccount',
  'CheckCustomizations',
]);

const statesOfVending = new Set(statesOf(vendAccount).map(([name]) => name));

/**
 * The steps by which a new account is vended and that go into AWS accounts: all but those that know the ledger alone.
 */
const ACTING_STEPS = stepNames.filter(
  (state) =>
    statesOfVending.has(state) &&
    !ofKnownAccounts.has(state) &&
    !OF_OTHER_CONFIGURATIONS.has(state) &&
    Object.keys(functionPermissions[state]).length > 0 &&
    !waitsForTurn(state),
);

/**
 * The sandbox's own configuration with an alias that can be made to collide, and a landing zone whose OU does not
 * exist.
 */
function makeFolder(): string {
  const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
  const accountAliasPattern = '#{workspaceIdentifier}-#{projectIdentifier}';
  const bare = { ...NOWHERE, awsEnrollAccount: false };
  return makeConfigurationFolder({ ...platform, accountAliasPattern }, [...Object.values(landingZones), bare]);
}

type ExampleName = (typeof EXAMPLES)[number]['source'];

/** Assignments are there at the first look: who gives the last one, before or after the guardrails, is no chance. */
const FAST_ASSIGNMENTS: Partial<Latencies> = { accountAssignment: [1, 1] };

/**
 * IAM works at once: in virtual time a role is used in the second in which it was made, which would mean a second try.
 */
const LATENCIES: Latencies = { ...awsLatencies, ...FAST_ASSIGNMENTS, iamPropagation: [0, 0] };

/** Fixed, since a clock stands still before both are over. */
const SLOW: Latencies = { ...demoLatencies, ...FAST_ASSIGNMENTS, accountCreation: [40, 40], accessRole: [50, 50] };
const SLOW_MILLISECONDS = {
  creation: SLOW.accountCreation[0] * SLOW.scale * 1000,
  accessRole: SLOW.accessRole[0] * SLOW.scale * 1000,
};

/** What the in-process interpreter asks of AWS for the examples. */
async function embeddedStories(folder: string): Promise<Readonly<Record<ExampleName, readonly StoryPart[]>>> {
  const stage = await embeddedStage(loadConfiguration(folder), SEED, { latencies: LATENCIES });
  try {
    const statuses = await vend(stage, EXAMPLES, nobodyWatches);
    const stories = statuses.map((status) => [status.order.source, storyFor(stage.organization, marksOf(status))]);
    return Object.fromEntries(stories) as Readonly<Record<ExampleName, readonly StoryPart[]>>;
  } finally {
    await stage.stop();
  }
}

/** Who gives permission sets: the second one does what the first has had no time for, which depends on the clock. */
const GIVING_STATES = ['PrepareAccess', 'CheckGrants'];

/**
 * Dry runs are left out: the story asks for some beside the vendings, and vendings alone are compared. So is what reads
 * once more whether kept rights count: they need half a minute of real time, in which a run here may have ended.
 */
function storyFor(organization: Organization, marks: TenantMarks): readonly StoryPart[] {
  const visits = visitsFor(organization, marks);
  const others = visits.filter(
    ({ state }) => !['PreviewChanges', 'DowngradeAccessRole', ...GIVING_STATES].includes(state),
  );
  const giving = visits.filter(({ state }) => GIVING_STATES.includes(state)).flatMap(({ calls }) => calls);
  return [...storyOf(others, marks), ...storyOf([{ state: GIVING_STATES.join(' or '), calls: giving }], marks)];
}

function marksOf({ tenantUuid, detail }: VendingStory['statuses']['webshop']): TenantMarks {
  const { id = '', email = '' } = detail?.account ?? {};
  if (tenantUuid === null || id === '') throw new Error(`There is no account: ${JSON.stringify(detail)}`);
  return { tenantUuid, accountId: id, email };
}

describe('the application, deployed to the local AWS', () => {
  let folder: string;
  let stage: DeployedStage;
  let embedded: Awaited<ReturnType<typeof embeddedStories>>;
  let story: VendingStory;
  let outcomes: readonly OutcomeEvent[];

  beforeAll(async () => {
    folder = makeFolder();
    embedded = await embeddedStories(folder);
    const clock = new PatientClock(SLOW_MILLISECONDS);
    stage = await deployedStage({
      configurationFolder: folder,
      seed: SEED,
      latencies: SLOW,
      organizationNow: clock.now,
      report: () => undefined,
    });
    clock.calls = stage.organization.calls;
    story = await playVendingStory(stage);
    outcomes = await stage.outcomes();
  });
  afterAll(async () => {
    await stage.stop();
    await rm(folder, { recursive: true });
  });

  const historyOf = async (executionArn: string): Promise<readonly HistoryEvent[]> => {
    const aws = { endpoint: stage.endpoints.runtime, region: 'eu-central-1' };
    const sfn = new SFNClient({ ...aws, credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' } });
    const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
    return events;
  };

  const vended = (name: ExampleName) => {
    const { tenantUuid } = story.statuses[name];
    const told = story.report.vendings.find((vending) => vending.tenantUuid === tenantUuid);
    const found = story.report.organization.accounts.find(({ id }) => id === told?.accountId);
    return { told, found, marks: marksOf(story.statuses[name]) };
  };

  describe.each(EXAMPLES.map(({ source, trigger, desiredState }) => ({ name: source, trigger, desiredState })))(
    'vends $name',
    ({ name, trigger, desiredState }) => {
      it('as it says itself, by the word of an independent reader', () => {
        const { told, found } = vended(name);
        expect(told).toMatchObject({ status: 'VENDED', trigger });
        expect(found).toMatchObject({
          id: told?.accountId,
          name: told?.accountName,
          email: told?.email,
          ouId: told?.ouId,
          alias: told?.alias,
          tags: told?.tags,
        });
        expect(Object.keys(found?.tags ?? {})).toHaveLength(Object.keys(told?.tags ?? { none: '' }).length);
      });

      it('and provisions it as planned', async () => {
        const { found } = vended(name);
        if (found === undefined) throw new Error('Nobody has found the account.');
        await expectProvisioned(stage, desiredState, found);
      });

      it('and tells it to a consumer with a rule and a queue of its own', () => {
        const { told, marks } = vended(name);
        const announced = outcomes.filter(({ detail }) => detail.tenantUuid === marks.tenantUuid);
        expect(announced.length).toBeGreaterThanOrEqual(1);
        for (const event of announced) {
          const { accountId, accountName, email } = told ?? {};
          expect(event).toMatchObject({ type: 'Account Vended', detail: { accountId, accountName, email } });
        }
      });

      it('waiting for AWS, which makes the account later and opens it later still', () => {
        const { marks } = vended(name);
        const calls = visitsFor(stage.organization, marks).flatMap((visit) => visit.calls);
        expect(calls.filter(isInProgress).length).toBeGreaterThanOrEqual(1);
        expect(
          calls.filter(({ operation, notYet }) => operation === 'AssumeRole' && notYet).length,
        ).toBeGreaterThanOrEqual(1);
      });

      it('with the same calls of AWS as the in-process interpreter', () => {
        const { marks } = vended(name);
        const deployed = storyFor(stage.organization, marks);
        expect(deployed).toEqual(embedded[name]);
        expect(deployed.flatMap(({ calls }) => calls).length).toBeGreaterThanOrEqual(12);
      });
    },
  );

  describe('every call to the organization', () => {
    it('uses every action that is granted, but for those that docs/iam-unused.md explains', () => {
      const explained = unusedPermissions().map(({ holder, action }) => `${holder}: ${action}`);
      const { unusedActions } = story.report.authorization;
      const unexplained = unusedActions
        .map(({ role, action }) => `${role}: ${action}`)
        .filter((one) => !explained.includes(one));

      expect(unusedActions.length).toBeGreaterThan(10);
      expect(unexplained).toEqual([]);
    });

    it('is judged by the policies that are deployed, and none is refused for good', () => {
      const { enforced, denied, calls } = story.report.authorization;
      expect({ enforced, denied }).toEqual({ enforced: true, denied: 0 });
      expect(calls).toBeGreaterThan(100);
    });

    it("is that of a function's own role, which its user agent names, or of a session that the function has opened", () => {
      const calls = stage.organization.calls.filter((call) => !isOfDeployment(call));
      const ofFunctions = calls.slice(0, story.report.authorization.calls);
      const strangers = ofFunctions.filter(
        ({ principal, callerFunction }) =>
          callerFunction === null ||
          principal === null ||
          principal.kind === 'administrator' ||
          (principal.kind === 'function' && principal.roleName !== `vending-${callerFunction}`),
      );
      expect(strangers.map(({ operation, callerFunction }) => ({ operation, callerFunction }))).toEqual([]);
      const callers = ofFunctions
        .map(({ callerFunction }) => callerFunction)
        .filter((state) => !waitsForTurn(state) && !ofKnownAccounts.has(state ?? ''));
      // A month is metered besides.
      expect(new Set(callers)).toEqual(new Set([...ACTING_STEPS, 'CollectCosts']));
    });
  });

  describe('an event', () => {
    it('that cannot be read is put aside whole, with the field and what is wrong with it', async () => {
      expect(story.statuses.unreadable.status).toBe('UNREADABLE');
      const [letter, ...others] = await stage.deadLetters();
      expect(others).toEqual([]);
      expect(letter).toMatchObject({
        field: 'tenant.metadata.uuid',
        reason: expect.stringMatching(/uuid.*no-uuid/) as string,
      });
      expect(JSON.parse(letter?.body ?? '{}')).toMatchObject({ detail: unreadable });
    });

    it('that can be read and is refused is remembered with all faults', () => {
      const { status, detail } = story.statuses.faulty;
      expect(status).toBe('REJECTED');
      expect(detail).toMatchObject({
        status: 'REJECTED',
        account: null,
        timeline: [],
        rejection: { replicationSequence: 5 },
      });
      expect(detail?.rejection?.faults.map(({ field }) => field).toSorted()).toEqual(FAULTY_FIELDS);
    });

    it('that is refused leaves the last good state of its tenant alone', () => {
      const { rejection, ...rest } = story.refusedLater;
      expect(rejection).toMatchObject({ replicationSequence: 4 });
      expect(rejection?.faults.map(({ field }) => field).toSorted()).toEqual(FAULTY_FIELDS);
      const { rejection: none, ...before } = story.statuses['fraud-lab'].detail ?? { rejection: undefined };
      expect(none).toBeNull();
      expect(rest).toEqual(before);
      expect(rest).toMatchObject({ status: 'VENDED', replicationSequence: 3 });
    });
  });

  describe('the API', () => {
    it('names all faults of a desired state at once', () => {
      const { status, body } = story.conversation.faulty;
      expect(status).toBe(422);
      expect(
        ProblemSchema.parse(body)
          .errors.map(({ field }) => field)
          .toSorted(),
      ).toEqual(FAULTY_FIELDS);
    });

    it('takes a desired state once, however often it is sent', () => {
      const { first, again } = story.conversation;
      expect(first.status).toBe(202);
      expect(VendingAcceptedSchema.parse(first.body)).toMatchObject({ replicationSequence: 5, status: 'ACCEPTED' });
      expect(again).toEqual({ status: 200, body: first.body });
    });

    it('does not take other content under a known sequence', () => {
      const { status, body } = story.conversation.otherContent;
      expect(status).toBe(409);
      expect(ProblemSchema.parse(body).detail).toMatch(/Sequence 5 .* other content/);
    });

    it('does not take an older sequence, unless it is told to', () => {
      const { older, forced } = story.conversation;
      expect(older.status).toBe(409);
      expect(ProblemSchema.parse(older.body).detail).toMatch(/Sequence 4 is older than 5/);
      expect(forced.status).toBe(202);
      expect(VendingAcceptedSchema.parse(forced.body)).toMatchObject({ replicationSequence: 4 });
    });

    it('answers nobody who does not sign', async () => {
      const answer = await fetch(`${stage.endpoints.api}/vendings`);
      expect(answer.status).toBe(403);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(ProblemSchema.parse(await answer.json())).toMatchObject({ status: 403 });
    });
  });

  describe.each([
    { name: 'alias taken', state: 'SetAccountAlias', says: /"taken-elsewhere"/ },
    { name: 'unit missing', state: 'CreateAccount', says: /ou-ab12-nowhere1/ },
  ] as const)('a run that AWS refuses ($name)', ({ name, state, says }) => {
    it('fails, and shows what a person can do', () => {
      const { status, detail } = story.statuses[name];
      expect(status).toBe('FAILED');
      expect(detail?.timeline.at(-1)).toMatchObject({ state, finishedAt: null });
      expect(detail?.lastError).toMatchObject({
        name: 'RejectedError',
        message: expect.stringMatching(says) as string,
        remedy: expect.stringMatching(/\w+.*replay/) as string,
      });
    });

    it('is not tried again after the refusal', async () => {
      const events = await historyOf(story.statuses[name].detail?.executionArn ?? '');
      const entered = events.findLastIndex(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name === state);
      expect(entered).toBeGreaterThan(-1);
      const errors = events.slice(entered).flatMap(({ taskFailedEventDetails }) => taskFailedEventDetails?.error ?? []);
      // All vendings ask about OUs at once: a throttle comes before the answer now and then.
      expect(errors.filter((error) => error !== 'TransientError')).toEqual(['RejectedError']);
      expect(errors.at(-1)).toBe('RejectedError');
    });

    it('is told to the consumer, with the remedy', () => {
      const { tenantUuid, detail } = story.statuses[name];
      const told = outcomes.filter((event) => event.detail.tenantUuid === tenantUuid);
      expect(told.length).toBeGreaterThanOrEqual(1);
      for (const event of told) {
        expect(event).toMatchObject({
          type: 'Account Vending Failed',
          detail: { state, error: 'RejectedError', remedy: detail?.lastError?.remedy, replicationSequence: 5, run: 1 },
        });
      }
    });
  });
});
