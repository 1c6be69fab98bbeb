import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import { DESIRED_STATE_DETAIL_TYPE, REPLICATOR_SOURCE } from '../functions/domain/desired-state/desired-state-event';
import type { PlatformConfiguration } from '../functions/domain/configuration/platform-configuration';
import { deadLetterQueue, PIECE_BY_PIECE } from './constructs/fed-queue';
import { QueuedEvents } from './constructs/queued-events';
import { WorkQueue, type WorkQueueProps } from './constructs/work-queue';
import { named } from './deployment-rules';
import { DEAD_LETTER_QUEUES, QUEUE_READERS, type ReachedLetters } from './dead-letter-queues';
import type { Resources } from './function-grants';
import { type FunctionName, physicalName } from './names';
import { queueTimes } from './queue-times';

export interface VendingQueuesProps {
  readonly eventBus: EventBus;
  readonly platform: PlatformConfiguration;
  readonly stateMachineArns: readonly string[];
  readonly encryptionKey: IKey | undefined;
  readonly deadLetters: VendingDeadLetters;
}

/** DesiredStates is for what others send us, Work for what our functions send each other. */
export type VendingDeadLetters = Readonly<Record<'DesiredStates' | 'Work', Queue>>;

export interface VendingQueues {
  readonly desiredStates: QueuedEvents;
  readonly failedExecutions: QueuedEvents;
  readonly runWatch: WorkQueue;
  readonly preflights: WorkQueue;
  readonly adoptions: WorkQueue;
  readonly rollouts: WorkQueue;
  readonly reconciliations: WorkQueue;
  readonly deadLetters: VendingDeadLetters;
}

/** What queues have in common. */
type Letters = Readonly<Pick<WorkQueueProps, 'deadLetters' | 'encryptionKey'>>;

/** The last resort of every queue, and of the bus, which is made after them. */
export const vendingDeadLetters = (scope: Construct): VendingDeadLetters => ({
  DesiredStates: deadLetterQueue(scope, 'DesiredStatesDeadLetters'),
  Work: deadLetterQueue(scope, 'WorkDeadLetters'),
});

/** Every other queue of the application. */
export function vendingQueues(scope: Construct, props: VendingQueuesProps): VendingQueues {
  const { eventBus, platform, stateMachineArns, encryptionKey, deadLetters } = props;
  const letters = { deadLetters: deadLetters.DesiredStates, encryptionKey };
  const work = { deadLetters: deadLetters.Work, encryptionKey };
  return {
    desiredStates: desiredStatesQueue(scope, eventBus, letters),
    failedExecutions: failedExecutionsQueue(scope, stateMachineArns, work),
    runWatch: runWatchQueue(scope, work),
    preflights: preflightsQueue(scope, work),
    adoptions: adoptionsQueue(scope, work),
    rollouts: rolloutsQueue(scope, work),
    reconciliations: reconciliationsQueue(scope, platform, work),
    deadLetters,
  };
}

/** Gives each queue the function that reads it. */
export function deliverAll(queues: VendingQueues, functionOf: (name: FunctionName) => IFunction): void {
  queues.desiredStates.deliverTo(functionOf('Intake'));
  queues.failedExecutions.deliverTo(functionOf('RecordFailure'));
  queues.runWatch.deliverTo(functionOf('WatchRuns'));
  queues.preflights.deliverTo(functionOf('RunPreflight'), PIECE_BY_PIECE);
  queues.adoptions.deliverTo(functionOf('AdoptAccounts'), PIECE_BY_PIECE);
  queues.rollouts.deliverTo(functionOf('RollOut'), PIECE_BY_PIECE);
  queues.reconciliations.deliverTo(functionOf('ReconcileTenants'), PIECE_BY_PIECE);
}

/** Each queue of letters and of work, by the output with its URL. */
const queuesByOutput = (queues: VendingQueues) => ({
  DesiredStatesQueueUrl: queues.desiredStates.queue,
  UnreadableEventsQueueUrl: queues.deadLetters.DesiredStates,
  FailedExecutionsQueueUrl: queues.failedExecutions.queue,
  RunWatchQueueUrl: queues.runWatch.queue,
  PreflightsQueueUrl: queues.preflights.queue,
  AdoptionsQueueUrl: queues.adoptions.queue,
  RolloutsQueueUrl: queues.rollouts.queue,
  ReconciliationsQueueUrl: queues.reconciliations.queue,
  WorkDeadLettersQueueUrl: queues.deadLetters.Work,
});

/**
 * The URLs that `vendings dead-letters` reads letters from and returns them to; `dead-letter-queues.ts`
 * names the outputs.
 */
export const queueUrlsOf = (queues: VendingQueues): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(queuesByOutput(queues)).map(([output, { queueUrl }]) => [output, queueUrl]));

