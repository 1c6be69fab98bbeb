import * as z from 'zod/mini';

import type { BatchAnswer } from '../runtime/batch-answer';
import { settleFailure, type SettleFailurePorts } from './settle-failure';

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });
const StatusChangeSchema = z.object({ detail: z.object({ executionArn: z.string() }) });

/**
 * Writes down that executions have failed, tells the world, and lets newer desired states that wait begin. Triggered by Step Functions'
 * status-change events, which may be late or doubled: the execution is asked how it stands, and one that was redriven meanwhile is left alone.
 */
export async function recordFailures(ports: SettleFailurePorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await settleFailure(ports, StatusChangeSchema.parse(JSON.parse(body)).detail.executionArn);
    } catch (cause) {
      ports.log.error('A failed execution could not be recorded now; its event will come again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
