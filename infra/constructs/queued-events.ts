import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, type RuleProps } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { acknowledge } from '../nag-acknowledgements';

export interface QueuedEventsProps {
  /** Absent: the default bus, which carries the events of AWS services. */
  readonly eventBus?: NonNullable<RuleProps['eventBus']>;
  readonly eventPattern: EventPattern;
  /** How long a message that was not taken stays hidden; at least as long as the function may run. */
  readonly visibilityTimeout: Duration;
  /** How often a message is tried before it becomes a dead letter. */
  readonly maxReceiveCount: number;
  readonly encryptionKey: IKey | undefined;
}

/** Events of one rule, kept in a queue until a function has taken them. None is lost: each of the two hops has its dead letters. */
export class QueuedEvents extends Construct {
  readonly queue: Queue;
  /** Events that the function could not take. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: QueuedEventsProps) {
    super(scope, id);
    this.deadLetters = this.#queue('DeadLetters', props, { retentionPeriod: Duration.days(14) });
    this.queue = this.#queue('Queue', props, {
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceiveCount },
    });
    // Events that EventBridge could not put into the queue.
    const undelivered = this.#queue('Undelivered', props, { retentionPeriod: Duration.days(14) });
    acknowledge(undelivered, 'deadLettersOfARule');
    new Rule(this, 'Rule', {
      eventPattern: props.eventPattern,
      ...(props.eventBus === undefined ? {} : { eventBus: props.eventBus }),
      targets: [new SqsQueue(this.queue, { deadLetterQueue: undelivered })],
    });
  }

  /** Feeds a function. It reports the messages that it could not take, so that one of them does not bring back the others. */
  deliverTo(target: IFunction): void {
    target.addEventSourceMapping('Events', {
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      // A flood waits in the queue and leaves Lambda, the ledger and the API their room.
      maxConcurrency: 5,
    });
  }

  #queue(id: string, { encryptionKey }: QueuedEventsProps, props: QueueProps): Queue {
    const encryption =
      encryptionKey === undefined
        ? { encryption: QueueEncryption.SQS_MANAGED }
        : { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey };
    return new Queue(this, id, { ...props, ...encryption, enforceSSL: true });
  }
}
