import * as z from 'zod/mini';

import { type Notification, notificationOf } from '../domain/notifications/notification';
import type { Log } from '../ports/log';
import type { BatchAnswer } from '../runtime/on-lambda';

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/**
 * Tells each event of a batch from the queue. One that cannot be told now comes again, and is a dead letter in the end;
 * it does not hold up the others.
 */
export async function eachNotification(
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
