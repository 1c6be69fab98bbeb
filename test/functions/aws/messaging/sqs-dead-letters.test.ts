import { createHash } from 'node:crypto';

import { sqsDeadLetters } from '../../../../functions/aws/messaging/sqs-queues';
import { CannedRequestHandler } from '../../../fakes/canned-request-handler';

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
