import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { RecordingLog } from '../fakes/recording-edges';
import { faultsFor, refusal } from '../functions/aws/organization-world';
import { ALIAS, EMAIL, OU, TENANT } from './example-vending';
import { START, SimulatedVending, type SimulationOptions } from './simulated-vending';

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
  let simulation: SimulatedVending;

  const simulate = (options: SimulationOptions = {}): SimulatedVending => {
    simulation = new SimulatedVending(options);
    return simulation;
  };

  afterEach(() => {
    simulation.stop();
  });

  describe('an account that is vended', () => {
    it('comes out of an event as it was wanted', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      expect(simulation.madeAccounts).toHaveLength(1);
      const [made] = simulation.madeAccounts;
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
      expect(simulation.outcomes).toEqual([
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
            changes: [
              { state: 'CheckAccount', what: 'account', from: null, to: made?.id },
              { state: 'MoveAccount', what: 'organizational unit', from: ROOT, to: OU },
              ...['meshstack_costCenter', 'meshstack_environment', 'meshstack_project'].map((key) => ({
                ...{ state: 'TagAccount', what: `tag ${key}`, from: null },
                to: made?.tags.get(key),
              })),
              { state: 'SetAccountAlias', what: 'alias', from: null, to: ALIAS },
            ],
            changesLeftOut: 0,
          },
        },
      ]);
      expect(simulation.application.unreadableEvents).toEqual([]);
      expect(simulation.application.deadLetters).toEqual([]);
    });

    it('comes out of a call of the API, which tells the story afterwards', async () => {
      simulate();
      expect(await simulation.post()).toMatchObject({ status: 202, body: { status: 'ACCEPTED', tenantUuid: TENANT } });
      await simulation.settle();
      const detail = await simulation.detail();
      const [made] = simulation.madeAccounts;
      expect(detail).toMatchObject({
        status: 'VENDED',
        account: { id: made?.id, email: EMAIL },
        lastError: null,
        waitingSequence: null,
        executionArn: simulation.application.workflow.executions[0]?.executionArn,
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
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      expect(simulation.retries).toEqual([]);
      const { timeline } = await simulation.detail();
      const attempts = (state: string): number => timeline.find((step) => step.state === state)?.attempts ?? 0;
      expect(attempts('CheckAccount')).toBeGreaterThan(1);
      expect(attempts('CheckAccess')).toBeGreaterThan(1);
      expect(simulation.outcomesOf('CreateAccount')).toEqual(['ok']);
      expect(simulation.outcomesOf('AssumeRole')).toContain('AccessDenied');
      expect(simulation.outcomesOf('ListAccounts')).toEqual([]);
      expect(simulation.secondsPassed).toBeLessThan(300);
    });

    it('is not written to again by an unchanged desired state', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      const callsBefore = simulation.organization.calls.length;
      simulation.sendEvent(['replicationSequence', 18]);
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
      const calls = simulation.organization.calls.slice(callsBefore);
      expect(calls.length).toBeGreaterThan(0);
      expect(calls.filter(({ write }) => write).map(({ operation }) => operation)).toEqual([]);
      expect(simulation.outcomes.map(({ detail }) => detail.replicationSequence)).toEqual([17, 18]);
    });

    it('follows a changed desired state', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      simulation.sendEvent(['replicationSequence', 18], ['project.spec.tags', { environment: ['prod'] }]);
      await simulation.settle();
      expect(simulation.madeAccounts).toHaveLength(1);
      expect(simulation.madeAccounts[0]?.tags.get('meshstack_environment')).toBe('prod');
      const { timeline } = await simulation.detail();
      expect(timeline.find(({ state }) => state === 'TagAccount')?.changes).toEqual([
        { what: 'tag meshstack_environment', from: 'dev', to: 'prod' },
      ]);
    });

    it('leaves no person in the history of its execution, nor in the log', async () => {
      const log = new RecordingLog();
      simulate({ log });
      simulation.sendEvent();
      await simulation.settle();
      const history = JSON.stringify(simulation.application.workflow.executions[0]?.history);
      expect(history).toContain(TENANT);
      expect(history).not.toMatch(/jane|corp\.example/i);
      expect(JSON.stringify(log.entries)).not.toMatch(/jane|corp\.example/i);
    });

    it('is one of many that do not disturb each other', async () => {
      simulate();
      const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-00000000000${number}`;
      for (const number of [1, 2, 3]) {
        simulation.sendEvent(
          ['tenant.metadata.uuid', uuidOf(number)],
          ['tenant.metadata.ownedByProject', `shop-${number}`],
          ['tenantPlatformNumber', number],
        );
      }
      await simulation.settle();
      expect(simulation.madeAccounts.map(({ alias }) => alias).toSorted()).toEqual([
        'corp-retail-shop-1',
        'corp-retail-shop-2',
        'corp-retail-shop-3',
      ]);
      for (const number of [1, 2, 3])
        expect(await simulation.detail(uuidOf(number))).toMatchObject({ status: 'VENDED' });
    });
  });

  it('records the end of an execution that no event has told of', async () => {
    simulate({
      statusChangeDelays: () => [],
      faults: faultsFor('TagResource', refusal('ConstraintViolationException')),
    });
    simulation.sendEvent();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
    expect(simulation.outcomes).toMatchObject([{ type: 'Account Vending Failed' }]);
  });

  describe('an event', () => {
    it('that cannot be read goes to the dead letters, with reason and field', async () => {
      simulate();
      simulation.sendEvent(['tenant.metadata.uuid', undefined]);
      await simulation.settle();
      expect(simulation.application.unreadableEvents).toMatchObject([{ field: 'tenant.metadata.uuid' }]);
      expect(simulation.organization.calls).toEqual([]);
    });

    it('that is refused is shown beside the account that there is', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      simulation.sendEvent(['replicationSequence', 18], ['projectCreatorEmail', 7]);
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({
        status: 'VENDED',
        account: { email: EMAIL },
        rejection: { replicationSequence: 18, faults: [{ field: 'projectCreatorEmail' }] },
      });
    });
  });

  it('tells the same story for the same seed', async () => {
    const story = async (): Promise<unknown> => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      const calls = simulation.organization.calls.map(({ at, operation, outcome }) => [
        at - START.getTime(),
        operation,
        outcome,
      ]);
      simulation.stop();
      return calls;
    };
    expect(await story()).toEqual(await story());
  });
});
