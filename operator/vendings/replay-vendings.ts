import { type Replays, ReplaysSchema } from '../../functions/api/operator-responses';
import type { CommandContext } from '../command-context';
import { tableOf } from '../screen';
import { apiAnswer } from './api-answer';
import { type ListFilters, queryOf } from './list-vendings';

export interface ReplaysOptions extends ListFilters {
  readonly json: boolean;
  readonly apiUrl: string;
  readonly dryRun: boolean;
  /** Whether a person agrees that so many are replayed. Undefined: nobody can be asked. */
  readonly agrees: ((count: number) => Promise<boolean>) | undefined;
}

/** As many as the API replays in one call. */
const PAGE = '20';

/**
 * `vendings replay --error NAME`: shows what would become of every vending that fits, asks, and replays them. A second
 * call finds those that still fit.
 *
 * @returns 1: some were not replayed
 */
export async function replayVendings(
  { json, apiUrl, dryRun, agrees, ...filters }: ReplaysOptions,
  context: Pick<CommandContext, 'print' | 'notify'>,
): Promise<number> {
  const print = (told: Told): void => {
    context.print(json ? `${JSON.stringify(told, null, 2)}\n` : textOf(told));
  };
  const preview = await toTheEnd(apiUrl, filters, true);
  const count = preview.replays.filter(canGoOn).length;
  if (count === 0) context.notify('There is nothing to replay.\n');
  if (count === 0 || dryRun || agrees === undefined) {
    print(preview);
    if (count > 0) context.notify(`Nothing was replayed.${dryRun ? '' : ' To replay them, add --yes.'}\n`);
    return 0;
  }
  if (!json) print(preview);
  if (!(await agrees(count))) {
    context.notify('Nothing was replayed.\n');
    return 0;
  }
  const replayed = await toTheEnd(apiUrl, filters, false);
  print(replayed);
  return replayed.replays.every(canGoOn) ? 0 : 1;
}

type Told = Pick<Replays, 'dryRun' | 'replays'>;

/** Page by page; those that go on leave the list, and the next page begins where this one ended. */
async function toTheEnd(apiUrl: string, filters: ListFilters, dryRun: boolean): Promise<Told> {
  const replays: Replays['replays'] = [];
  let cursor: string | null = null;
  do {
    const given: Readonly<Record<string, string>> = cursor === null ? {} : { cursor };
    const query = { dryRun: String(dryRun), limit: PAGE, ...queryOf(filters), ...given };
    const page: Replays = await apiAnswer(apiUrl, { method: 'POST', path: '/replays', query }, ReplaysSchema);
    replays.push(...page.replays);
    cursor = page.cursor;
  } while (cursor !== null);
  return { dryRun, replays };
}

const canGoOn = ({ outcome }: Replays['replays'][number]): boolean => outcome === 'redriven' || outcome === 'restarted';

const HEAD = ['tenant', 'project', 'sequence', 'error'];

function textOf({ dryRun, replays }: Told): string {
  if (replays.length === 0) return '';
  const head = [...HEAD, dryRun ? 'would be' : 'was'];
  return tableOf([head, ...replays.map(cellsOf)]);
}

function cellsOf({ tenantUuid, replicationSequence, error, outcome, detail, ...row }: Replays['replays'][number]) {
  const project = `${row.workspaceIdentifier ?? '?'}.${row.projectIdentifier ?? '?'}`;
  const told = detail === null ? outcome : `${outcome}: ${detail}`;
  return [tenantUuid, project, String(replicationSequence), error ?? '-', told];
}
