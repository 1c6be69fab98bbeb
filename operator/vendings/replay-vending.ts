import { type VendingReplayed, VendingReplayedSchema } from '../../functions/api/responses';
import type { CommandSurroundings } from '../command-surroundings';
import { apiAnswer } from './api-answer';
import type { TenantOptions } from './show-vending';

/** `npm run vendings -- replay`: lets a vending that has failed go on. */
export async function replayVending(
  { json, apiUrl, tenantUuid }: TenantOptions,
  { say }: Pick<CommandSurroundings, 'say'>,
): Promise<number> {
  const path = `/vendings/${encodeURIComponent(tenantUuid)}/replay`;
  const replayed = await apiAnswer(apiUrl, { method: 'POST', path }, VendingReplayedSchema);
  say(json ? `${JSON.stringify(replayed, null, 2)}\n` : `${sentenceOf(replayed)}\n`);
  return 0;
}

function sentenceOf({ tenantUuid, replicationSequence, executionArn, status, replay }: VendingReplayed): string {
  const how = replay === 'redriven' ? 'goes on at the state that had failed' : 'begins anew, with a new plan';
  return `${tenantUuid}: sequence ${replicationSequence} ${how} (${status}, ${executionArn ?? 'not begun'})`;
}
