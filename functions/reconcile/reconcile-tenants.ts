import * as z from 'zod/mini';

import type { PassPart } from '../ledger/fleet/pass-progress';
import type { BatchAnswer } from '../runtime/batch-answer';
import { type ReconcilePorts, reconcilePart } from './reconcile-part';

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** What a newer release has written beside it goes on to the next part. */
const PassPartSchema = z.looseObject({ pass: z.iso.date(), part: z.int().check(z.gte(0)) });

/** What the schedule sends. EventBridge may send it twice: both name the same day, and with it the same pass. */
const ScheduledEventSchema = z.pipe(
  z.object({ source: z.literal('aws.events'), time: z.iso.datetime() }),
  z.transform(({ time }) => ({ pass: time.slice(0, 'YYYY-MM-DD'.length), part: 0 })),
);

const MessageSchema = z.union([PassPartSchema, ScheduledEventSchema]) satisfies z.ZodMiniType<PassPart>;

/** Goes on with passes. A part that fails comes again, and ends as a dead letter if it keeps failing. */
export async function reconcileTenants(ports: ReconcilePorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await reconcilePart(ports, MessageSchema.parse(JSON.parse(body)));
    } catch (cause) {
      ports.log.error('The reconciliation could not go on now; it will be tried again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
