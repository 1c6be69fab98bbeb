import * as z from 'zod/mini';

import { chatMessage } from '../domain/notifications/chat-message';
import { type Notification, notificationOf } from '../domain/notifications/notification';
import { webhookRequest } from '../domain/notifications/webhook-request';
import type { Log } from '../ports/log';
import type { ChatRoom, Webhook } from '../ports/notifications';
import type { BatchAnswer } from '../runtime/on-lambda';

export interface NotifyChatPorts {
  readonly room: ChatRoom;
  readonly log: Log;
}

/** Shows events of the bus where people chat. A second run shows them once more. */
export const notifyChat = ({ room, log }: NotifyChatPorts, input: unknown): Promise<BatchAnswer> =>
  eachNotification(log, input, (notification) => room.show(chatMessage(notification)));

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

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/**
 * Tells each event of a batch from the queue. One that cannot be told now comes again, and is a dead letter in the end;
 * it does not hold up the others.
 */
async function eachNotification(
  log: Log,
  input: unknown,
  tell: (notification: Notification) => Promise<void>,
): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await tell(notificationOf(JSON.parse(body)));
    } catch (cause) {
      log.error('A notification could not be sent now; it will come again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
