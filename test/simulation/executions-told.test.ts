import { queueTimes } from '../../infra/queue-times';
import { TENANT } from './example-vending';
import { SimulatedStory } from './simulated-story';
import { plainConfiguration, type SimulationOptions } from './simulated-vending';

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

  it('is shown of a run that was stopped within five seconds, and the run settles when it was said to', async () => {
    const simulation = story.simulate();
    simulation.sendEvent();
    await simulation.until(() => simulation.outcomesOf('CreateAccount').length > 0);
    const [execution] = simulation.application.workflow.executions;
    await simulation.application.workflow.stop(execution?.executionArn ?? '');
    const stoppedAt = Date.now();
    await simulation.until(() => Date.now() >= stoppedAt + 5000);
    const { body } = await simulation.application.callApi({ method: 'GET', path: `/vendings/${TENANT}` });
    expect(body).toMatchObject({ status: 'RUNNING', stoppedAt: new Date(stoppedAt).toISOString() });
    const { body: list } = await simulation.application.callApi({ method: 'GET', path: '/vendings' });
    expect(list).toMatchObject({ vendings: [{ stoppedAt: new Date(stoppedAt).toISOString() }] });
    const settlesAt = Date.parse((body as { readonly settlesAt: string }).settlesAt);
    await simulation.until(() => simulation.outcomes.length > 0);
    expect(Date.now()).toBeLessThanOrEqual(settlesAt);
    expect(await simulation.detail()).toMatchObject({ status: 'FAILED', stoppedAt: null, settlesAt: null });
  });
});
