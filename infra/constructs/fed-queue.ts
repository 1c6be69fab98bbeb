import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { EventSourceMappingOptions, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** As long as SQS keeps a message: time for somebody to find out that nobody reads it. */
export const LONGEST_RETENTION = Duration.days(14);

/** A queue the way all of ours are: encrypted, reached by TLS alone. */
export function newQueue(scope: Construct, id: string, encryptionKey: IKey | undefined, props: QueueProps): Queue {
  const encryption =
    encryptionKey === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey };
  return new Queue(scope, id, { ...props, ...encryption, enforceSSL: true });
}

/**
 * What nobody could take is kept for a person, for as long as SQS keeps a message. Never with a customer's key: letters
 * are also what could not be encrypted with it.
 */
export const deadLetterQueue = (scope: Construct, id: string): Queue =>
  newQueue(scope, id, undefined, { retentionPeriod: LONGEST_RETENTION });

/** How much of a queue a function gets at once. */
export type Pace = Readonly<Required<Pick<EventSourceMappingOptions, 'batchSize' | 'maxConcurrency'>>>;

/** A flood waits in the queue and leaves Lambda, the ledger and the API their room. */
const SEVERAL_AT_ONCE: Pace = { batchSize: 10, maxConcurrency: 5 };

/** The next piece of work waits until this one has ended. Two functions at once are the least that Lambda takes. */
export const PIECE_BY_PIECE: Pace = { batchSize: 1, maxConcurrency: 2 };

/**
 * Feeds a function. It reports the messages that it could not take, so that one of them does not bring back the others.
 */
export function feed(target: IFunction, mappingId: string, queue: Queue, pace: Pace = SEVERAL_AT_ONCE): void {
  target.addEventSourceMapping(mappingId, {
    eventSourceArn: queue.queueArn,
    reportBatchItemFailures: true,
    ...pace,
  });
}
