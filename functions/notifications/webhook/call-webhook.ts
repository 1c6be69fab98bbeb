import { webhookRequest } from '../../domain/notifications/webhook-request';
import type { Log } from '../../ports/log';
import type { Webhook } from '../../ports/notifications';
import type { BatchAnswer } from '../../runtime/on-lambda';
import { eachNotification } from '../each-notification';

export interface CallWebhookPorts {
  readonly webhook: Webhook;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Sends events of the bus to the operator's webhook, each signed. A second run sends them once more, under the same
 * `webhook-id`.
 */
export const callWebhook = ({ webhook, now, log }: CallWebhookPorts, input: unknown): Promise<BatchAnswer> =>
  eachNotification(log, input, async (notification) => {
    await webhook.post(webhookRequest(notification, await webhook.secrets(), now()));
  });
