import { type VendingList, VendingListSchema } from '../../functions/api/responses';
import type { VendingStatus } from '../../functions/domain/records/ledger-records';
import type { CommandContext } from '../command-context';
import { padded, widthOf } from '../screen';
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
  { print, notify }: Pick<CommandContext, 'print' | 'notify'>,
): Promise<number> {
  const query = { limit: PAGE, ...(status === undefined ? {} : { status }) };
  const list = await apiAnswer(apiUrl, { method: 'GET', path: '/vendings', query }, VendingListSchema);
  if (json) print(`${JSON.stringify(list, null, 2)}\n`);
  else if (list.vendings.length > 0) print(tableOf([HEAD, ...list.vendings.map(cellsOf)]));
  if (list.vendings.length === 0) notify('No vendings found.\n');
  if (list.cursor !== null)
    notify(`These are the newest ${PAGE}. GET /vendings?cursor=… (docs/api.md) lists the others.\n`);
  return 0;
}

const HEAD = ['tenant', 'status', 'since', 'project', 'sequence', 'account'];

function cellsOf({ tenantUuid, status, stoppedAt, ...vending }: VendingList['vendings'][number]): readonly string[] {
  const { statusChangedAt, replicationSequence, workspaceIdentifier, projectIdentifier, accountId } = vending;
  const project = `${workspaceIdentifier ?? '?'}.${projectIdentifier ?? '?'}`;
  const [standing, since] = stoppedAt === null ? [status, statusChangedAt] : ['STOPPED', stoppedAt];
  return [tenantUuid, standing, since, project, String(replicationSequence), accountId ?? '-'];
}

/** Every column as wide as what stands in it. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => widthOf(rows.map((row) => row[column] ?? '')));
  const lineOf = (row: readonly string[]): string => row.map((cell, at) => padded(cell, widths[at] ?? 0)).join('  ');
  return rows.map((row) => `${lineOf(row).trimEnd()}\n`).join('');
}
