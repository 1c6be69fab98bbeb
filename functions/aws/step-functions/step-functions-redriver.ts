import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  SFNClient,
  StopExecutionCommand,
  type StopExecutionCommandInput,
  ValidationException,
} from '@aws-sdk/client-sfn';

import { TransientError } from '../../domain/base/errors';
import type { WorkflowRedriver, WorkflowStopper } from '../../ports/workflow';
import { calling, isExecutionGone, isNotRedrivable } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** Redrives executions in AWS Step Functions. */
export function stepFunctionsRedriver(settings: AwsSettings): WorkflowRedriver {
  const client = new SFNClient(ownClientSettings(settings));
  return {
    redrive: (executionArn) =>
      calling(`redrive the execution ${executionArn}`, async () => {
        try {
          await client.send(new RedriveExecutionCommand({ executionArn }));
          return 'redriven';
        } catch (error) {
          if (isExecutionGone(error)) return 'not-redrivable';
          if (isNotRedrivable(error)) return whyNotRedrivable(client, executionArn);
          throw error;
        }
      }),
  };
}

/**
 * AWS refuses one that runs in the same words as one that is lost.
 *
 * @evidence documented step-functions/apireference/API_DescribeExecution: redriveStatus is NOT_REDRIVABLE where
 *   RedriveExecution would refuse
 */
async function whyNotRedrivable(client: SFNClient, executionArn: string): Promise<'redriven' | 'not-redrivable'> {
  const { status = 'RUNNING', redriveStatus } = await client.send(new DescribeExecutionCommand({ executionArn }));
  if (['RUNNING', 'PENDING_REDRIVE'].includes(status)) return 'redriven';
  if (redriveStatus !== 'REDRIVABLE') return 'not-redrivable';
  throw new TransientError('AWS does not redrive an execution and says that it could: one of its answers is behind.');
}

/** Stops executions in AWS Step Functions. */
export function stepFunctionsStopper(settings: AwsSettings): WorkflowStopper {
  const client = new SFNClient(ownClientSettings(settings));
  return {
    stop: (executionArn, why) =>
      calling(`stop the execution ${executionArn}`, async () => {
        const { stopDate } = await stopExecution(client, { executionArn, ...why });
        if (stopDate === undefined) throw new Error('Step Functions has not said when it stopped the execution.');
        return stopDate;
      }),
  };
}

/**
 * AWS does not say how it answers for an execution that has ended; where it refuses, that one's end counts.
 *
 * @evidence assumed step-functions/apireference/API_StopExecution: ValidationException for an execution that has ended
 *   (decided by: such a call on AWS)
 */
async function stopExecution(
  client: SFNClient,
  input: StopExecutionCommandInput & { readonly executionArn: string },
): Promise<{ readonly stopDate?: Date | undefined }> {
  try {
    return await client.send(new StopExecutionCommand(input));
  } catch (error) {
    if (!(error instanceof ValidationException)) throw error;
    const ended = await client.send(new DescribeExecutionCommand({ executionArn: input.executionArn }));
    if (ended.status === 'RUNNING') throw error;
    return ended;
  }
}
