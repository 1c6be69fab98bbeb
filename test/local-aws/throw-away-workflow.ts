import { setTimeout as pause } from 'node:timers/promises';

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import { type RunningMiniStack, startMiniStack } from '../../sandbox/runtime/ministack/ministack';
import { clientFor, createThrowAwayStack, nodeFunction, roleArn } from './throw-away-stack';

/** On a busy machine. */
const PATIENCE_SECONDS = 180;

const ARN = 'arn:aws:states:eu-central-1:000000000000:stateMachine:';

/** State machines that share one function, `worker`, and a queue that hears of the end of their executions. */
export class ThrowAwayWorkflow {
  readonly sfn: SFNClient;
  readonly #ministack: RunningMiniStack;
  readonly #lambda: LambdaClient;
  readonly #sqs: SQSClient;

  private constructor(ministack: RunningMiniStack) {
    this.#ministack = ministack;
    this.sfn = new SFNClient(clientFor(ministack));
    this.#lambda = new LambdaClient(clientFor(ministack));
    this.#sqs = new SQSClient(clientFor(ministack));
  }

  /** @param machines definitions by the name of their machine; `${Worker}` is the function's ARN */
  static async start(source: string, machines: Readonly<Record<string, object>>): Promise<ThrowAwayWorkflow> {
    const ministack = await startMiniStack({ region: 'eu-central-1', waitScale: 0.01, endpoints: {} });
    await createThrowAwayStack(ministack, {
      Worker: nodeFunction('worker', source),
      ...Object.fromEntries(Object.entries(machines).map(([name, definition]) => [name, machine(name, definition)])),
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'ends' } },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: { source: ['aws.states'], detail: { status: ['SUCCEEDED', 'FAILED', 'ABORTED'] } },
          Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
        },
      },
    });
    return new ThrowAwayWorkflow(ministack);
  }

  stop(): Promise<void> {
    return this.#ministack.stop();
  }

  async begin(machineName: string, input: object): Promise<string> {
    const { executionArn = '' } = await this.sfn.send(
      new StartExecutionCommand({ stateMachineArn: `${ARN}${machineName}`, input: JSON.stringify(input) }),
    );
    return executionArn;
  }

  describe(executionArn: string): Promise<DescribeExecutionOutput> {
    return this.sfn.send(new DescribeExecutionCommand({ executionArn }));
  }

  /** Waits until the next execution ends, describes it, and says which end the event has told of. */
  async end(): Promise<DescribeExecutionOutput & { readonly toldRedriveCount: number }> {
    const QueueUrl = `${this.#ministack.endpoint}/000000000000/ends`;
    const message = await this.#firstOf(QueueUrl);
    await this.#sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    const { detail } = JSON.parse(message.Body ?? '{}') as { detail: { executionArn: string; redriveCount: number } };
    return { ...(await this.describe(detail.executionArn)), toldRedriveCount: detail.redriveCount };
  }

  async #firstOf(QueueUrl: string): Promise<Message> {
    const deadline = Date.now() + PATIENCE_SECONDS * 1000;
    while (Date.now() < deadline) {
      const command = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 15 });
      const { Messages: [message] = [] } = await this.#sqs.send(command);
      if (message !== undefined) return message;
    }
    throw new Error(`No execution has ended within ${PATIENCE_SECONDS} seconds.`);
  }

  /** What the function has kept. */
  async kept(): Promise<readonly string[]> {
    const command = new InvokeCommand({ FunctionName: 'worker', Payload: JSON.stringify({ report: true }) });
    const { Payload } = await this.#lambda.send(command);
    return JSON.parse(Payload?.transformToString() ?? '[]') as readonly string[];
  }

  async untilKept(isEnough: (kept: readonly string[]) => boolean): Promise<readonly string[]> {
    const deadline = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const kept = await this.kept();
      if (isEnough(kept)) return kept;
      if (Date.now() > deadline) throw new Error(`Not within ${PATIENCE_SECONDS} seconds: ${kept.join(', ')}`);
      await pause(50);
    }
  }
}

const machine = (StateMachineName: string, definition: object): object => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    StateMachineName,
    RoleArn: roleArn,
    DefinitionString: JSON.stringify(definition),
    DefinitionSubstitutions: { Worker: { 'Fn::GetAtt': ['Worker', 'Arn'] } },
  },
});
