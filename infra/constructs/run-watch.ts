import type { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { DEAD_LETTER_RETENTION, feed, newQueue } from './fed-queue';

export interface RunWatchProps {
  /** How long a look that failed waits for the next one; at least as long as the function may run. */
  readonly visibilityTimeout: Duration;
  readonly maxReceiveCount: number;
  readonly encryptionKey: IKey | undefined;
}

/** The queue of looks at runs, each delayed by whoever sends it: nothing ticks while no run is active. */
export class RunWatch extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { visibilityTimeout, maxReceiveCount, encryptionKey }: RunWatchProps) {
    super(scope, id);
    this.deadLetters = newQueue(this, 'DeadLetters', encryptionKey, { retentionPeriod: DEAD_LETTER_RETENTION });
    this.queue = newQueue(this, 'Queue', encryptionKey, {
      visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
  }

  deliverTo(target: IFunction): void {
    feed(target, 'Looks', this.queue);
  }
}
