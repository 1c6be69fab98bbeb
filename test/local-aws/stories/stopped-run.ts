import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';

import { type VendingDetail, VendingDetailSchema } from '../../../functions/api/responses';
import { progressOf } from '../../../operator/vendings/progress';
import type { DeployedStage } from '../../../sandbox/runtime/stage/deployed-stage';
import type { ApiAnswer } from '../../../sandbox/runtime/stage/stage';
import { ownTenant } from '../example-stage';

/** On AWS 300 and 180: nobody waits for so long here. */
const LONGEST_FUNCTION_SECONDS = 15;
const REDELIVERY_SECONDS = 5;

/** Well before it is settled. */
const SHOWN_WITHIN_SECONDS = LONGEST_FUNCTION_SECONDS - 2;

/** A tenant of its own for each way to stop a run. */
const tenantOf = (number: number) => ownTenant('stopped', number);

interface Stop {
  readonly executionArn: string;
  readonly stoppedAt: string;
}

export function stoppedRun(given: () => DeployedStage): void {
  let stage: DeployedStage;

  beforeAll(async () => {
    stage = given();
    for (const name of ['vending-RecordFailure', 'vending-Api']) await settleSoon(name);
    await redeliverSoon('vending-RecordFailure');
  });

  const aws = () => ({
    endpoint: stage.endpoints.runtime,
    region: 'eu-central-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  });

  async function settleSoon(FunctionName: string): Promise<void> {
    const lambda = new LambdaClient(aws());
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const Variables = {
      ...Environment?.Variables,
      LONGEST_FUNCTION_SECONDS: String(LONGEST_FUNCTION_SECONDS),
    };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  }

  async function redeliverSoon(FunctionName: string): Promise<void> {
    const { EventSourceMappings: [mapping] = [] } = await new LambdaClient(aws()).send(
      new ListEventSourceMappingsCommand({ FunctionName }),
    );
    const [, , , , account = '', name = ''] = (mapping?.EventSourceArn ?? '').split(':');
    await new SQSClient(aws()).send(
      new SetQueueAttributesCommand({
        QueueUrl: `${stage.endpoints.runtime}/${account}/${name}`,
        Attributes: { VisibilityTimeout: String(REDELIVERY_SECONDS) },
      }),
    );
  }

  async function until(
    uuid: string,
    isSo: (detail: VendingDetail) => boolean,
    seconds = stage.patienceSeconds,
  ): Promise<VendingDetail> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const { status, body } = await stage.callApi({ method: 'GET', path: `/vendings/${uuid}` });
      const detail = status === 200 ? VendingDetailSchema.parse(body) : undefined;
      if (detail !== undefined && isSo(detail)) return detail;
      if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${JSON.stringify(body)}`);
      await stage.pause();
    }
  }

  const has = (state: string) => (detail: VendingDetail) => detail.timeline.some((entry) => entry.state === state);

  /** As `aws stepfunctions stop-execution` does it. */
  async function stopExecution(executionArn: string, why: { error?: string; cause?: string } = {}): Promise<Stop> {
    const { stopDate } = await new SFNClient(aws()).send(new StopExecutionCommand({ executionArn, ...why }));
    return { executionArn, stoppedAt: stopDate?.toISOString() ?? '' };
  }

  const postStop = (uuid: string, reason: string): Promise<ApiAnswer> =>
    stage.callApi({ method: 'POST', path: `/vendings/${uuid}/stop`, body: { reason } });

  async function expectShown(uuid: string, { executionArn, stoppedAt }: Stop): Promise<void> {
    const shown = await until(uuid, (detail) => detail.stoppedAt !== null, SHOWN_WITHIN_SECONDS);
    expect(shown).toMatchObject({ status: 'RUNNING', executionArn, stoppedAt });
    expect(Date.parse(shown.settlesAt ?? '')).toBeGreaterThan(Date.parse(stoppedAt));
    const { body } = await stage.callApi({ method: 'GET', path: '/vendings' });
    expect(body).toMatchObject({
      vendings: expect.arrayContaining([expect.objectContaining({ tenantUuid: uuid, stoppedAt })]) as unknown,
    });
    expect(marksOf(shown).filter((mark) => ['failed', 'now', 'waits'].includes(mark))).toEqual([]);
  }

  const marksOf = (detail: VendingDetail): readonly string[] => progressOf(detail).map(({ mark }) => mark);

  async function expectSettled(
    uuid: string,
    { executionArn, stoppedAt }: Stop,
    error: { readonly name: string; readonly message: unknown },
  ): Promise<void> {
    const settled = await until(uuid, ({ status }) => status === 'FAILED');
    expect(settled).toMatchObject({ stoppedAt: null, settlesAt: null, lane: null, lastError: error });
    const late = (Date.parse(settled.statusChangedAt) - Date.parse(stoppedAt)) / 1000;
    expect(late).toBeGreaterThanOrEqual(LONGEST_FUNCTION_SECONDS);
    expect(settled.timeline.filter((entry) => entry.error !== null)).toMatchObject([{ finishedAt: null, error }]);
    expect(marksOf(settled).filter((mark) => ['failed', 'now', 'waits'].includes(mark))).toEqual(['failed']);
    const { events = [] } = await new SFNClient(aws()).send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1000 }),
    );
    expect(events.filter(({ type }) => type === 'ExecutionAborted').length).toBeGreaterThan(0);
    const entered = events.findIndex(({ type }) => type?.endsWith('StateEntered'));
    expect(events.findIndex(({ type }) => type === 'ExecutionAborted')).toBeLessThan(entered);
    const told = (await stage.outcomes()).filter(({ detail }) => detail.tenantUuid === uuid);
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(['Account Vending Failed']));
    expect(told.at(-1)?.detail).toMatchObject({ error: error.name });
  }

  async function begun(uuid: string, desiredState: unknown, state: string): Promise<string> {
    await stage.sendEvent(desiredState);
    return (await until(uuid, has(state))).executionArn ?? '';
  }

  it.each([
    ['without a reason, while AWS makes the account', 1, 'CheckAccount', {}, { name: 'ABORTED', message: /ABORTED/u }],
    [
      'with an error and a cause, while its role comes',
      2,
      'CheckAccess',
      { error: 'WrongPlan', cause: 'Somebody saw it in time.' },
      { name: 'WrongPlan', message: /^Somebody saw it in time\.$/u },
    ],
  ] as const)(
    'by StopExecution %s is shown within five seconds, and ends with one failed state',
    async (_how, number, state, why, { name, message }) => {
      const { uuid, desiredState } = tenantOf(number);
      const stop = await stopExecution(await begun(uuid, desiredState, state), why);
      await expectShown(uuid, stop);
      await expectSettled(uuid, stop, { name, message: expect.stringMatching(message) });
    },
  );

  it('by the API is shown at once, is replayed, and is shown when it is stopped again after that', async () => {
    const { uuid, desiredState } = tenantOf(3);
    const executionArn = await begun(uuid, desiredState, 'CheckAccount');
    const answer = await postStop(uuid, 'It is of no use.');
    expect(answer).toMatchObject({ status: 202, body: { tenantUuid: uuid, executionArn } });
    expect(await postStop(uuid, 'Once more.')).toMatchObject({ status: 202, body: answer.body });
    const stop = answer.body as Stop;
    const { stopDate } = await new SFNClient(aws()).send(new DescribeExecutionCommand({ executionArn }));
    expect(stop.stoppedAt).toBe(stopDate?.toISOString());
    await expectShown(uuid, stop);
    const message: unknown = expect.stringContaining('It is of no use.');
    await expectSettled(uuid, stop, { name: 'StoppedByOperator', message });

    const replay = await stage.callApi({ method: 'POST', path: `/vendings/${uuid}/replay` });
    expect(replay).toMatchObject({ status: 202, body: { replay: 'redriven' } });
    await until(uuid, ({ status }) => status === 'RUNNING');
    const again = await stopExecution(executionArn, { error: 'StoppedTwice', cause: 'After a replay.' });
    await expectShown(uuid, again);
    await expectSettled(uuid, again, { name: 'StoppedTwice', message: 'After a replay.' });
    expect(await postStop(uuid, 'It has ended.')).toMatchObject({ status: 409 });
  });
}
