import type { DeadLetterQueue as FoundQueue } from '../functions/domain/fleet/dead-letter';
import type { FunctionName } from './names';
import { queueTimes } from './queue-times';

/**
 * Where an operator finds letters, and where they are to go. The queues' names themselves are CloudFormation's; the
 * stack tells them.
 */
export interface DeadLetterQueue {
  /** The name in its alarm and in its section of docs/operation.md, behind `dead-letters-`. */
  readonly name: string;
  /** The stack's output with its URL. */
  readonly output: string;
  /**
   * The outputs with the URLs of the queues that its letters were meant for. If there are several, each letter names
   * its queue.
   */
  readonly sourceOutputs: readonly string[];
}

/** Every queue of dead letters: what others send us, and what we do among ourselves. */
export const DEAD_LETTER_QUEUES = [
  { name: 'desired-states', output: 'UnreadableEventsQueueUrl', sourceOutputs: ['DesiredStatesQueueUrl'] },
  {
    name: 'work',
    output: 'WorkDeadLettersQueueUrl',
    sourceOutputs: [
      'FailedExecutionsQueueUrl',
      'RunWatchQueueUrl',
      'ReconciliationsQueueUrl',
      'PreflightsQueueUrl',
      'AdoptionsQueueUrl',
      'RolloutsQueueUrl',
    ],
  },
] as const satisfies readonly DeadLetterQueue[];

/** By the output with its URL: who takes what is in a queue, and how often each message is given to it. */
export const QUEUE_READERS = {
  DesiredStatesQueueUrl: { function: 'Intake', mostReceives: queueTimes.DesiredStates.mostReceives },
  FailedExecutionsQueueUrl: { function: 'RecordFailure', mostReceives: queueTimes.FailedExecutions.mostReceives },
  RunWatchQueueUrl: { function: 'WatchRuns', mostReceives: queueTimes.RunWatch.mostReceives },
  ReconciliationsQueueUrl: { function: 'ReconcileTenants', mostReceives: queueTimes.Reconciliations.mostReceives },
  RolloutsQueueUrl: { function: 'RollOut', mostReceives: queueTimes.Rollouts.mostReceives },
  AdoptionsQueueUrl: { function: 'AdoptAccounts', mostReceives: queueTimes.Adoptions.mostReceives },
  PreflightsQueueUrl: { function: 'RunPreflight', mostReceives: queueTimes.Preflights.mostReceives },
} as const satisfies Readonly<
  Record<
    (typeof DEAD_LETTER_QUEUES)[number]['sourceOutputs'][number],
    { readonly function: FunctionName; readonly mostReceives: number }
  >
>;

/** The same as a function reaches it. */
export interface ReachedLetters {
  readonly queues: readonly FoundQueue[];
  /** Of the queues of letters. */
  readonly arns: readonly string[];
  /** Of the queues that letters go back to. */
  readonly sourceArns: readonly string[];
}
