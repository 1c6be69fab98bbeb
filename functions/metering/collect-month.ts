import { contentHash } from '../domain/base/json';
import { InvalidRequestError } from '../domain/base/errors';
import type { AnswerPage, CostAnswers } from './domain/cost-answers';
import type { UsageRecord, UsageRules } from './domain/collected-month';
import { exactText } from './domain/decimal';
import type { Month } from './domain/month';
import { readMonthlyCosts } from './domain/monthly-costs';
import type { ReportState } from './domain/usage-document';
import { markCollected, readUsage, writeUsage } from '../ledger/metering/usage-months';
import { announce } from './usage-documents';
import { askSubscriptions, type CollectPorts, counted } from './ask-costs';
import { usageRecord } from './usage-record';

export interface CollectedMonth {
  readonly month: Month;
  readonly state: ReportState;
  readonly changed: boolean;
  readonly requests: number;
}

/** Makes the reports of one month of AWS's answers, and tells the bus when they are final. */
export async function collectMonth(
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
  // The function that wrote meanwhile announces its own record.
  if (changed || record === before) await announce(ports, record);
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
