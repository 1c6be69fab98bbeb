import { SimulatedStory } from './simulated-story';
import { plainConfiguration, type SimulationOptions } from './simulated-vending';

/** How long RecordFailure's queue keeps a message that could not be taken. */
const COMES_AGAIN_AFTER_SECONDS = 90;

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
});
