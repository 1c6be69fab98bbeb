import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

import { DEAD_LETTER_QUEUES, QUEUE_READERS } from '../../infra/dead-letter-queues';
import { physicalName } from '../../infra/names';
import { OperatorError } from '../operator-error';
import { errorMessage } from '../error-message';

/** A queue of dead letters, found. */
export interface StackQueue {
  readonly name: string;
  readonly url: string;
  /** The queues that its letters were meant for. */
  readonly sources: readonly SourceQueue[];
}

export interface SourceQueue {
  readonly url: string;
  /** The function that takes its messages, by its physical name without a prefix. */
  readonly reader: string;
  /** How often a message is given to it. */
  readonly mostReceives: number;
}

/** The one that an ARN names: a queue's URL ends with its name, as its ARN does. */
export const sourceOf = ({ sources }: StackQueue, arn: string | undefined): SourceQueue | undefined =>
  sources.find(({ url }) => url.split('/').at(-1) === arn?.split(':').at(-1));

export type StackOutputs = ReadonlyMap<string, string>;

/** @throws OperatorError where the stack is older than this command */
export function stackQueues(stackName: string, outputs: StackOutputs): readonly StackQueue[] {
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
