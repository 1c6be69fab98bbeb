import { queueTimes } from '../../infra/queue-times';
import { LONGEST_FUNCTION_SECONDS } from '../../sandbox/runtime/embedded/function-timeouts';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const named = ({ kind, function: name, name: effect, when }: Effect): string => `${name} ${kind} ${effect} ${when}`;

describe('the embedded application, in which functions are killed', () => {
  let simulation: SimulatedVending;
  let seen: string[];

  beforeEach(() => {
    seen = [];
  });

  afterEach(() => {
    simulation.stop();
  });

  /** Kills once, at the first effect of this name. */
  const killAt = (effect: string, options: SimulationOptions = {}): void => {
    simulation = new SimulatedVending({
      ...options,
      onEffect: (at) => {
        seen.push(named(at));
        return named(at) === effect && seen.filter((other) => other === effect).length === 1 ? 'kill' : 'go-on';
      },
    });
  };

  it('is asked about what every function does', async () => {
    killAt('never');
    simulation.sendEvent();
    simulation.application.sendEvent({ nonsense: true });
    await simulation.settle();
    await simulation.detail();
    const functions = new Set(seen.map((effect) => effect.split(' ')[0]));
    for (const name of [
      'Intake',
      'Api',
      'PlanVending',
      'CreateAccount',
      'CheckAccess',
      'MoveAccount',
      'CompleteVending',
    ]) {
      expect(functions).toContain(name);
    }
    expect(seen).toEqual(
      expect.arrayContaining([
        'Intake ledger read before',
        'Intake workflow start after',
        'Intake queue sendDeadLetter before',
        'CreateAccount aws sts:AssumeRole before',
        'CreateAccount aws organizations:CreateAccount after',
        'CompleteVending bus publish before',
      ]),
    );
    const before = seen.filter((effect) => effect.endsWith('before'));
    expect(seen.filter((effect) => effect.endsWith('after'))).toHaveLength(before.length);
  });

  it.each([
    'Intake ledger commit after',
    'Intake workflow start before',
    'PlanVending ledger commit after',
    'CreateAccount aws organizations:CreateAccount before',
    'MoveAccount aws organizations:MoveAccount after',
    'CompleteVending bus publish after',
  ])('vends one account although there was a kill: %s', async (effect) => {
    killAt(effect);
    simulation.sendEvent();
    await simulation.settle();
    expect(seen).toContain(effect);
    expect(simulation.madeAccounts).toHaveLength(1);
    expect((await simulation.detail()).status).toBe('VENDED');
  });

  it('tells the workflow what Lambda tells of a dead process', async () => {
    killAt('MoveAccount aws organizations:MoveAccount before');
    simulation.sendEvent();
    await simulation.settle();
    const errors = simulation.application.workflow.executions.flatMap(({ history }) =>
      (history ?? []).flatMap((event) => ('Error' in event ? [event.Error] : [])),
    );
    expect(errors).toEqual(['Runtime.ExitError']);
  });

  it('answers for the API as API Gateway does', async () => {
    killAt('Api ledger commit after');
    expect(await simulation.post()).toMatchObject({
      status: 502,
      body: { title: 'The function has failed', errors: [] },
    });
    expect(await simulation.post()).toMatchObject({ status: 200 });
    await simulation.settle();
    expect(simulation.madeAccounts).toHaveLength(1);
  });
});

describe('the status-change events of the embedded workflow', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  it.each([
    { how: 'at once', delays: [0], toldAfter: 0 },
    { how: 'late', delays: [600], toldAfter: 600 },
    { how: 'twice', delays: [0, 60], toldAfter: 0 },
    // Then the look that follows every run finds out.
    { how: 'never', delays: [], toldAfter: 850 },
  ])('come $how, and the failure is told once', async ({ delays, toldAfter }) => {
    const told: string[] = [];
    simulation = new SimulatedVending({
      statusChangeDelays: (executionArn, status) => {
        told.push(`${executionArn.slice(-3)} ${status}`);
        return delays;
      },
    });
    simulation.sendEvent();
    await simulation.until(() => simulation.application.workflow.running === 1);
    const [execution] = simulation.application.workflow.executions;
    await simulation.application.workflow.stop(execution?.executionArn ?? '');
    const stoppedAt = Date.now();
    await simulation.until(() => simulation.outcomes.length > 0);
    const seconds = (Date.now() - stoppedAt) / 1000;
    await simulation.settle();
    expect(told).toEqual(['-17 ABORTED']);
    expect(simulation.outcomes).toHaveLength(1);
    expect(seconds).toBeGreaterThanOrEqual(toldAfter);
    // No sooner than a function of the stopped execution can still be at work, and the queue gives the event again and
    // again.
    expect(seconds).toBeLessThanOrEqual(
      Math.max(toldAfter, LONGEST_FUNCTION_SECONDS) + 2 * queueTimes.FailedExecutions.visibilitySeconds,
    );
  });
});
