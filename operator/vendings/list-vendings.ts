import { type VendingList, VendingListSchema } from '../../functions/api/responses';
import type { VendingStatus } from '../../functions/domain/records/ledger-records';
import type { CommandContext } from '../command-context';
import { tableOf } from '../screen';
import { apiAnswer } from './api-answer';

export interface ListOptions extends ListFilters {
  readonly json: boolean;
  readonly apiUrl: string;
  /** To the end of the list; otherwise its first page. */
  readonly all: boolean;
}

/** As the API names them; undefined: not given. */
export interface ListFilters {
  readonly status?: VendingStatus | undefined;
  readonly account?: string | undefined;
  readonly email?: string | undefined;
  readonly workspace?: string | undefined;
  readonly project?: string | undefined;
  readonly landingZone?: string | undefined;
  readonly error?: string | undefined;
  readonly since?: Date | undefined;
}

/** As many as the API gives at once. */
const PAGE = '100';

/** `vendings list`: the newest vendings, or all, one on a line. */
export async function listVendings(
  { json, apiUrl, all, ...filters }: ListOptions,
  { print, notify }: Pick<CommandContext, 'print' | 'notify'>,
): Promise<number> {
  const list = await vendingsOf(apiUrl, filters, all);
  if (json) print(`${JSON.stringify(list, null, 2)}\n`);
  else if (list.vendings.length > 0) print(tableOf([HEAD, ...list.vendings.map(cellsOf)]));
  if (list.vendings.length === 0) notify('No vendings found.\n');
  if (list.cursor !== null) notify(`These are the newest ${PAGE}, or fewer. --all lists the others, too.\n`);
  return 0;
}

/** The first page of the list, or all of them as one. */
export async function vendingsOf(apiUrl: string, filters: ListFilters, all: boolean): Promise<VendingList> {
  const vendings: VendingList['vendings'] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: PAGE, ...queryOf(filters), ...(cursor === null ? {} : { cursor }) };
    const page: VendingList = await apiAnswer(apiUrl, { method: 'GET', path: '/vendings', query }, VendingListSchema);
    vendings.push(...page.vendings);
    cursor = page.cursor;
  } while (all && cursor !== null);
  return { vendings, cursor };
}

/** Filters as the API takes them. */
export function queryOf({ account, since, ...others }: ListFilters): Readonly<Record<string, string>> {
  const given = { ...others, accountId: account, since: since?.toISOString() };
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query[name] = value;
  return query;
}

const HEAD = ['tenant', 'status', 'since', 'project', 'sequence', 'account'];

function cellsOf({ tenantUuid, status, stoppedAt, ...vending }: VendingList['vendings'][number]): readonly string[] {
  const { statusChangedAt, replicationSequence, workspaceIdentifier, projectIdentifier, accountId } = vending;
  const project = `${workspaceIdentifier ?? '?'}.${projectIdentifier ?? '?'}`;
  const [standing, since] = stoppedAt === null ? [status, statusChangedAt] : ['STOPPED', stoppedAt];
  return [tenantUuid, standing, since, project, String(replicationSequence), accountId ?? '-'];
}