/** The queues as functions reach them. */
export function reachedQueues(queues: VendingQueues): Pick<Resources, QueueResource> {
  const { desiredStates, failedExecutions, runWatch, preflights, adoptions, rollouts, reconciliations, deadLetters } =
    queues;
  return {
    desiredStatesQueueArn: desiredStates.queue.queueArn,
    unreadableEventsQueue: reached(deadLetters.DesiredStates),
    failedExecutionsQueueArn: failedExecutions.queue.queueArn,
    runWatchQueue: reached(runWatch.queue),
    preflightQueue: reached(preflights.queue),
    adoptionQueue: reached(adoptions.queue),
    rolloutQueue: reached(rollouts.queue),
    reconciliationQueue: reached(reconciliations.queue),
    deadLetters: reachedLetters(queues),
  };
}

type QueueResource = Extract<keyof Resources, `${string}Queue` | `${string}QueueArn` | 'deadLetters'>;

const reached = ({ queueUrl, queueArn }: IQueue): Resources['runWatchQueue'] => ({ url: queueUrl, arn: queueArn });

/** Where letters are, and where each goes back to. */
function reachedLetters(queues: VendingQueues): ReachedLetters {
  const byOutput = queuesByOutput(queues);
  const found = DEAD_LETTER_QUEUES.map(({ name, output, sourceOutputs }) => ({
    name,
    url: byOutput[output].queueUrl,
    sources: sourceOutputs.map((source) => {
      const { function: reader, mostReceives } = QUEUE_READERS[source];
      return {
        url: byOutput[source].queueUrl,
        reader: named(queues.deadLetters.Work, physicalName(reader)),
        mostReceives,
      };
    }),
  }));
  return {
    queues: found,
    arns: DEAD_LETTER_QUEUES.map(({ output }) => byOutput[output].queueArn),
    sourceArns: DEAD_LETTER_QUEUES.flatMap(({ sourceOutputs }) =>
      sourceOutputs.map((source) => byOutput[source].queueArn),
    ),
  };
}

/**
 * The events of meshStack's replicator. Intake puts unreadable events into the same dead letters, so that there is one
 * place to check.
 */
function desiredStatesQueue(scope: Construct, eventBus: EventBus, letters: Letters): QueuedEvents {
  return new QueuedEvents(scope, 'DesiredStates', {
    eventBus,
    eventPattern: { source: [REPLICATOR_SOURCE], detailType: [DESIRED_STATE_DETAIL_TYPE] },
    times: queueTimes.DesiredStates,
    ...letters,
  });
}

/**
 * The events of Step Functions about ended executions. RecordFailure retries an event until no function of the stopped
 * execution can be running, and has the rest of half an hour for errors of AWS.
 */
function failedExecutionsQueue(scope: Construct, stateMachineArns: readonly string[], work: Letters): QueuedEvents {
  return new QueuedEvents(scope, 'FailedExecutions', {
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [...stateMachineArns],
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    },
    times: queueTimes.FailedExecutions,
    ...work,
  });
}

/**
 * Scheduled checks of runs, which find what no event has reported. Like RecordFailure, a check waits for the last
 * function of a stopped execution.
 */
function runWatchQueue(scope: Construct, work: Letters): WorkQueue {
  return new WorkQueue(scope, 'RunWatch', {
    times: queueTimes.RunWatch,
    ...work,
  });
}

/** A preflight that was killed comes back when its message is visible again, and is tried three times. */
function preflightsQueue(scope: Construct, work: Letters): WorkQueue {
  return new WorkQueue(scope, 'Preflights', {
    times: queueTimes.Preflights,
    ...work,
  });
}

/** An adoption of accounts, in parts. A part that was killed is delivered again once no function can be running it. */
function adoptionsQueue(scope: Construct, work: Letters): WorkQueue {
  return new WorkQueue(scope, 'Adoptions', {
    times: queueTimes.Adoptions,
    ...work,
  });
}

/** A rollout of a configuration, in parts, like an adoption. */
function rolloutsQueue(scope: Construct, work: Letters): WorkQueue {
  return new WorkQueue(scope, 'Rollouts', {
    times: queueTimes.Rollouts,
    ...work,
  });
}

/**
 * A reconciliation of all tenants, in parts. A part that was killed is delivered again once no function can be running
 * it.
 */
function reconciliationsQueue(
  scope: Construct,
  { nightlyReconciliation }: PlatformConfiguration,
  work: Letters,
): WorkQueue {
  const queue = new WorkQueue(scope, 'Reconciliations', {
    times: queueTimes.Reconciliations,
    ...work,
  });
  if (nightlyReconciliation.enabled) queue.startDaily(nightlyReconciliation.hour);
  return queue;
}
