import { accountStanding } from '../../domain/account-standing';
import { ACCOUNT_CLOSING, RECONCILIATION } from '../../domain/lanes';
import type { TenantRecord } from '../../domain/ledger-records';
import { noTurnNeeded, turnReport } from '../../domain/turn-report';
import { secondsBetween, type Step } from '../../domain/vending';
import type { AccountDirectory } from '../../ports/account-directory';
import type { LaneQueue, LaneTurns } from '../../ports/lane-queue';

export interface AwaitClosingTurnPorts {
  readonly queue: LaneQueue;
  readonly turns: LaneTurns;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
}

/** An account that AWS was asked to close and that is not closing after so long is not being closed. */
const SHOWS_AFTER_SECONDS = 15 * 60;

/**
 * Waits for a turn to ask AWS to close the account. Who has asked already needs none: CloseAccount looks, and comes back here where it has to ask
 * again. The lane may be long, so the run gives up its place among those of known accounts, which others need.
 *
 * A second run of this state keeps its place, or finds the turn that it has.
 */
export function awaitClosingTurn({ queue, turns, directory }: AwaitClosingTurnPorts): Step {
  return async ({ tenant, now }) => {
    await turns.free(RECONCILIATION);
    if (isAsked(tenant) && !tenant.turnsNeeded.includes(ACCOUNT_CLOSING.name)) {
      await queue.pass();
      return noTurnNeeded('AWS was asked to close the account already.');
    }
    // Of a request that is over, or whose answer was lost.
    if (tenant.turns[ACCOUNT_CLOSING.name]?.used === true) await turns.free(ACCOUNT_CLOSING);
    return turnReport(await queue.join(ACCOUNT_CLOSING, isOverIn(directory, now)), ACCOUNT_CLOSING.name);
  };
}

const isAsked = ({ closure }: TenantRecord): boolean => closure !== null && closure.phase !== 'failed';

const isOverIn =
  (directory: AwaitClosingTurnPorts['directory'], now: Date) =>
  async ({ account, closure }: TenantRecord): Promise<boolean> => {
    if (account === null || closure === null || closure.phase === 'failed' || closure.phase === 'closed') return true;
    const found = await directory.describeAccount(account.id);
    const standing = found === undefined ? 'closed' : accountStanding(found.state);
    if (standing === 'closing') return false;
    return standing === 'closed' || secondsBetween(closure.askedAt, now) >= SHOWS_AFTER_SECONDS;
  };
