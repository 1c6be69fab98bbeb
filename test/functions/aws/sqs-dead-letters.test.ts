import { createHash } from 'node:crypto';

import { sqsDeadLetters } from '../../../functions/aws/sqs-dead-letters';
import { CannedRequestHandler } from '../../fakes/canned-request-handler';

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
