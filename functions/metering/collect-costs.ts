import * as z from 'zod/mini';

import { InvalidRequestError } from '../domain/base/errors';
import { readUsage, markCollected, writeUsage } from '../ledger/metering/usage-months';
import type { LedgerStore } from '../ports/ledger-store';
import { contentHash } from '../domain/base/json';
import type { AnswerPage, CostAnswers } from './domain/cost-answers';
import {
  collectionFaults,
  earliestCollected,
  requestCost,
  type UsageRecord,
  type UsageRules,
} from './domain/collected-month';
import { type Month, monthOf, monthsLater } from './domain/month';
import { monthsIn, readMonthlyCosts } from './domain/monthly-costs';
import { askCosts, type CollectPorts, counted, askSubscriptions } from './ask-costs';
import { exactText } from './domain/decimal';
import type { ReportState } from './domain/usage-document';
import { announce } from './usage-documents';
import { usageRecord } from './usage-record';

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

export interface CollectedMonth {
  readonly month: Month;
  readonly state: ReportState;
  readonly changed: boolean;
  readonly requests: number;
}

/** Makes the reports of one month of AWS's answers, and tells the bus when they are final. */
async function collectMonth(
  ports: CollectPorts,
  month: Month,
  costPages: readonly AnswerPage[],
  now: Date,
): Promise<CollectedMonth> {
  const collected = await reportMonth(ports, month, costPages, now);
  await markCollected(ports.ledger, month, now);
  return collected;
}

async function reportMonth(
  ports: CollectPorts,
  month: Month,
  costPages: readonly AnswerPage[],
  now: Date,
): Promise<CollectedMonth> {
  const before = await readUsage(ports.ledger, month);
  const costsHash = hashOfCosts(month, costPages);
  // Final, and AWS has not changed it, or was asked something else: there is nothing to do but to tell it, if that was
  // not done.
  if (before !== undefined && isSettled(before, costsHash, ports.metering)) {
    await announce(ports, before);
    return { month, state: before.state, changed: false, requests: 0 };
  }
  const rules = rulesFor(before, ports.metering);
  const { answer, requests } = await counted(ports, month, () => askSubscriptions(ports.reader, month, rules, now));
  const answers: CostAnswers = { costAndUsage: costPages, ...answer };
  const record = await usageRecord(ports, { month, before, answers, costsHash, rules }, now);
  const changed = record !== before && (await writeUsage(ports.ledger, record, before));
  // The function that wrote meanwhile announces its own record; one that stays as it was is open, or was announced.
  if (changed) await announce(ports, record);
  return { month, state: record.state, changed, requests };
}

const isSettled = (before: UsageRecord, costsHash: string, { filter }: UsageRules): boolean =>
  before.finalizedAt !== null && (before.costsHash === costsHash || before.rules.filter !== filter);

/** A change of the configuration is for months to come. */
const rulesFor = (before: UsageRecord | undefined, configured: UsageRules): UsageRules =>
  before !== undefined && before.finalizedAt !== null
    ? before.rules
    : {
        filter: configured.filter,
        reservedInstanceFairChargeback: configured.reservedInstanceFairChargeback,
        savingsPlanFairChargeback: configured.savingsPlanFairChargeback,
      };

/** Hashes this month alone: the pages have others, too. */
function hashOfCosts(month: Month, pages: readonly AnswerPage[]): string {
  const costs = readMonthlyCosts(pages, month);
  if (!costs.ok) throw new InvalidRequestError(costs.faults);
  const amounts = costs.value.costs.map(({ accountId, service, amount }) => [accountId, service, exactText(amount)]);
  return contentHash({ amounts, currency: costs.value.currency });
}
