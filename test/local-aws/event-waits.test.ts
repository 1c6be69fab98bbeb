import { VendingDetailSchema } from '../../functions/api/responses';
import type { DeployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { exampleStage, ownTenant } from './example-stage';

/** Steps that ask AWS whether an operation has ended for which it sends an event. */
const POLLS: readonly string[] = ['CheckAccount', 'CheckEnrollment', 'CheckStackInstances'];

describe('waits that events of AWS end, on the local AWS', () => {
  let stage: DeployedStage;
  let areLost = false;

  beforeAll(async () => {
    stage = await exampleStage({ seed: 1, awsEventDelays: () => (areLost ? [] : [0]) });
  });
  afterAll(async () => {
    await stage.stop();
  });

  /** @returns how often AWS was asked whether something has ended */
  const pollsOf = async (number: number): Promise<number> => {
    const before = stage.organization.calls.length;
    const { uuid, desiredState } = ownTenant('events', number);
    await stage.sendEvent(desiredState);
    const deadline = Date.now() + stage.patienceSeconds * 1000;
    for (;;) {
      const { status, body } = await stage.callApi({ method: 'GET', path: `/vendings/${uuid}` });
      const detail = status === 200 ? VendingDetailSchema.parse(body) : undefined;
      if (detail?.status === 'VENDED') break;
      if (detail?.status === 'FAILED' || Date.now() > deadline) throw new Error(`${uuid}: ${JSON.stringify(detail)}`);
      await stage.pause();
    }
    const calls = stage.organization.calls.slice(before);
    return calls.filter(({ callerFunction }) => POLLS.includes(callerFunction ?? '')).length;
  };

  it('vend with fewer polls; where events are lost, the scaled time-outs end the waits', async () => {
    const woken = await pollsOf(1);
    areLost = true;

    expect(woken).toBeLessThan(await pollsOf(2));
  });
});
