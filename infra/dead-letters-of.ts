import type { Queue } from 'aws-cdk-lib/aws-sqs';

import type { QueuedEvents } from './constructs/queued-events';
import type { WorkQueue } from './constructs/work-queue';

/** The queues of dead letters, by the names of their alarms. */
export const deadLettersOf = (
  { desiredStates, failedExecutions }: Readonly<Record<'desiredStates' | 'failedExecutions', QueuedEvents>>,
  works: Readonly<Record<'runWatch' | 'preflights' | 'reconciliations', WorkQueue>>,
): Readonly<Record<string, Queue>> => ({
  DesiredStates: desiredStates.deadLetters,
  DesiredStatesUndelivered: desiredStates.undelivered,
  FailedExecutions: failedExecutions.deadLetters,
  FailedExecutionsUndelivered: failedExecutions.undelivered,
  RunWatch: works.runWatch.deadLetters,
  Preflights: works.preflights.deadLetters,
  Reconciliations: works.reconciliations.deadLetters,
});
