import { contentHash } from '../domain/canonical-json';
import { InvalidRequestError } from '../domain/errors';
import type { AnswerPage, CostAnswers } from '../domain/metering/answer-page';
import {
  type ContentReference,
  mayBeFinal,
  type UsageRecord,
  type UsageRules,
} from '../domain/metering/collected-month';
import { exactText } from '../domain/metering/decimal';
import { meterMonth } from '../domain/metering/meter-month';
import type { Month } from '../domain/metering/month';
import { readMonthlyCosts } from '../domain/metering/monthly-costs';
import { type ReportState, stateOf, type UsageDocument, usageDocument } from '../domain/metering/usage-document';
import { tenantsOfAccounts } from '../ledger/tenants-at';
import { keepContent, markCollected, readUsage, writeUsage } from '../ledger/usage-months';
import { announce } from './announce';
import { askSubscriptions } from './ask-costs';
import type { CollectPorts } from './collect-ports';
import { counted } from './counted';
import { packed } from './packed-text';
import { readDocument } from './read-document';
import { tenantDetails } from './tenant-details';

export interface CollectedMonth {
  readonly month: Month;
  readonly state: ReportState;
  readonly changed: boolean;
  readonly requests: number;
}

/** Reports that were not final are replaced, and what replaced them stays; what nothing refers to any more goes after this time. */
const OPEN_DAYS = 400;

/** Makes the reports of one month of AWS's answers, and tells the bus when they are final. */
export async function collectMonth(
  ports: CollectPorts,
  month: Month,
  costPages: readonly AnswerPage[],
  now: Date,
): Promise<CollectedMonth> {
  const collected = await reported(ports, month, costPages, now);
  await markCollected(ports.ledger, month, now);
  return collected;
}

async function reported(
  ports: CollectPorts,
  month: Month,
  costPages: readonly AnswerPage[],
  now: Date,
): Promise<CollectedMonth> {
  const before = await readUsage(ports.ledger, month);
  const costsHash = hashOfCosts(month, costPages);
  // Final, and AWS has not changed it, or was asked something else: there is nothing to do but to tell it, if that was not done.
  if (before !== undefined && isSettled(before, costsHash, ports.metering)) {
    await announce(ports, before);
    return { month, state: before.state, changed: false, requests: 0 };
  }
  const rules = rulesFor(before, ports.metering);
  const { answer, requests } = await counted(ports, month, () => askSubscriptions(ports.reader, month, rules, now));
  const answers: CostAnswers = { costAndUsage: costPages, ...answer };
  const record = await recordOf(ports, { month, before, answers, costsHash, rules }, now);
  const changed = record !== before && (await writeUsage(ports.ledger, record, before));
  // Who has written meanwhile tells of what it has written.
  if (changed || record === before) await announce(ports, record);
  return { month, state: record.state, changed, requests };
}

interface Found {
  readonly month: Month;
  readonly before: UsageRecord | undefined;
  readonly answers: CostAnswers;
  readonly costsHash: string;
  readonly rules: UsageRules;
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

/** Of this month alone: the pages tell of others, too. */
function hashOfCosts(month: Month, pages: readonly AnswerPage[]): string {
  const costs = readMonthlyCosts(pages, month);
  if (!costs.ok) throw new InvalidRequestError(costs.faults);
  const amounts = costs.value.costs.map(({ accountId, service, amount }) => [accountId, service, exactText(amount)]);
  return contentHash({ amounts, currency: costs.value.currency });
}

/** The month's record as it is to be: the one before, when it would say the same. */
async function recordOf(ports: CollectPorts, found: Found, now: Date): Promise<UsageRecord> {
  const { month, before, answers, costsHash, rules } = found;
  const { document, isFinal, estimated } = await documentOf(ports, found, now);
  const state = stateOf(document, isFinal);
  if (before?.document.hash === contentHash(document) && before.state === state && before.estimated === estimated) {
    return before;
  }
  return {
    month,
    state,
    estimated,
    generatedAt: now.toISOString(),
    finalizedAt: isFinal ? (before?.finalizedAt ?? now.toISOString()) : null,
    document: await keep(ports, month, document, isFinal ? undefined : OPEN_DAYS, now),
    answers: await keep(ports, month, answers, ports.metering.processing.deleteRawDataAfterDays, now),
    rules,
    costsHash,
    superseded: [...(before?.superseded ?? []), ...supersededBy(before, now)],
    announced: false,
  };
}

async function documentOf(
  ports: CollectPorts,
  { month, before, answers, rules }: Found,
  now: Date,
): Promise<{ readonly document: UsageDocument; readonly isFinal: boolean; readonly estimated: boolean }> {
  const { ledger } = ports;
  const tenants = await tenantsOfAccounts(ledger, accountsIn(answers, month, rules));
  const metered = meterMonth(answers, tenants, rules, month);
  if (!metered.ok) throw new InvalidRequestError(metered.faults);
  const { usage, estimated } = metered.value;
  const wasFinal = before !== undefined && before.finalizedAt !== null;
  const isFinal = wasFinal || mayBeFinal(month, estimated, now);
  const details = await tenantDetails(ledger, tenants.values(), month);
  const previous =
    before === undefined ? null : { document: await readDocument(ledger, month, before.document), wasFinal };
  return { document: usageDocument({ usage, details, isFinal, previous }), isFinal, estimated };
}

/** Those with costs, and those that have bought something. */
function accountsIn(answers: CostAnswers, month: Month, rules: UsageRules): readonly string[] {
  const metered = meterMonth(answers, new Map(), rules, month);
  if (!metered.ok) throw new InvalidRequestError(metered.faults);
  return metered.value.usage.reports.map(({ accountId }) => accountId);
}

function keep(
  { ledger }: CollectPorts,
  month: Month,
  content: object,
  days: number | undefined,
  now: Date,
): Promise<ContentReference> {
  // Counted from the first of a day, so that a second run of the same day writes nothing.
  const expiresAt = days === undefined ? undefined : Math.floor(now.getTime() / 86_400_000 + days) * 86_400;
  return keepContent(ledger, month, contentHash(content), packed(JSON.stringify(content)), expiresAt);
}

const supersededBy = (before: UsageRecord | undefined, now: Date): UsageRecord['superseded'] =>
  before === undefined || before.finalizedAt === null ? [] : [{ document: before.document, at: now.toISOString() }];
