/** Where an operator finds letters, and where they are to go. The queues' names themselves are CloudFormation's; the stack tells them. */
export interface DeadLetterQueue {
  /** As its alarm and its section in docs/operation.md have it, behind `dead-letters-`. */
  readonly name: string;
  /** The stack's output with its URL. */
  readonly output: string;
  /** The output with the URL of the queue that its letters were meant for. */
  readonly sourceOutput: string;
}

/** Every queue of dead letters. */
export const DEAD_LETTER_QUEUES = [
  { name: 'desired-states', output: 'UnreadableEventsQueueUrl', sourceOutput: 'DesiredStatesQueueUrl' },
  {
    name: 'desired-states-undelivered',
    output: 'DesiredStatesUndeliveredQueueUrl',
    sourceOutput: 'DesiredStatesQueueUrl',
  },
  {
    name: 'failed-executions',
    output: 'FailedExecutionsDeadLettersQueueUrl',
    sourceOutput: 'FailedExecutionsQueueUrl',
  },
  {
    name: 'failed-executions-undelivered',
    output: 'FailedExecutionsUndeliveredQueueUrl',
    sourceOutput: 'FailedExecutionsQueueUrl',
  },
  { name: 'run-watch', output: 'RunWatchDeadLettersQueueUrl', sourceOutput: 'RunWatchQueueUrl' },
  {
    name: 'reconciliations',
    output: 'ReconciliationsDeadLettersQueueUrl',
    sourceOutput: 'ReconciliationsQueueUrl',
  },
  { name: 'preflights', output: 'PreflightsDeadLettersQueueUrl', sourceOutput: 'PreflightsQueueUrl' },
] as const satisfies readonly DeadLetterQueue[];
