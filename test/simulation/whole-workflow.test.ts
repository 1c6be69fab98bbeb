import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { RecordingLog } from '../fakes/recording-edges';
import { faultsFor, refusal } from '../functions/aws/organization-world';
import { ALIAS, EMAIL, OU, TENANT } from './example-vending';
import { SimulatedStory } from './simulated-story';
import { START } from './simulated-vending';

const ROOT = exampleOrganization().rootId;

/** The states on the way of a new account, as far as this landing zone needs them. */
const WAY = [
  'PlanVending',
  'CreateAccount',
  'CheckAccount',
  'CheckAccess',
  'OpenAccount',
  'MoveAccount',
  'TagAccount',
  'SetAccountAlias',
];

describe('the whole workflow in virtual time', () => {
  const story = new SimulatedStory();
  const { simulate } = story;

  describe('an account that is vended', () => {
    it('comes out of an event as it was wanted', async () => {
      simulate();
      story.simulation.sendEvent();
      await story.simulation.settle();
      expect(story.simulation.madeAccounts).toHaveLength(1);
      const [made] = story.simulation.madeAccounts;
      expect(made).toMatchObject({
        name: 'retail.webshop-dev',
        email: EMAIL,
        parentId: OU,
        alias: ALIAS,
        state: 'ACTIVE',
      });
      expect(Object.fromEntries(made?.tags ?? [])).toEqual({
        'account-vending:tenant-uuid': TENANT,
        meshstack_costCenter: '4711',
        meshstack_environment: 'dev',
        meshstack_project: 'webshop-dev',
      });
      expect(story.simulation.outcomes).toEqual([
        {
          type: 'Account Vended',
          detail: {
            tenantUuid: TENANT,
            replicationSequence: 17,
            run: 1,
            workspaceIdentifier: 'retail',
            projectIdentifier: 'webshop-dev',
            accountId: made?.id,
            accountName: 'retail.webshop-dev',
            email: EMAIL,
            alias: ALIAS,
            organizationalUnitId: OU,
            requestedBy: 'meshstack.replicator@111111111111',
            replayedBy: null,
            changes: [
              { state: 'CheckAccount', what: 'account', from: null, to: made?.id },
              { state: 'MoveAccount', what: 'organizational unit', from: ROOT, to: OU },
              ...['meshstack_costCenter', 'meshstack_environment', 'meshstack_project'].map((key) => ({
                state: 'TagAccount',
                what: `tag ${key}`,
                from: null,
                to: made?.tags.get(key),
              })),
              { state: 'SetAccountAlias', what: 'alias', from: null, to: ALIAS },
            ],
            changesLeftOut: 0,
          },
        },
      ]);
      expect(story.simulation.application.unreadableEvents).toEqual([]);
      expect(story.simulation.application.deadLetters).toEqual([]);
    });

    it('comes out of a call of the API, which tells the story afterwards', async () => {
      simulate();
      expect(await story.simulation.post()).toMatchObject({
        status: 202,
        body: { status: 'ACCEPTED', tenantUuid: TENANT },
      });
      await story.simulation.settle();
      const detail = await story.simulation.detail();
      const [made] = story.simulation.madeAccounts;
      expect(detail).toMatchObject({
        status: 'VENDED',
        account: { id: made?.id, email: EMAIL },
        lastError: null,
        waitingSequence: null,
        executionArn: story.simulation.application.workflow.executions[0]?.executionArn,
      });
      const states = detail.timeline.map(({ state }) => state);
      expect(states.filter((state) => WAY.includes(state))).toEqual(WAY);
      expect(states.at(-1)).toBe('CompleteVending');
      for (const { startedAt, finishedAt, error } of detail.timeline) {
        expect(error).toBeNull();
        expect(Date.parse(finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startedAt));
      }
    });

    it('is waited for where AWS takes its time, with no retry', async () => {
      simulate({ latencies: { accountCreation: [40, 48] } });
      story.simulation.sendEvent();
      await story.simulation.settle();
      expect(story.simulation.retries).toEqual([]);
      const { timeline } = await story.simulation.detail();
      const attempts = (state: string): number => timeline.find((step) => step.state === state)?.attempts ?? 0;
      expect(attempts('CheckAccount')).toBeGreaterThan(1);
      expect(attempts('CheckAccess')).toBeGreaterThan(1);
      expect(story.simulation.outcomesOf('CreateAccount')).toEqual(['ok']);
      expect(story.simulation.outcomesOf('AssumeRole')).toContain('AccessDenied');
      expect(story.simulation.outcomesOf('ListAccounts')).toEqual([]);
      expect(story.simulation.secondsPassed).toBeLessThan(300);
    });

    it('is not written to again by an unchanged desired state', async () => {
      simulate();
      story.simulation.sendEvent();
      await story.simulation.settle();
      const callsBefore = story.simulation.organization.calls.length;
      story.simulation.sendEvent(['replicationSequence', 18]);
      await story.simulation.settle();
      expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
      const calls = story.simulation.organization.calls.slice(callsBefore);
      expect(calls.length).toBeGreaterThan(0);
      expect(calls.filter(({ write }) => write).map(({ operation }) => operation)).toEqual([]);
      expect(story.simulation.outcomes.map(({ detail }) => detail.replicationSequence)).toEqual([17, 18]);
    });

    it('follows a changed desired state', async () => {
      simulate();
      story.simulation.sendEvent();
      await story.simulation.settle();
      story.simulation.sendEvent(['replicationSequence', 18], ['project.spec.tags', { environment: ['prod'] }]);
      await story.simulation.settle();
      expect(story.simulation.madeAccounts).toHaveLength(1);
      expect(story.simulation.madeAccounts[0]?.tags.get('meshstack_environment')).toBe('prod');
      const { timeline } = await story.simulation.detail();
      expect(timeline.find(({ state }) => state === 'TagAccount')?.changes).toEqual([
        { what: 'tag meshstack_environment', from: 'dev', to: 'prod' },
      ]);
    });

    it('leaves no person in the history of its execution, nor in the log', async () => {
      const log = new RecordingLog();
      simulate({ log });
      story.simulation.sendEvent();
      await story.simulation.settle();
      const history = JSON.stringify(story.simulation.application.workflow.executions[0]?.history);
      expect(history).toContain(TENANT);
      expect(history).not.toMatch(/jane|corp\.example/i);
      expect(JSON.stringify(log.entries)).not.toMatch(/jane|corp\.example/i);
    });

    it('is one of many that do not disturb each other', async () => {
      simulate();
      const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-00000000000${number}`;
      for (const number of [1, 2, 3]) {
        story.simulation.sendEvent(
          ['tenant.metadata.uuid', uuidOf(number)],
          ['tenant.metadata.ownedByProject', `shop-${number}`],
          ['tenantPlatformNumber', number],
        );
      }
      await story.simulation.settle();
      expect(story.simulation.madeAccounts.map(({ alias }) => alias).toSorted()).toEqual([
        'corp-retail-shop-1',
        'corp-retail-shop-2',
        'corp-retail-shop-3',
      ]);
      for (const number of [1, 2, 3])
        expect(await story.simulation.detail(uuidOf(number))).toMatchObject({ status: 'VENDED' });
    });
  });

  it('records the end of an execution that no event has told of', async () => {
    simulate({
      statusChangeDelays: () => [],
      faults: faultsFor('TagResource', refusal('ConstraintViolationException')),
    });
    story.simulation.sendEvent();
    await story.simulation.settle();
    expect(await story.simulation.detail()).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
    expect(story.simulation.outcomes).toMatchObject([{ type: 'Account Vending Failed' }]);
  });

  describe('an event', () => {
    it('that cannot be read goes to the dead letters, with reason and field', async () => {
      simulate();
      story.simulation.sendEvent(['tenant.metadata.uuid', undefined]);
      await story.simulation.settle();
      expect(story.simulation.application.unreadableEvents).toMatchObject([{ field: 'tenant.metadata.uuid' }]);
      expect(story.simulation.organization.calls).toEqual([]);
    });

    it('that is refused is shown beside the account that there is', async () => {
      simulate();
      story.simulation.sendEvent();
      await story.simulation.settle();
      story.simulation.sendEvent(['replicationSequence', 18], ['projectCreatorEmail', 7]);
      await story.simulation.settle();
      expect(await story.simulation.detail()).toMatchObject({
        status: 'VENDED',
        account: { email: EMAIL },
        rejection: { replicationSequence: 18, faults: [{ field: 'projectCreatorEmail' }] },
      });
    });
  });

  it('tells the same story for the same seed', async () => {
    const told = async (): Promise<unknown> => {
      simulate();
      story.simulation.sendEvent();
      await story.simulation.settle();
      const calls = story.simulation.organization.calls.map(({ at, operation, outcome }) => [
        at - START.getTime(),
        operation,
        outcome,
      ]);
      story.simulation.stop();
      return calls;
    };
    expect(await told()).toEqual(await told());
  });
});
