import {
  DescribeExecutionCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';

import type { StateMachineArns } from '../../domain/base/workflow-facts';
import type { WorkflowReader, WorkflowStarter } from '../../ports/workflow';
import { calling, isNameUsed } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** Executions of the state machines in AWS Step Functions. */
export function stepFunctionsWorkflow(settings: AwsSettings, arns: StateMachineArns): WorkflowStarter {
  const client = new SFNClient(ownClientSettings(settings));
  return {
    start: (name, input, workflow) =>
      calling(`start the execution ${name}`, async () => {
        const stateMachineArn = arns[workflow];
        try {
          const { executionArn } = await client.send(
            new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
          );
          return executionArn ?? executionArnOf(stateMachineArn, name);
        } catch (error) {
          // The name is made of the run alone: a user of it started this very run.
          if (isNameUsed(error)) return executionArnOf(stateMachineArn, name);
          throw error;
        }
      }),
  };
}

export function stepFunctionsReader(settings: AwsSettings): WorkflowReader {
  const client = new SFNClient(ownClientSettings(settings));
  return {
    describe: (executionArn) =>
      calling(`describe the execution ${executionArn}`, async () => {
        const answer = await client.send(new DescribeExecutionCommand({ executionArn }));
        return {
          status: answer.status ?? 'RUNNING',
          input: answer.input ?? '{}',
          stoppedAt: answer.stopDate ?? null,
          redriveCount: answer.redriveCount ?? 0,
          error: answer.error ?? null,
          cause: answer.cause ?? null,
        };
      }),
    lastState: (executionArn) =>
      calling(`read the history of the execution ${executionArn}`, async () => {
        const newestFirst = { reverseOrder: true, includeExecutionData: false };
        for await (const { events = [] } of paginateGetExecutionHistory(
          { client, pageSize: MAX_EVENTS },
          { executionArn, ...newestFirst },
        )) {
          const entered = lastEntered(events);
          if (entered !== null) return entered;
        }
        return null;
      }),
  };
}

/**
 * AWS gives no more at once. The first of a line that does not move has some in a quarter of an hour that name no
 * state: after some days its state stands further back.
 */
const MAX_EVENTS = 1000;

function lastEntered(events: readonly HistoryEvent[]): string | null {
  const [last] = events
    .filter(({ type }) => type?.endsWith('StateEntered') === true)
    .toSorted((one, other) => (other.id ?? 0) - (one.id ?? 0));
  return last?.stateEnteredEventDetails?.name ?? null;
}

function executionArnOf(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
