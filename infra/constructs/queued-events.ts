import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, type RuleProps } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import type { QueueTimes } from '../queue-times';
import { feed, LONGEST_RETENTION, newQueue } from './fed-queue';

export interface QueuedEventsProps {
  /** Absent: the default bus, which carries the events of AWS services. */
  readonly eventBus?: NonNullable<RuleProps['eventBus']>;
  readonly eventPattern: EventPattern;
  readonly times: QueueTimes;
  /** Receives messages that failed too often, and events that EventBridge could not put into the queue. */
  readonly deadLetters: Queue;
  readonly encryptionKey: IKey | undefined;
}

/**
 * Events of one rule, kept in a queue until a function has taken them. None is lost: each of the two hops ends at the
 * dead letters.
 */
export class QueuedEvents extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: QueuedEventsProps) {
    super(scope, id);
    const { times, encryptionKey, deadLetters } = props;
    this.queue = newQueue(this, 'Queue', encryptionKey, {
      visibilityTimeout: Duration.seconds(times.visibilitySeconds),
      retentionPeriod: LONGEST_RETENTION,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: times.mostReceives },
    });
    new Rule(this, 'Rule', {
      eventPattern: props.eventPattern,
      ...(props.eventBus === undefined ? {} : { eventBus: props.eventBus }),
      targets: [new SqsQueue(this.queue, { deadLetterQueue: deadLetters })],
    });
  }

  deliverTo(target: IFunction): void {
    feed(target, 'Events', this.queue);
  }
}
