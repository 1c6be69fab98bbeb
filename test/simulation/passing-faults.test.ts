import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import { faultsFor, refusal } from '../functions/aws/organization-world';
import { ALIAS, OU } from './example-vending';
import { SimulatedStory } from './simulated-story';

describe('the whole workflow in virtual time', () => {
  const story = new SimulatedStory();
  const { simulate } = story;

  describe('a fault that passes', () => {
    const throttled = (operation: string): FaultInjector =>
      faultsFor(operation, refusal('TooManyRequestsException'), refusal('TooManyRequestsException'));

    it('of CreateAccount is not retried: the vending queues again, and asks at its own rate', async () => {
      simulate({ faults: throttled('CreateAccount') });
      story.simulation.sendEvent();
      await story.simulation.settle();
      const { status, timeline } = await story.simulation.detail();
      expect(status).toBe('VENDED');
      expect(timeline.filter(({ state }) => state.includes('Creat'))).toMatchObject([
        { state: 'AwaitCreationTurn', attempts: 3 },
        { state: 'CreateAccount', attempts: 3, error: null },
      ]);
      expect(story.simulation.retries).toEqual([]);
      expect(story.simulation.madeAccounts).toHaveLength(1);
      expect(story.simulation.outcomesOf('ListAccounts')).toEqual([]);
    });

    it.each(['DescribeCreateAccountStatus', 'MoveAccount', 'TagResource'])(
      'is retried with pauses until it has passed: a throttle of %s',
      async (operation) => {
        simulate({ faults: throttled(operation) });
        story.simulation.sendEvent();
        await story.simulation.settle();
        expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
        // The pauses are drawn: short ones may meet a rate of AWS as well.
        expect(story.simulation.retries.length).toBeGreaterThanOrEqual(2);
        expect(story.simulation.outcomesOf(operation).slice(0, 3)).toEqual([
          'TooManyRequestsException',
          'TooManyRequestsException',
          'ok',
        ]);
        expect(story.simulation.madeAccounts).toHaveLength(1);
        expect(story.simulation.outcomesOf('ListAccounts')).toEqual([]);
      },
    );

    it('fails the run in the end when it does not pass, and tells how to go on', async () => {
      simulate({
        faults: { beforeCall: ({ operation }) => (operation === 'MoveAccount' ? refusal('Odd', 503) : undefined) },
      });
      story.simulation.sendEvent();
      await story.simulation.settle();
      const detail = await story.simulation.detail();
      expect(detail).toMatchObject({ status: 'FAILED', lastError: { name: 'TransientError' } });
      expect(detail.lastError?.remedy).toContain('replay this run');
      expect(detail.timeline.at(-1)).toMatchObject({ state: 'MoveAccount', attempts: 11 });
    });

    it.each(['MoveAccount', 'TagResource', 'CreateAccountAlias'])(
      'may have lost the answer of %s',
      async (operation) => {
        simulate({ faults: faultsFor(operation, { kind: 'lost-answer' }) });
        story.simulation.sendEvent();
        await story.simulation.settle();
        expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED' });
        expect(story.simulation.madeAccounts[0]).toMatchObject({ parentId: OU, alias: ALIAS });
      },
    );
  });

  it.each([
    { what: 'the organization is being set up', fault: refusal('FinalizingOrganizationException'), times: 10 },
    {
      what: 'AWS is making as many accounts as it can',
      fault: refusal('ConstraintViolationException', 400, { Reason: 'ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED' }),
      times: 30,
    },
  ])('waits without retries while $what', async ({ fault, times }) => {
    simulate({ faults: faultsFor('CreateAccount', ...Array.from({ length: times }, () => fault)) });
    story.simulation.sendEvent();
    await story.simulation.settle();
    expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(story.simulation.outcomesOf('CreateAccount')).toHaveLength(times + 1);
    expect(story.simulation.madeAccounts).toHaveLength(1);
    expect(story.simulation.retries).toEqual([]);
    expect(
      story.simulation.organization.calls.filter(({ operation }) => operation.startsWith('List')).length,
    ).toBeLessThan(9);
  });

  it('waits for an access role that comes late', async () => {
    simulate({ latencies: { accessRole: [600, 600] } });
    story.simulation.sendEvent();
    await story.simulation.settle();
    expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(story.simulation.retries).toEqual([]);
    expect(story.simulation.secondsPassed).toBeGreaterThan(600);
    expect(story.simulation.secondsPassed).toBeLessThan(700);
  });
});
