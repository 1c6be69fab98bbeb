import { queueTimes } from '../../infra/queue-times';
import { progressOf } from '../../operator/vendings/progress';
import { TENANT } from './example-vending';
import { SimulatedStory } from './simulated-story';
import { plainConfiguration, type SimulatedVending, type SimulationOptions, START } from './simulated-vending';

/** How long RecordFailure's queue keeps a message that could not be taken. */
const COMES_AGAIN_AFTER_SECONDS = queueTimes.FailedExecutions.visibilitySeconds;

const failing: SimulationOptions = {
  configuration: plainConfiguration(['landingZone.awsTargetOrgUnitId', 'ou-ab12-missing0']),
};

describe('what Step Functions tells of an execution', () => {
  const story = new SimulatedStory();

  it('is believed by its event, where DescribeExecution is five seconds behind', async () => {
    const simulation = story.simulate({ ...failing, describeLagSeconds: () => 5 });
    simulation.sendEvent();
    await simulation.until(() => simulation.application.workflow.executions[0]?.description.status === 'FAILED');
    const failedAt = Date.now();
    await simulation.until(() => simulation.outcomes.length > 0);
    expect((Date.now() - failedAt) / 1000).toBeLessThanOrEqual(COMES_AGAIN_AFTER_SECONDS + 1);
    await simulation.settle();
    expect(simulation.outcomes).toMatchObject([{ type: 'Account Vending Failed' }]);
    expect(simulation.application.deadLetters).toEqual([]);
  });

  it('is found out of a run that was redriven in the console, where no event tells of its end', async () => {
    let ends = 0;
    const simulation = story.simulate({ ...failing, statusChangeDelays: () => ((ends += 1) === 1 ? [0] : []) });
    simulation.sendEvent();
    // Nobody looks after the run any more when it is redriven.
    await simulation.settle();
    const [execution] = simulation.application.workflow.executions;
    await simulation.application.workflow.redrive(execution?.executionArn ?? '');
    await simulation.settle();
    expect(ends).toBe(2);
    expect(simulation.outcomes.map(({ type }) => type)).toEqual(['Account Vending Failed', 'Account Vending Failed']);
    expect((await simulation.detail()).status).toBe('FAILED');
  });

  interface Shown {
    readonly status: string;
    readonly stoppedAt: string | null;
    readonly settlesAt: string | null;
  }

  const shown = async ({ application }: SimulatedVending): Promise<Shown> =>
    (await application.callApi({ method: 'GET', path: `/vendings/${TENANT}` })).body as Shown;

  const listed = async ({ application }: SimulatedVending): Promise<unknown> =>
    (await application.callApi({ method: 'GET', path: '/vendings' })).body;

  async function stopped(simulation: SimulatedVending): Promise<number> {
    const [execution] = simulation.application.workflow.executions;
    await simulation.application.workflow.stop(execution?.executionArn ?? '');
    return Date.now();
  }

  async function expectSettled(simulation: SimulatedVending, settlesAt: string | null): Promise<void> {
    await simulation.until(() => simulation.outcomes.length > 0);
    expect(Date.now()).toBeLessThanOrEqual(Date.parse(settlesAt ?? ''));
    await simulation.settle();
    expect(simulation.outcomes).toMatchObject([{ type: 'Account Vending Failed' }]);
    const detail = await simulation.detail();
    expect(detail).toMatchObject({ status: 'FAILED', stoppedAt: null, settlesAt: null });
    const marks = progressOf(detail).map(({ mark }) => mark);
    expect(marks.filter((mark) => ['failed', 'now', 'waits'].includes(mark))).toEqual(['failed']);
  }

  it.each([0, 60, 119, 170])(
    'is shown of a run that was stopped, and it settles when it was said to: the event comes after %i seconds',
    async (seconds) => {
      const simulation = story.simulate({ statusChangeDelays: () => [seconds] });
      simulation.sendEvent();
      await simulation.until(() => simulation.outcomesOf('CreateAccount').length > 0);
      const stoppedAt = await stopped(simulation);
      await simulation.pass(seconds + 5);
      const told = await shown(simulation);
      expect(told).toMatchObject({ status: 'RUNNING', stoppedAt: new Date(stoppedAt).toISOString() });
      expect(await listed(simulation)).toMatchObject({ vendings: [{ stoppedAt: told.stoppedAt }] });
      await expectSettled(simulation, told.settlesAt);
    },
  );

  /** Every run is looked at so long after it was accepted. */
  const LOOK_SECONDS = 900;

  it.each([10, 60, 110, 299])(
    'is shown by the next look at a run that was stopped %i seconds before, where no event ever comes',
    async (seconds) => {
      const latencies = { accountCreation: [7200, 7200] } as const;
      const simulation = story.simulate({ latencies, statusChangeDelays: () => [] });
      simulation.sendEvent();
      await simulation.pass(LOOK_SECONDS - seconds);
      const stoppedAt = await stopped(simulation);
      expect(await shown(simulation)).toMatchObject({ status: 'RUNNING', stoppedAt: null });
      await simulation.pass(seconds + 5);
      const told = await shown(simulation);
      expect(told).toMatchObject({ status: 'RUNNING', stoppedAt: new Date(stoppedAt).toISOString() });
      await expectSettled(simulation, told.settlesAt);
    },
  );

  it('is recorded at once by the next look, where a run was stopped longer ago than its functions may work', async () => {
    const latencies = { accountCreation: [7200, 7200] } as const;
    const simulation = story.simulate({ latencies, statusChangeDelays: () => [] });
    simulation.sendEvent();
    await simulation.pass(300);
    await stopped(simulation);
    await expectSettled(simulation, new Date(START.getTime() + 1000 * LOOK_SECONDS + 5000).toISOString());
  });
});
