import { paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';

import { type VendingDetail, VendingDetailSchema } from '../../functions/api/responses';
import { OperationWaitSchema } from '../../functions/domain/run/awaited-operation';
import { contentOf } from '../../functions/ledger/base/decide';
import { operationWaitKey } from '../../functions/ledger/base/keys';
import webshop from '../../sandbox/examples/webshop-dev.json';
import type { DeployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { changed } from '../functions/domain/examples';
import { exampleStage } from './example-stage';

/** Longer than an enrollment takes here, and than a run waits before it first looks for the end. */
const LEAP_SECONDS = 30;

describe('waits that events of AWS end, on the local AWS', () => {
  let stage: DeployedStage;
  let aheadSeconds = 0;
  let areLost = false;

  beforeAll(async () => {
    stage = await exampleStage({
      seed: 1,
      awsEventDelays: () => (areLost ? [] : [0]),
      organizationNow: () => Date.now() + 1000 * aheadSeconds,
    });
  });
  afterAll(async () => {
    await stage.stop();
  });

  const vended = async (number: number, look?: (detail: VendingDetail) => Promise<void>): Promise<string> => {
    const uuid = `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const project = `events-${number}`;
    await stage.sendEvent(
      changed(
        webshop,
        ['tenant.metadata.uuid', uuid],
        ['tenant.metadata.ownedByProject', project],
        ['project.metadata.name', project],
        ['tenantPlatformNumber', number],
      ),
    );
    const deadline = Date.now() + stage.patienceSeconds * 1000;
    for (;;) {
      const { status, body } = await stage.callApi({ method: 'GET', path: `/vendings/${uuid}` });
      const detail = status === 200 ? VendingDetailSchema.parse(body) : undefined;
      if (detail?.status === 'VENDED') return detail.executionArn ?? '';
      if (detail?.status === 'FAILED' || Date.now() > deadline) throw new Error(`${uuid}: ${JSON.stringify(detail)}`);
      if (detail !== undefined) await look?.(detail);
      await stage.pause();
    }
  };

  const isWaitedFor = async (operation: string): Promise<boolean> => {
    const [item] = await stage.ledger.read([operationWaitKey(operation)]);
    return contentOf(OperationWaitSchema, item)?.token != null;
  };

  /** The time of AWS leaps as soon as a run waits, so the event comes when the next poll is many seconds off. */
  const endEnrollmentOnceAwaited = async ({ account }: VendingDetail): Promise<void> => {
    if (aheadSeconds > 0 || account === null || !(await isWaitedFor(`enrollment/${account.id}`))) return;
    aheadSeconds = LEAP_SECONDS;
    await stage.organization.settle();
  };

  /** What has ended each wait of a run. */
  const endsOf = async (executionArn: string): Promise<readonly string[]> => {
    const access = { endpoint: stage.endpoints.runtime, region: 'eu-central-1' };
    const client = new SFNClient({ ...access, credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' } });
    const ends: string[] = [];
    let state = '';
    for await (const { events = [] } of paginateGetExecutionHistory({ client, pageSize: 1000 }, { executionArn })) {
      for (const { type, stateEnteredEventDetails, taskFailedEventDetails } of events) {
        state = stateEnteredEventDetails?.name ?? state;
        if (!state.endsWith('OrEvent')) continue;
        if (type === 'TaskSucceeded') ends.push(`${state}: event`);
        if (type === 'TaskTimedOut' || taskFailedEventDetails?.error === 'States.Timeout') ends.push(`${state}: time`);
      }
    }
    return ends;
  };

  it('are ended by them; where they are lost, by time-outs as much shorter as waits are', async () => {
    const woken = await endsOf(await vended(901, endEnrollmentOnceAwaited));
    areLost = true;
    const polled = await endsOf(await vended(902));

    expect(woken).toContain('WaitForFactoryOrEvent: event');
    expect(polled).toContain('WaitForFactoryOrEvent: time');
    expect(polled.filter((end) => end.endsWith('event'))).toEqual([]);
  });
});
