import { type VendingList, VendingListSchema } from '../../functions/api/responses';
import type { VendingStatus } from '../../functions/domain/vending-status';
import type { CommandSurroundings } from '../command-surroundings';
import { apiAnswer } from './api-answer';

export interface ListOptions {
  readonly json: boolean;
  readonly apiUrl: string;
  readonly status: VendingStatus | undefined;
}

/** As many as the API gives at once. */
const PAGE = '100';

/** `npm run vendings -- list`: the newest vendings, one on a line. */
export async function listVendings(
  { json, apiUrl, status }: ListOptions,
  { say, tell }: Pick<CommandSurroundings, 'say' | 'tell'>,
): Promise<number> {
  const query = { limit: PAGE, ...(status === undefined ? {} : { status }) };
  const list = await apiAnswer(apiUrl, { method: 'GET', path: '/vendings', query }, VendingListSchema);
  say(json ? `${JSON.stringify(list, null, 2)}\n` : list.vendings.map(lineOf).join(''));
  if (list.vendings.length === 0) tell('There are none.\n');
  if (list.cursor !== null)
    tell(`These are the newest ${PAGE}. GET /vendings?cursor=… (docs/api.md) leads to the others.\n`);
  return 0;
}

function lineOf({ tenantUuid, status, ...vending }: VendingList['vendings'][number]): string {
  const { statusChangedAt, replicationSequence, workspaceIdentifier, projectIdentifier, accountId } = vending;
  const project = `${workspaceIdentifier ?? '?'}.${projectIdentifier ?? '?'}`;
  const account = accountId === null ? '' : `  account ${accountId}`;
  return `${tenantUuid}  ${status.padEnd(10)}  ${statusChangedAt}  ${project}  sequence ${replicationSequence}${account}\n`;
}
