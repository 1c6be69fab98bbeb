import { Webhook, WebhookVerificationError } from 'standardwebhooks';

import { notificationOf } from '../../../../functions/domain/notifications/notification';
import { webhookRequest } from '../../../../functions/domain/notifications/webhook-request';
import { busEvent } from '../../../fakes/bus-events';

const SECRET = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const notification = notificationOf(busEvent('Account Closed'));

describe('a request of the webhook', () => {
  it('is signed as anybody can check by hand', () => {
    const { body, headers } = webhookRequest(
      { id: 'e-1', type: 'T', time: '2026-11-24T10:20:30Z', data: { run: 1 } },
      [SECRET],
      new Date(1_614_265_330_900),
    );

    // Computed with Python's hmac over "e-1.1614265330." and the body.
    expect(body).toBe('{"type":"T","timestamp":"2026-11-24T10:20:30Z","data":{"run":1}}');
    expect(headers).toMatchObject({
      'webhook-id': 'e-1',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,2JbKDbxypXxWZUUsfA6bnRuuJaRP+/3rUFnQhB6IsIc=',
    });
  });

  it('is verified by the library of Standard Webhooks', () => {
    const { body, headers } = webhookRequest(notification, [SECRET], new Date());

    expect(new Webhook(`whsec_${SECRET}`).verify(body, { ...headers })).toMatchObject({ type: 'Account Closed' });
  });

  it('is refused by it with another body, another key, or a day later', () => {
    const verify = (body: string, headers: Readonly<Record<string, string>>, key = SECRET) =>
      new Webhook(key).verify(body, { ...headers });
    const { body, headers } = webhookRequest(notification, [SECRET], new Date());
    const old = webhookRequest(notification, [SECRET], new Date(Date.now() - 86_400_000));

    expect(() => verify(body.replace('CLOSED', 'ACTIVE'), headers)).toThrow(WebhookVerificationError);
    expect(() => verify(body, headers, OTHER)).toThrow(WebhookVerificationError);
    expect(() => verify(old.body, old.headers)).toThrow(WebhookVerificationError);
  });

  it('is signed by both secrets while they are changed', () => {
    const { body, headers } = webhookRequest(notification, [OTHER, SECRET], new Date());

    for (const key of [OTHER, SECRET]) {
      expect(new Webhook(key).verify(body, { ...headers })).toMatchObject({ type: 'Account Closed' });
    }
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  });
});
