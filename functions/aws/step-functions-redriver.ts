import { RedriveExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';

import type { WorkflowRedriver } from '../ports/workflow';
import { calling, isNotRedrivable } from './aws-error';
import type { AwsSettings } from './aws-settings';

/** Redrives executions in AWS Step Functions. */
export function stepFunctionsRedriver(settings: AwsSettings): WorkflowRedriver {
  const client = new SFNClient({ ...settings });
  return {
    redrive: (executionArn) =>
      calling(`redrive the execution ${executionArn}`, async () => {
        try {
          await client.send(new RedriveExecutionCommand({ executionArn }));
          return 'redriven';
        } catch (error) {
          if (isNotRedrivable(error)) return 'not-redrivable';
          throw error;
        }
      }),
  };
}
