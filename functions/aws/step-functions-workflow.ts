import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';

import type { StateMachineArns } from '../domain/workflow-name';
import type { WorkflowReader, WorkflowStarter } from '../ports/workflow';
import { calling, isNameUsed } from './aws-error';
import { type AwsSettings, ownClientSettings } from './aws-settings';

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
          // The name is made of the run alone: whoever used it started this very run.
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
        const newest = { executionArn, reverseOrder: true, maxResults: MOST_EVENTS, includeExecutionData: false };
        const { events = [] } = await client.send(new GetExecutionHistoryCommand(newest));
        const entered = events
          .filter(({ type }) => type?.endsWith('StateEntered') === true)
          .toSorted((one, other) => (other.id ?? 0) - (one.id ?? 0));
        return entered[0]?.stateEnteredEventDetails?.name ?? null;
      }),
  };
}

/** A state that is tried as often as may be has fewer events than this; AWS gives no more at once. */
const MOST_EVENTS = 1000;

function executionArnOf(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
