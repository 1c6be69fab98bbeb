import { accountState } from '../../domain/account/account-state';
import { ACCOUNT_CLOSING, RECONCILIATION } from '../../domain/queue/lanes';
import type { TenantRecord } from '../../domain/records/ledger-records';
import { secondsBetween, type Step } from '../../domain/run/step-context';
import type { AccountDirectory } from '../../ports/organizations';
import type { LaneQueue, LaneTurns } from '../../ports/lane-queue';
import { awaitTurn } from '../await-turn';

export interface AwaitClosingTurnPorts {
  readonly queue: LaneQueue;
  readonly turns: LaneTurns;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
}

/** An account that AWS was asked to close and that is not closing after so long is not being closed. */
const SHOWS_AFTER_SECONDS = 15 * 60;

/**
 * Waits for a turn to ask AWS to close the account. A run that has asked already needs none: CloseAccount looks, and
 * comes back here where it has to ask again. The lane may be long, so the run frees its slot among those of known
 * accounts, which others need.
 */
export const awaitClosingTurn = (ports: AwaitClosingTurnPorts): Step =>
  awaitTurn(
    ports,
    ({ tenant, now }) =>
      needsTurn(tenant)
        ? { lane: ACCOUNT_CLOSING, isOver: isOverIn(ports.directory, now) }
        : { notNeeded: 'AWS was asked to close the account already.' },
    ({ tenant }) => [
      RECONCILIATION,
      // Left over from a request that is over, or whose answer was lost.
      ...(needsTurn(tenant) && tenant.turns[ACCOUNT_CLOSING.name]?.used === true ? [ACCOUNT_CLOSING] : []),
    ],
  );

const needsTurn = ({ closure, turnsNeeded }: TenantRecord): boolean =>
  closure === null || closure.phase === 'failed' || turnsNeeded.includes(ACCOUNT_CLOSING.name);

const isOverIn =
  (directory: AwaitClosingTurnPorts['directory'], now: Date) =>
  async ({ account, closure }: TenantRecord): Promise<boolean> => {
    if (account === null || closure === null || closure.phase === 'failed' || closure.phase === 'closed') return true;
    const found = await directory.describeAccount(account.id);
    const standing = found === undefined ? 'closed' : accountState(found.state);
    if (standing === 'closing') return false;
    return standing === 'closed' || secondsBetween(closure.askedAt, now) >= SHOWS_AFTER_SECONDS;
  };
