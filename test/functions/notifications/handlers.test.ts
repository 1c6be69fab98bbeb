import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';

import { CHAT_TOPIC_ARN, WEBHOOK_SECRET_ARN, WEBHOOK_URL } from './deployed-notifications';
import { handler as notifyChat } from '../../../functions/notifications/chat/handler';
import { handler as callWebhook } from '../../../functions/notifications/webhook/handler';
import { busEvent } from '../../fakes/bus-events';

const batch = { Records: [{ messageId: 'm-0', body: JSON.stringify(busEvent('Account Vended')) }] };

describe('the function of a chat', () => {
  it('shows the events of a batch in its topic', async () => {
    const send = jest.spyOn(SNSClient.prototype, 'send').mockReturnValue(Promise.resolve({}) as never);
    try {
      expect(await notifyChat(batch)).toEqual({ batchItemFailures: [] });
      expect(send.mock.calls.map(([{ input }]) => input)).toEqual([
        { TopicArn: CHAT_TOPIC_ARN, Message: expect.stringContaining('Account Vended') as unknown },
      ]);
    } finally {
      send.mockRestore();
    }
  });
});

describe('the function of a webhook', () => {
  it('sends the events of a batch to its address, signed now by both secrets that are good', async () => {
    const secrets = jest
      .spyOn(SecretsManagerClient.prototype, 'send')
      .mockReturnValue(Promise.resolve({ SecretString: 'AAAA' }) as never);
    const sent: Request[] = [];
    const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation((request) => {
      sent.push(request as Request);
      return Promise.resolve(new Response());
    });
    const began = Math.floor(Date.now() / 1000);
    try {
      expect(await callWebhook(batch)).toEqual({ batchItemFailures: [] });
      expect(secrets.mock.calls.map(([{ input }]) => input)).toEqual(
        ['AWSCURRENT', 'AWSPREVIOUS'].map((VersionStage) => ({ SecretId: WEBHOOK_SECRET_ARN, VersionStage })),
      );
    } finally {
      secrets.mockRestore();
      fetched.mockRestore();
    }
    const [{ url, headers } = new Request('https://nothing.example')] = sent;
    expect([url, sent.length]).toEqual([WEBHOOK_URL, 1]);
    expect(headers.get('webhook-signature')?.split(' ')).toHaveLength(2);
    expect(Number(headers.get('webhook-timestamp'))).toBeGreaterThanOrEqual(began);
    expect(Number(headers.get('webhook-timestamp'))).toBeLessThanOrEqual(Date.now() / 1000);
  });
});
