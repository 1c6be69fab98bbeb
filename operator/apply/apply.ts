import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { type Application, exitCodeOf, failuresIn, jsonOf, summaryOf } from './application';
import { type BrokenFile, desiredStatesIn } from './desired-states-in';
import { earlierTenants } from './earlier-tenants';
import { type GitHistory, gitHistory } from './git-history';
import { atOnce } from './at-once';
import { type JudgedRow, judgedRows } from './judged-rows';
import { markdownOf } from './markdown';
import { orderedRow, plannedRow } from './planned-row';
import { type RemovedTenant, removedTenants } from './removed-tenants';
import { tableOf } from './table';
import { type VendingCalls, vendingCalls } from './vending-calls';

export interface ApplyOptions {
  readonly folder: string;
  readonly apiUrl: string;
  /** Plans, and orders nothing. */
  readonly dryRun: boolean;
  readonly onlyChanged: boolean;
  readonly format: 'table' | 'markdown' | 'json';
}

type Context = Pick<CommandContext, 'print' | 'notify' | 'pause' | 'now'>;

/** A dry run looks at AWS for some seconds, and calls that AWS counts are shared with vendings. */
const AT_ONCE = 4;

const NOTICE_SECONDS = 5;

/**
 * `account-vending apply`: brings tenants to the desired states in a folder. All are planned; what is new or has
 * changed is ordered. A second run finds everything unchanged; one that was interrupted is simply run again.
 *
 * @returns 1: something was refused, or is older than what is known
 * @throws OperatorError where the folder cannot be read, or the API could not be asked for some row
 */
export async function apply(options: ApplyOptions, context: Context): Promise<number> {
  const { folder, apiUrl, dryRun, format } = options;
  const { rows, broken } = desiredStatesIn(folder);
  const history = gitHistory(folder);
  const judged = judgedRows(rows);
  const calls = vendingCalls(apiUrl, context);
  const planned = await appliedRows(judged, calls, history, options, context);
  const removed = await removedFrom(folder, history, judged, broken, calls);
  const application: Application = { dryRun, planned, broken, removed };
  context.print({ table: tableOf, markdown: markdownOf, json: jsonOf }[format](application));
  context.notify(`${summaryOf(application)}\n`);
  const failures = failuresIn(application);
  if (failures.length === 0) return exitCodeOf(application);
  throw new OperatorError(
    `${failures.length} of ${planned.length} could not be asked for. Run it again: nothing is done twice.`,
    undefined,
    failures,
  );
}

async function appliedRows(
  rows: readonly JudgedRow[],
  calls: VendingCalls,
  history: GitHistory | undefined,
  { dryRun, onlyChanged }: ApplyOptions,
  { notify, now }: Context,
): Promise<Application['planned']> {
  const begun = now().getTime();
  let done = 0;
  let told = begun;
  return atOnce(AT_ONCE, rows, async (row) => {
    const planned = await plannedRow(row, calls, { history, now: begun, dryRun, onlyChanged });
    const applied = dryRun ? planned : await orderedRow(planned, calls);
    done += 1;
    const at = now().getTime();
    if (at - told >= NOTICE_SECONDS * 1000) {
      told = at;
      notify(`${done} of ${rows.length} after ${Math.round((at - begun) / 1000)} s\n`);
    }
    return applied;
  });
}

/** Whether a file that cannot be read holds one of them is not known, so nothing is said then. */
async function removedFrom(
  folder: string,
  history: GitHistory | undefined,
  rows: readonly JudgedRow[],
  broken: readonly BrokenFile[],
  calls: VendingCalls,
): Promise<readonly RemovedTenant[]> {
  const isWhole = broken.length === 0 && rows.every(({ tenantUuid }) => tenantUuid !== undefined);
  if (history === undefined || !isWhole) return [];
  const present = new Set(rows.flatMap(({ tenantUuid }) => tenantUuid ?? []));
  return removedTenants(earlierTenants(folder, history, present), calls);
}
