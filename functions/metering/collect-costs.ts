import * as z from 'zod/mini';

import { InvalidRequestError } from '../domain/base/errors';
import type { AnswerPage } from './domain/cost-answers';
import { collectionFaults, earliestCollected, requestCost } from './domain/collected-month';
import { type Month, monthOf, monthsLater } from './domain/month';
import { monthsIn } from './domain/monthly-costs';
import { readUsage } from '../ledger/metering/usage-months';
import type { LedgerStore } from '../ports/ledger-store';
import { askCosts, type CollectPorts, counted } from './ask-costs';
import { type CollectedMonth, collectMonth } from './collect-month';

export interface Collection {
  readonly months: readonly CollectedMonth[];
  /** Pages that AWS charges, and what they cost in US dollars. */
  readonly requests: number;
  readonly requestCost: string;
}

/** The schedule's event names no month; a person may. */
const InputSchema = z.object({ month: z.optional(z.string()) });

/**
 * Collects the costs of this month, the last one and those before it that are still open, or of the month that is
 * named, and reports them. Triggered once a day.
 *
 * One query covers all accounts and months. A second run on the same answers changes no report; one that was killed is
 * done again, since what is reported is replaced in one write, after all that it refers to is there. Whatever goes
 * wrong leaves the reports as they were.
 *
 * @throws InvalidRequestError for a month that AWS cannot tell of; RejectedError, TransientError as AWS answers
 */
export async function collectCosts(ports: CollectPorts, input: unknown): Promise<Collection> {
  const now = ports.now();
  const months = await wantedMonths(ports.ledger, input, now);
  const [first, last] = [months[0] ?? monthOf(now), months.at(-1) ?? monthOf(now)];
  const costs = await counted(ports, last, () => askCosts(ports.reader, first, last, ports.metering.filter));
  const collected: CollectedMonth[] = [];
  for (const month of toldOf(months, costs.answer, now))
    collected.push(await collectMonth(ports, month, costs.answer, now));
  const requests = collected.reduce((sum, one) => sum + one.requests, costs.requests);
  ports.log.info('Costs are collected', {
    months: collected.map(({ month, state, changed }) => `${month} ${state}${changed ? '' : ', unchanged'}`).join('; '),
    requests,
    requestCost: requestCost(requests),
  });
  return { months: collected, requests, requestCost: requestCost(requests) };
}

async function wantedMonths(ledger: LedgerStore, input: unknown, now: Date): Promise<readonly Month[]> {
  const { month } = InputSchema.parse(input ?? {});
  if (month === undefined) return openMonths(ledger, now);
  const faults = collectionFaults('month', month, now);
  if (faults.length > 0) throw new InvalidRequestError(faults);
  return [month];
}

/**
 * This month, the last one, which may still be corrected, and what before them has not become final, because AWS or we
 * were late.
 */
async function openMonths(ledger: LedgerStore, now: Date): Promise<readonly Month[]> {
  const months = [monthsLater(monthOf(now), -1), monthOf(now)];
  for (let month = monthsLater(monthOf(now), -2); month >= earliestCollected(now); month = monthsLater(month, -1)) {
    const record = await readUsage(ledger, month);
    if (record?.finalizedAt !== null) break;
    months.unshift(month);
  }
  return months;
}

/** In its first hours AWS may know nothing of a month; the next day tells it. */
function toldOf(months: readonly Month[], pages: readonly AnswerPage[], now: Date): readonly Month[] {
  const told = monthsIn(pages);
  if (!told.ok || months.length === 1) return months;
  return months.filter((month) => month !== monthOf(now) || told.value.includes(month));
}
