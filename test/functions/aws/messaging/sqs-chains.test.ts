import { createHash } from 'node:crypto';

import { sqsPassMessages, sqsRunWatch } from '../../../../functions/aws/messaging/sqs-queues';
import { type CannedAnswer, CannedRequestHandler } from '../../../fakes/canned-request-handler';

const TRACE = 'Root=1-6748f2a0-000000000000000000000001;Sampled=0;Lineage=15:a87bd80c:0';
const QUEUE = 'https://sqs.eu-central-1.amazonaws.com/000000000000/Chain';

/** The client compares what SQS says it got. */
const sent = (body: string): CannedAnswer => {
  const { MessageBody } = JSON.parse(body) as { readonly MessageBody: string };
  return { body: { MessageId: 'm', MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') } };
};

describe('a message that a function sends itself', () => {
  const before = { ...process.env };

  beforeEach(() => {
    process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'vending-WatchRuns';
    process.env['_X_AMZN_TRACE_ID'] = TRACE;
  });

  afterEach(() => {
    process.env = before;
  });

  it.each([
    [
      'a look',
      (handler: CannedRequestHandler) =>
        sqsRunWatch(handler.settings, QUEUE).watch({ tenantUuid: 't', replicationSequence: 1, looks: 15 }),
      { tenantUuid: 't', replicationSequence: 1, looks: 15 },
    ],
    [
      'a part of a pass',
      (handler: CannedRequestHandler) =>
        sqsPassMessages(handler.settings, QUEUE).send({ pass: '2026-11-25', part: 15 }, 20),
      { pass: '2026-11-25', part: 15 },
    ],
  ])('carries the lineage by which Lambda counts, and our own count: %s', async (_, send, body) => {
    const handler = new CannedRequestHandler(sent);
    await send(handler);
    expect(handler.requests).toMatchObject([{ lineage: TRACE, body: { MessageBody: JSON.stringify(body) } }]);
  });
});
