import { GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';

import { type VendingDetail, VendingDetailSchema } from '../../functions/api/responses';
import type { DeployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { exampleStage, ownTenant } from './example-stage';

describe('waits that events of AWS end, on the local AWS', () => {
  let stage: DeployedStage;
  let areLost = false;

  beforeAll(async () => {
    stage = await exampleStage({ seed: 1, awsEventDelays: () => (areLost ? [] : [0]) });
  });
  afterAll(async () => {
    await stage.stop();
  });

  const vended = async (number: number): Promise<VendingDetail> => {
    const { uuid, desiredState } = ownTenant('events', number);
    await stage.sendEvent(desiredState);
    const deadline = Date.now() + stage.patienceSeconds * 1000;
    for (;;) {
      const { status, body } = await stage.callApi({ method: 'GET', path: `/vendings/${uuid}` });
      const detail = status === 200 ? VendingDetailSchema.parse(body) : undefined;
      if (detail?.status === 'VENDED') return detail;
      if (detail?.status === 'FAILED' || Date.now() > deadline) throw new Error(`${uuid}: ${JSON.stringify(detail)}`);
      await stage.pause();
    }
  };

  /** How often a wait was ended by an event, and how often by its time-out. */
  const endsOf = async (executionArn: string): Promise<Readonly<Record<'byEvent' | 'byTime', number>>> => {
    const access = { endpoint: stage.endpoints.runtime, region: 'eu-central-1' };
    const sfn = new SFNClient({ ...access, credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' } });
    const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
    const ends = { byEvent: 0, byTime: 0 };
    let state = '';
    for (const { type, stateEnteredEventDetails, taskFailedEventDetails } of events) {
      state = stateEnteredEventDetails?.name ?? state;
      if (!state.endsWith('OrEvent')) continue;
      if (type === 'TaskSucceeded') ends.byEvent += 1;
      if (type === 'TaskTimedOut' || taskFailedEventDetails?.error === 'States.Timeout') ends.byTime += 1;
    }
    return ends;
  };

  it('are ended by them; where they are lost, by time-outs as much shorter as waits are', async () => {
    // A poll may come just before an event, but not in each of four runs.
    const runs = await Promise.all([1, 2, 3, 4].map(vended));
    const woken = await Promise.all(runs.map(({ executionArn }) => endsOf(executionArn ?? '')));
    areLost = true;
    const polled = await endsOf((await vended(5)).executionArn ?? '');

    expect(woken.reduce((sum, { byEvent }) => sum + byEvent, 0)).toBeGreaterThan(0);
    expect(polled.byEvent).toBe(0);
    expect(polled.byTime).toBeGreaterThan(0);
  });
});
