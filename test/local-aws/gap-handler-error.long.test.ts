import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type RunningMiniStack, startMiniStack } from '../../sandbox/runtime/ministack/ministack';
import { clientFor, createThrowAwayStack, nodeFunction, roleArn } from './throw-away-stack';

// Throws what the event says, and tells how often and in which process it was called.
const source = `
let calls = 0;
exports.handler = async ({ name, message, plain }) => {
  calls += 1;
  if (plain) throw plain;
  if (!name) return { calls, pid: process.pid };
  const error = new Error(message);
  error.name = name;
  throw error;
};
exports.immediate = () => { throw new RangeError('at once'); };`;

const definition = {
  StartAt: 'CreateAccount',
  States: {
    CreateAccount: {
      Type: 'Task',
      Resource: '${Arn}',
      Retry: [
        { ErrorEquals: ['RejectedError'], MaxAttempts: 0 },
        { ErrorEquals: ['TransientError'], IntervalSeconds: 1, MaxAttempts: 2 },
        { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1 },
      ],
      End: true,
    },
  },
};

const queueUrl = (ministack: RunningMiniStack): string => `${ministack.endpoint}/000000000000/outcomes`;

describe('an error thrown by a Node handler', () => {
  let ministack: RunningMiniStack;
  let lambda: LambdaClient;
  let sfn: SFNClient;
  let sqs: SQSClient;

  beforeAll(async () => {
    ministack = await startMiniStack({ region: 'eu-central-1', waitScale: 0.01, endpoints: {} });
    lambda = new LambdaClient(clientFor(ministack));
    sfn = new SFNClient(clientFor(ministack));
    sqs = new SQSClient(clientFor(ministack));
    await createThrowAwayStack(ministack, {
      Function: nodeFunction('thrower', source),
      Immediate: nodeFunction('immediate', source, { handler: 'index.immediate' }),
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineName: 'vending',
          RoleArn: roleArn,
          DefinitionString: JSON.stringify(definition),
          DefinitionSubstitutions: { Arn: { 'Fn::GetAtt': ['Function', 'Arn'] } },
        },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'outcomes' } },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: {
            source: ['aws.states'],
            'detail-type': ['Step Functions Execution Status Change'],
            detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [{ Ref: 'Machine' }] },
          },
          Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
        },
      },
    });
  });
  afterAll(async () => {
    await ministack.stop();
  });

  const invoke = async (FunctionName: string, event: object) => {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    return { FunctionError, payload: JSON.parse(Payload?.transformToString() ?? 'null') as Record<string, unknown> };
  };

  /** Starts an execution, waits for the event of its failure, and describes it. */
  const failWith = async (event: object) => {
    const started = await sfn.send(
      new StartExecutionCommand({
        stateMachineArn: 'arn:aws:states:eu-central-1:000000000000:stateMachine:vending',
        input: JSON.stringify(event),
      }),
    );
    const statusChange = await nextStatusChange();
    const { executionArn } = started;
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    return { execution, statusChange, attempts: events.filter(({ type }) => type === 'TaskScheduled').length };
  };

  const nextStatusChange = async (): Promise<{ detail: DescribeExecutionOutput }> => {
    const url = { QueueUrl: queueUrl(ministack) };
    const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ ...url, WaitTimeSeconds: 15 }));
    await sqs.send(new DeleteMessageCommand({ ...url, ReceiptHandle: message?.ReceiptHandle }));
    return JSON.parse(message?.Body ?? '{}') as { detail: DescribeExecutionOutput };
  };

  it('carries its own name, message and stack, as from AWS Lambda', async () => {
    const { FunctionError, payload } = await invoke('thrower', { name: 'RejectedError', message: 'The OU is gone.' });
    expect(FunctionError).toBe('Unhandled');
    expect(payload).toEqual({
      errorType: 'RejectedError',
      errorMessage: 'The OU is gone.',
      trace: expect.arrayContaining([expect.stringMatching(/ at .*index\.js/u)]) as string[],
    });
  });

  it('is told by its type when it is not an Error', async () => {
    const { payload } = await invoke('thrower', { plain: 'just words' });
    expect(payload).toEqual({ errorType: 'string', errorMessage: 'just words', trace: [] });
  });

  it('is reported in the same way when the handler is not asynchronous', async () => {
    const { FunctionError, payload } = await invoke('immediate', {});
    expect(FunctionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'RangeError', errorMessage: 'at once' });
  });

  it('does not end the process of the function', async () => {
    const before = await invoke('thrower', {});
    await invoke('thrower', { name: 'TransientError' });
    const after = await invoke('thrower', {});
    expect(after.payload['pid']).toBe(before.payload['pid']);
    expect(after.payload['calls']).toBe(Number(before.payload['calls']) + 2);
  });

  it.each([
    { name: 'RejectedError', attempts: 1 },
    { name: 'TransientError', attempts: 3 },
    { name: 'TypeError', attempts: 2 },
  ])('is matched by the retrier for $name: $attempts attempt(s)', async ({ name, attempts }) => {
    const failure = await failWith({ name, message: 'No.' });
    expect(failure.attempts).toBe(attempts);
    expect(failure.execution).toMatchObject({ status: 'FAILED', error: name });
    expect(JSON.parse(failure.execution.cause ?? '{}')).toMatchObject({ errorType: name, errorMessage: 'No.' });
  });

  it('stands in the status-change event that RecordFailure listens to', async () => {
    const { statusChange, execution } = await failWith({ name: 'RejectedError', message: 'No.' });
    const { executionArn, stateMachineArn, name, input, cause } = execution;
    expect(statusChange).toMatchObject({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: {
        executionArn,
        stateMachineArn,
        name,
        input,
        cause,
        status: 'FAILED',
        error: 'RejectedError',
        output: null,
      },
    });
    expect(statusChange.detail).toMatchObject({
      startDate: execution.startDate?.getTime(),
      stopDate: execution.stopDate?.getTime(),
    });
  });
});
