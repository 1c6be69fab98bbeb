import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import type { QueueTimes } from '../queue-times';
import { feed, LONGEST_RETENTION, newQueue, type Pace } from './fed-queue';

export interface WorkQueueProps {
  readonly times: QueueTimes;
  /** Receives messages that were delivered too often. */
  readonly deadLetters: Queue;
  readonly encryptionKey: IKey | undefined;
}

/**
 * Work for a function, put into a queue by other functions, and delayed by them where it has time: nothing ticks while
 * there is none.
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly #deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { times, deadLetters, encryptionKey } = props;
    this.#deadLetters = deadLetters;
    this.queue = newQueue(this, 'Queue', encryptionKey, {
      visibilityTimeout: Duration.seconds(times.visibilitySeconds),
      retentionPeriod: LONGEST_RETENTION,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: times.mostReceives },
    });
  }

  /**
   * One more message each day, with what EventBridge says of its schedule. What it cannot put there is a dead letter as
   * well.
   *
   * @param hour in UTC
   */
  startDaily(hour: number): void {
    new Rule(this, 'Daily', {
      schedule: Schedule.cron({ hour: String(hour), minute: '0' }),
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.#deadLetters })],
    });
  }

  deliverTo(target: IFunction, pace?: Pace): void {
    feed(target, 'Work', this.queue, pace);
  }
}
