import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

import type { DeadLetterQueue } from '../../functions/domain/fleet/dead-letter';
import { DEAD_LETTER_QUEUES, QUEUE_READERS } from '../../infra/dead-letter-queues';
import { physicalName } from '../../infra/names';
import { OperatorError } from '../operator-error';
import { errorMessage } from '../error-message';

export type StackOutputs = ReadonlyMap<string, string>;

/** @throws OperatorError where the stack is older than this command */
export function stackQueues(stackName: string, outputs: StackOutputs): readonly DeadLetterQueue[] {
  const urlOf = (output: string): string => {
    const url = outputs.get(output);
    if (url !== undefined) return url;
    throw new OperatorError(
      `The stack ${stackName} has no output ${output}. Deploy it with this release, or name the right stack: --stack NAME.`,
    );
  };
  return DEAD_LETTER_QUEUES.map(({ name, output, sourceOutputs }) => ({
    name,
    url: urlOf(output),
    sources: sourceOutputs.map((source) => {
      const { function: reader, mostReceives } = QUEUE_READERS[source];
      return { url: urlOf(source), reader: physicalName(reader), mostReceives };
    }),
  }));
}

/** @throws OperatorError where there is no such stack, or nobody is let in */
export async function readStackOutputs(
  stackName: string,
  client = new CloudFormationClient({}),
): Promise<StackOutputs> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const outputs = Stacks[0]?.Outputs ?? [];
    return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (cause) {
    throw new OperatorError(
      `The outputs of the stack ${stackName} cannot be read: ${errorMessage(cause)}\nSet credentials and region of the account and the region that it is deployed to, as for the ` +
        'AWS CLI; they need the right cloudformation:DescribeStacks. Another stack is named by --stack NAME.',
    );
  }
}
