import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import type { PartMessages, DeadLetters, PassMessages, PreflightRequests, RunWatch } from '../../ports/queues';
import { calling } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** The longest delay that SQS knows. */
const LOOK_AFTER_SECONDS = 15 * 60;

/** Has WatchRuns look in a quarter of an hour: a delayed message, and nothing that ticks. */
export function sqsRunWatch(settings: AwsSettings, queueUrl: string): RunWatch {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    watch: (watched) =>
      calling('have the run watched', async () => {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: JSON.stringify(watched),
            DelaySeconds: LOOK_AFTER_SECONDS,
          }),
        );
      }),
  };
}

/**
 * Puts the next part of a pass into the queue of ReconcileTenants: a delayed message, and nothing that ticks by day.
 */
export function sqsPassMessages(settings: AwsSettings, queueUrl: string): PassMessages {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    send: (part, DelaySeconds) =>
      calling('have the reconciliation go on', async () => {
        await client.send(
          new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(part), DelaySeconds }),
        );
      }),
  };
}

/** Puts the next part of an adoption or a rollout into the queue of the function that works on it. */
export function sqsPartMessages(settings: AwsSettings, queueUrl: string): PartMessages {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    send: (part, DelaySeconds) =>
      calling('have the next part worked on', async () => {
        await client.send(
          new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(part), DelaySeconds }),
        );
      }),
  };
}

/** Puts preflights into the queue of RunPreflight. */
export function sqsPreflightRequests(settings: AwsSettings, queueUrl: string): PreflightRequests {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    send: (id) =>
      calling('put the preflight into its queue', async () => {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ id }) }));
      }),
  };
}

/** Message attributes may not be empty, and a reason that lists every field may be long. */
const attribute = (text: string): { readonly DataType: 'String'; readonly StringValue: string } => ({
  DataType: 'String',
  // The cut may have gone through a character.
  StringValue: allowed(text.slice(0, 1000).replace(/[\uD800-\uDBFF]$/u, '')) || '-',
});

/**
 * What a message may be made of: a field may be named in anything.
 *
 * @evidence documented AWSSimpleQueueService/APIReference/API_SendMessage: #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to
 *   #xFFFD, #x10000 to #x10FFFF; others are refused
 */
const allowed = (text: string): string =>
  text.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');

/**
 * Attributes count, too, and a message that filled the queue it comes from has no room for them. A sender of so much
 * is refused for that anyway.
 *
 * @evidence documented AWSSimpleQueueService/APIReference/API_SendMessage: a message has at most 1 MiB with its
 *   attributes
 */
const MAX_BODY_BYTES = 1024 * 1024 - 16 * 1024;

/** The cut may go through a character, which becomes U+FFFD then. */
const fitting = (body: string): string =>
  Buffer.byteLength(body) <= MAX_BODY_BYTES
    ? body
    : new TextDecoder().decode(Buffer.from(body).subarray(0, MAX_BODY_BYTES));

/** Puts unreadable events into an SQS queue, with the attributes `reason` and `field`. */
export function sqsDeadLetters(settings: AwsSettings, queueUrl: string): DeadLetters {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    send: ({ body, reason, field }) =>
      calling('put the event into the dead-letter queue', async () => {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: fitting(allowed(body)) || '-',
            MessageAttributes: { reason: attribute(reason), field: attribute(field) },
          }),
        );
      }),
  };
}
