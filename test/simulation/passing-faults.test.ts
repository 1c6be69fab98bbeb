import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import { faultsFor, refusal } from '../functions/aws/organization-world';
import { ALIAS, OU } from './example-vending';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

describe('the whole workflow in virtual time', () => {
  let simulation: SimulatedVending;

  const simulate = (options: SimulationOptions = {}): SimulatedVending => {
    simulation = new SimulatedVending(options);
    return simulation;
  };

  afterEach(() => {
    simulation.stop();
  });

  describe('a fault that passes', () => {
    const throttled = (operation: string): FaultInjector =>
      faultsFor(operation, refusal('TooManyRequestsException'), refusal('TooManyRequestsException'));

    it('of CreateAccount is not retried: the vending queues again, and asks at its own rate', async () => {
      simulate({ faults: throttled('CreateAccount') });
      simulation.sendEvent();
      await simulation.settle();
      const { status, timeline } = await simulation.detail();
      expect(status).toBe('VENDED');
      expect(timeline.filter(({ state }) => state.includes('Creat'))).toMatchObject([
        { state: 'AwaitCreationTurn', attempts: 3 },
        { state: 'CreateAccount', attempts: 3, error: null },
      ]);
      expect(simulation.retries).toEqual([]);
      expect(simulation.madeAccounts).toHaveLength(1);
      expect(simulation.outcomesOf('ListAccounts')).toEqual([]);
    });

    it.each(['DescribeCreateAccountStatus', 'MoveAccount', 'TagResource'])(
      'is retried with pauses until it has passed: a throttle of %s',
      async (operation) => {
        simulate({ faults: throttled(operation) });
        simulation.sendEvent();
        await simulation.settle();
        expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
        // The pauses are drawn: short ones may meet a rate of AWS as well.
        expect(simulation.retries.length).toBeGreaterThanOrEqual(2);
        expect(simulation.outcomesOf(operation).slice(0, 3)).toEqual([
          'TooManyRequestsException',
          'TooManyRequestsException',
          'ok',
        ]);
        expect(simulation.madeAccounts).toHaveLength(1);
        expect(simulation.outcomesOf('ListAccounts')).toEqual([]);
      },
    );

    it('fails the run in the end when it does not pass, and tells how to go on', async () => {
      simulate({
        faults: { beforeCall: ({ operation }) => (operation === 'MoveAccount' ? refusal('Odd', 503) : undefined) },
      });
      simulation.sendEvent();
      await simulation.settle();
      const detail = await simulation.detail();
      expect(detail).toMatchObject({ status: 'FAILED', lastError: { name: 'TransientError' } });
      expect(detail.lastError?.remedy).toContain('replay this run');
      expect(detail.timeline.at(-1)).toMatchObject({ state: 'MoveAccount', attempts: 11 });
    });

    it.each(['MoveAccount', 'TagResource', 'CreateAccountAlias'])(
      'may have lost the answer of %s',
      async (operation) => {
        simulate({ faults: faultsFor(operation, { kind: 'lost-answer' }) });
        simulation.sendEvent();
        await simulation.settle();
        expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
        expect(simulation.madeAccounts[0]).toMatchObject({ parentId: OU, alias: ALIAS });
      },
    );
  });

  it.each([
    { what: 'the organization is being set up', fault: refusal('FinalizingOrganizationException'), times: 10 },
    {
      what: 'its accounts of the day are made',
      fault: refusal('ConstraintViolationException', 400, { Reason: 'ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED' }),
      times: 30,
    },
  ])('waits without retries while $what', async ({ fault, times }) => {
    simulate({ faults: faultsFor('CreateAccount', ...Array.from({ length: times }, () => fault)) });
    simulation.sendEvent();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(simulation.outcomesOf('CreateAccount')).toHaveLength(times + 1);
    expect(simulation.madeAccounts).toHaveLength(1);
    expect(simulation.retries).toEqual([]);
    expect(simulation.organization.calls.filter(({ operation }) => operation.startsWith('List')).length).toBeLessThan(
      9,
    );
  });

  it('waits for an access role that comes late', async () => {
    simulate({ latencies: { accessRole: [600, 600] } });
    simulation.sendEvent();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(simulation.retries).toEqual([]);
    expect(simulation.secondsPassed).toBeGreaterThan(600);
    expect(simulation.secondsPassed).toBeLessThan(700);
  });
});
