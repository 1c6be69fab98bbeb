import { createHash } from 'node:crypto';

import {
  sqsDeadLetters,
  sqsPartMessages,
  sqsPassMessages,
  sqsPreflightRequests,
  sqsRunWatch,
} from '../../../../functions/aws/messaging/sqs-queues';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';

/** The SDK compares what SQS says it has got. */
const taken = (body: string) => {
  const { MessageBody } = JSON.parse(body) as { readonly MessageBody: string };
  return { body: { MessageId: '1', MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') } };
};

const URL = 'https://sqs.eu-central-1.amazonaws.com/111111111111/unreadable';

describe('putting away an unreadable event', () => {
  it('keeps it as it came, with what is wrong', async () => {
    const handler = new CannedRequestHandler(taken);
    const letter = { body: '{"odd":', reason: 'detail: is missing', field: 'detail' };
    await sqsDeadLetters(handler.settings, URL).send(letter);
    expect(handler.requests[0]?.body).toEqual({
      QueueUrl: URL,
      MessageBody: '{"odd":',
      MessageAttributes: {
        reason: { DataType: 'String', StringValue: 'detail: is missing' },
        field: { DataType: 'String', StringValue: 'detail' },
      },
    });
  });

  it('names a field in characters that SQS takes, whatever it is called', async () => {
    const handler = new CannedRequestHandler(taken);
    await sqsDeadLetters(handler.settings, URL).send({
      body: 'x\u0001',
      reason: 'a\u0000b\uD800c\uFFFE\n',
      field: 'tags.\u{1F331}\u0007',
    });
    expect(handler.requests[0]?.body).toMatchObject({
      MessageBody: 'x\uFFFD',
      MessageAttributes: {
        reason: { StringValue: 'a\uFFFDb\uFFFDc\uFFFD\n' },
        field: { StringValue: 'tags.\u{1F331}\uFFFD' },
      },
    });
  });

  it('cuts an event that fills a message: there would be no room for what is wrong', async () => {
    const handler = new CannedRequestHandler(taken);
    await sqsDeadLetters(handler.settings, URL).send({
      body: 'x'.repeat(1024 * 1024),
      reason: 'large',
      field: 'detail',
    });
    const sent = handler.requests[0]?.body as { MessageBody: string } | undefined;
    expect(sent?.MessageBody).toBe('x'.repeat(1024 * 1024 - 16 * 1024));
  });

  it.each([
    ['x'.repeat(1024 * 1024 - 16 * 1024), 0],
    ['x'.repeat(1024 * 1024 - 16 * 1024 + 1), 1],
    ['', -1],
  ])('keeps an event that has just room, and says something of an empty one: %#', async (body, cut) => {
    const handler = new CannedRequestHandler(taken);
    await sqsDeadLetters(handler.settings, URL).send({ body, reason: 'r', field: 'f' });
    const sent = handler.requests[0]?.body as { MessageBody: string } | undefined;
    expect(sent?.MessageBody).toHaveLength(body.length - cut);
  });

  it.each([
    { reason: '', kept: '-' },
    { reason: 'x'.repeat(1001), kept: 'x'.repeat(1000) },
    { reason: `${'x'.repeat(999)}🌱`, kept: 'x'.repeat(999) },
  ])('keeps the reason within what SQS takes: $kept.length characters', async ({ reason, kept }) => {
    const handler = new CannedRequestHandler(taken);
    await sqsDeadLetters(handler.settings, URL).send({ body: 'x', reason, field: '' });
    expect(handler.requests[0]?.body).toMatchObject({
      MessageAttributes: { reason: { StringValue: kept }, field: { StringValue: '-' } },
    });
  });
});

type Send = (handler: CannedRequestHandler) => Promise<void>;

describe('a message to a queue of the application', () => {
  const part = { id: 'r-1', part: 2 };
  const look = { tenantUuid: 't', replicationSequence: 1 };

  it.each<readonly [doing: string, body: object, delay: number | undefined, send: Send]>([
    ['have the run watched', look, 900, ({ settings }) => sqsRunWatch(settings, URL).watch(look)],
    [
      'have the reconciliation go on',
      { pass: 'p', part: 2 },
      20,
      ({ settings }) => sqsPassMessages(settings, URL).send({ pass: 'p', part: 2 }, 20),
    ],
    ['have the next part worked on', part, 30, ({ settings }) => sqsPartMessages(settings, URL).send(part, 30)],
    [
      'put the preflight into its queue',
      { id: 'p-1' },
      undefined,
      ({ settings }) => sqsPreflightRequests(settings, URL).send('p-1'),
    ],
    [
      'put the event into the dead-letter queue',
      {},
      undefined,
      ({ settings }) => sqsDeadLetters(settings, URL).send({ body: '{}', reason: 'r', field: 'f' }),
    ],
  ])('goes there in its time, and is not lost without a word: to %s', async (doing, body, DelaySeconds, send) => {
    const handler = new CannedRequestHandler(taken);
    await send(handler);
    expect(handler.requests[0]?.body).toMatchObject({ QueueUrl: URL, MessageBody: JSON.stringify(body) });
    const [asked] = handler.requests.map((request) => request.body as { readonly DelaySeconds?: number });
    expect(asked?.DelaySeconds).toBe(DelaySeconds);
    const refused = send(new CannedRequestHandler(awsError('AccessDenied')));
    await expect(refused).rejects.toThrow(`AWS refused to ${doing} (AccessDenied`);
  });
});
