/** Where an operator finds letters, and where they are to go. The queues' names themselves are CloudFormation's; the stack tells them. */
export interface DeadLetterQueue {
  /** As its alarm and its section in docs/operation.md have it, behind `dead-letters-`. */
  readonly name: string;
  /** The stack's output with its URL. */
  readonly output: string;
  /** The outputs with the URLs of the queues that its letters were meant for. Where there are several, each letter tells which. */
  readonly sourceOutputs: readonly string[];
}

/** Every queue of dead letters: what others send us, and what we do among ourselves. */
export const DEAD_LETTER_QUEUES = [
  { name: 'desired-states', output: 'UnreadableEventsQueueUrl', sourceOutputs: ['DesiredStatesQueueUrl'] },
  {
    name: 'work',
    output: 'WorkDeadLettersQueueUrl',
    sourceOutputs: ['FailedExecutionsQueueUrl', 'RunWatchQueueUrl', 'ReconciliationsQueueUrl', 'PreflightsQueueUrl'],
  },
] as const satisfies readonly DeadLetterQueue[];
