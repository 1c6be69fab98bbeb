import type { EventPattern, IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

import type { Granted } from '../function-grants';
import type { NotifyingFunction } from '../names';
import { notificationTimes } from '../queue-times';
import { QueuedEvents } from './queued-events';
import { VendingFunction } from './vending-function';

export interface NotifiedFunctionProps {
  readonly eventBus: IEventBus;
  readonly eventPattern: EventPattern;
  readonly granted: Granted;
  readonly code: Code;
  readonly deadLetters: Queue;
  readonly encryptionKey: IKey | undefined;
}

/** A function that is told of events, by a queue: tried again for two hours, and then kept as dead letters. */
export class NotifiedFunction extends Construct {
  constructor(scope: Construct, id: NotifyingFunction, props: NotifiedFunctionProps) {
    super(scope, `Told${id}`);
    const { eventBus, eventPattern, granted, code, deadLetters, encryptionKey } = props;
    const events = new QueuedEvents(this, 'Events', {
      eventBus,
      eventPattern,
      deadLetters,
      encryptionKey,
      times: notificationTimes,
    });
    const { queueArn } = events.queue;
    const consume = new PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [queueArn],
    });
    const told = new VendingFunction(this, id, {
      row: { timeoutSeconds: 100, memoryMegabytes: 256 },
      granted: [granted, { statements: [consume] }],
      code,
      encryptionKey,
    });
    events.deliverTo(told.function);
  }
}
