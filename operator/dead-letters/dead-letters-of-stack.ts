import type { ScreenContext } from '../command-context';
import { deadLetters, type DeadLettersOptions } from './dead-letters';
import { operatorLetterQueues } from './operator-letter-queues';
import { readStackOutputs, stackQueues } from './stack-queues';

/** Runs the command against AWS: the queues that the outputs of the stack name, with the caller's credentials. */
export async function deadLettersOf(
  stackName: string,
  options: DeadLettersOptions,
  context: ScreenContext,
): Promise<number> {
  const found = stackQueues(stackName, await readStackOutputs(stackName));
  return deadLetters(operatorLetterQueues(), found, options, context);
}
