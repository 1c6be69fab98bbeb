import * as z from 'zod/mini';

import type { BatchAnswer } from '../runtime/on-lambda';
import { settleFailure, type SettleFailurePorts } from './settle-failure';

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });
/** The event also has a stopDate; which end it tells of is told by the count of redrives alone. */
const StatusChangeSchema = z.object({
  detail: z.object({ executionArn: z.string(), redriveCount: z.optional(z.number()) }),
});

/**
 * Writes down that executions have failed, tells the world, and lets newer desired states that wait begin. Triggered by
 * Step Functions' status-change events, which may be late or doubled: the execution is asked how it stands, and one
 * that was redriven meanwhile is left alone. An answer that is older than the event is not taken: the event comes
 * again.
 */
export async function recordFailures(ports: SettleFailurePorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      const { executionArn, redriveCount } = StatusChangeSchema.parse(JSON.parse(body)).detail;
      await settleFailure(ports, executionArn, redriveCount);
    } catch (cause) {
      ports.log.error('A failed execution could not be recorded now; its event will come again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
