import * as z from 'zod/mini';

import type { BatchAnswer } from '../runtime/batch-answer';
import { watchRun, type WatchRunsPorts } from './watch-run';

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** It goes back into the queue with fields that only a newer release knows. */
const WatchedRunSchema = z.looseObject({
  tenantUuid: z.string(),
  replicationSequence: z.number(),
  looks: z.exactOptional(z.number()),
  once: z.exactOptional(z.boolean()),
});

/**
 * Looks after the runs that messages name. A look that fails comes again, and ends as a dead letter if it keeps
 * failing.
 */
export async function watchRuns(ports: WatchRunsPorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await watchRun(ports, WatchedRunSchema.parse(JSON.parse(body)));
    } catch (cause) {
      ports.log.error('A run could not be looked at now; the look will come again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
