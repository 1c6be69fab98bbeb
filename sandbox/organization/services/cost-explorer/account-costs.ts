import type { Account } from '../../organization-state';
import { type CostRecord, DAY, daysBetween } from './cost-record';
import { costsOfDay } from './plant-usage';

/** What an account uses, day by day; the same whenever it is asked for, but for corrections that come late. */
export function accountCosts(account: Account, start: number, end: number, now: number): readonly CostRecord[] {
  const from = Math.max(start, account.joinedMethod === 'INVITED' ? start : midnight(account.joinedAt));
  const until = Math.min(end, account.closedAt ?? end, now);
  return daysBetween(from, until).flatMap((at) => costsOfDay(account, at, now));
}

const midnight = (at: number): number => at - (at % DAY);
