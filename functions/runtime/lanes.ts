import * as z from 'zod/mini';

import { ledgerLaneQueue, ledgerLaneTurns } from '../ledger/queue/lane-queue';
import type { LaneQueue, LaneTurns } from '../ports/lane-queue';
import type { TaskTokens } from '../ports/task-tokens';
import type { Host } from './host';
import type { Task } from './step-handler';

/** What functions need beside their host that let others in. */
export interface TurnEdges {
  readonly turns: TaskTokens;
}

const WaitingInputSchema = z.object({ taskToken: z.string() });

/** The token that tells Step Functions that a waiting state may go on. */
export const waitingTokenOf = (input: unknown): string => WaitingInputSchema.parse(input).taskToken;

/**
 * The queue, for one entry into a state that waits. Its input carries the token by which Step Functions is told that it
 * may go on.
 */
export function laneQueueOf(host: Host, { turns: tokens }: TurnEdges, { input, reference, run }: Task): LaneQueue {
  const token = waitingTokenOf(input);
  const { tenantUuid, replicationSequence } = reference;
  return ledgerLaneQueue(edgesOf(host, tokens), {
    tenantUuid,
    run: { replicationSequence, run: reference.run },
    runSince: run.resumedAt,
    token,
  });
}

export function laneTurnsOf(host: Host, { turns: tokens }: TurnEdges, tenantUuid: string): LaneTurns {
  return ledgerLaneTurns(edgesOf(host, tokens), tenantUuid);
}

const edgesOf = ({ ledger, now }: Host, tokens: TaskTokens): Parameters<typeof ledgerLaneTurns>[0] => ({
  ledger,
  tokens,
  now,
});
