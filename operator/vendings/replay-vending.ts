import { type VendingReplayed, VendingReplayedSchema } from '../../functions/api/responses';
import type { CommandContext } from '../command-context';
import { apiAnswer } from './api-answer';
import type { TenantOptions } from './show-vending';

/** `vendings replay`: lets a vending that has failed go on. */
export async function replayVending(
  { json, apiUrl, tenantUuid }: TenantOptions,
  { print }: Pick<CommandContext, 'print'>,
): Promise<number> {
  const path = `/vendings/${encodeURIComponent(tenantUuid)}/replay`;
  const replayed = await apiAnswer(apiUrl, { method: 'POST', path }, VendingReplayedSchema);
  print(json ? `${JSON.stringify(replayed, null, 2)}\n` : `${sentenceOf(replayed)}\n`);
  return 0;
}

function sentenceOf({ tenantUuid, replicationSequence, executionArn, status, replay }: VendingReplayed): string {
  const how = replay === 'redriven' ? 'goes on at the state that had failed' : 'begins again, with a new plan';
  return `${tenantUuid}: sequence ${replicationSequence} ${how} (${status}, ${executionArn ?? 'not begun'})`;
}
