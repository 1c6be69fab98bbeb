import { createHmac } from 'node:crypto';

import type { Notification } from './notification';

/** One request of the webhook, signed as standardwebhooks.com says, so that receivers verify it with a library. */
export interface WebhookRequest {
  /** JSON, whose bytes the signature is of. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The request for a notification.
 *
 * @param secrets base64, the current one first. While a secret is changed there are two, and a signature by each
 * @param now of this try: receivers refuse what was signed long ago
 * @evidence documented "github.com/standard-webhooks/standard-webhooks spec/standard-webhooks.md": HMAC-SHA256 of
 *   `id.timestamp.body`, `v1,` and base64, several with spaces between them
 */
export function webhookRequest(
  { id, type, time, data }: Notification,
  secrets: readonly string[],
  now: Date,
): WebhookRequest {
  const body = JSON.stringify({ type, timestamp: time, data });
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signatures = secrets.map((secret) => signature(secret, `${id}.${timestamp}.${body}`));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'account-vending',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
    },
  };
}

const signature = (secret: string, content: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret, 'base64')).update(content).digest('base64')}`;
