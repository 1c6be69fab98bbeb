import type { CostFilter, MeteringConfiguration } from '../domain/configuration/metering-configuration';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import { countRequests } from '../ledger/metering/usage-months';
import { daysSoFar, dayOf } from './domain/collected-month';
import type { AnswerPage, CostAnswers } from './domain/cost-answers';
import { endOf, type Month, startOf } from './domain/month';
import type { Chargeback } from './domain/usage-report';
import { type CostReader, RESERVABLE_SERVICES } from './ports/cost-reader';

/** The costs of some months, one after the other, by one query. */
export async function askCosts(
  reader: CostReader,
  first: Month,
  last: Month,
  filter: CostFilter,
): Promise<readonly AnswerPage[]> {
  const contents = await reader.costs({ start: dayOf(startOf(first)), end: dayOf(endOf(last)) }, filter);
  return pagesOf('GetCostAndUsage', '', contents);
}

/**
 * Subscriptions of one month, as far as they are charged: who is not charged fairly needs none, and saves what asking
 * costs.
 */
export async function askSubscriptions(
  reader: CostReader,
  month: Month,
  { reservedInstanceFairChargeback, savingsPlanFairChargeback }: Chargeback,
  now: Date,
): Promise<Omit<CostAnswers, 'costAndUsage'>> {
  const days = daysSoFar(month, now);
  const reservations = days !== null && reservedInstanceFairChargeback ? await askReservations(reader, days) : [];
  const plans = days !== null && savingsPlanFairChargeback ? await reader.savingsPlans(days) : [];
  return {
    reservationUtilization: reservations,
    savingsPlansUtilizationDetails: pagesOf('GetSavingsPlansUtilizationDetails', '', plans),
  };
}

type Days = NonNullable<ReturnType<typeof daysSoFar>>;

async function askReservations(reader: CostReader, days: Days): Promise<readonly AnswerPage[]> {
  const pages: AnswerPage[] = [];
  for (const service of RESERVABLE_SERVICES) {
    const contents = await reader.reservations(days, service);
    pages.push(...pagesOf(`GetReservationUtilization-${service}`, service, contents));
  }
  return pages;
}

/** Named as the files that `usage-report` reads. */
const pagesOf = (name: string, query: string, contents: readonly unknown[]): readonly AnswerPage[] =>
  contents.map((content, i) => ({ name: `${name}-${i + 1}.json`, query, content }));

export interface CollectPorts {
  readonly reader: CostReader;
  readonly ledger: LedgerStore;
  readonly outcomes: OutcomePublisher;
  readonly log: Log;
  readonly now: () => Date;
  readonly metering: MeteringConfiguration;
}

interface Counted<Answer> {
  readonly answer: Answer;
  /** Pages that AWS charges. */
  readonly requests: number;
}

/**
 * Asks Cost Explorer, and writes down what that has cost; also where it fails on the way, since the pages until then
 * are charged all the same.
 */
export async function counted<Answer>(
  { reader, ledger }: Pick<CollectPorts, 'reader' | 'ledger'>,
  month: Month,
  ask: () => Promise<Answer>,
): Promise<Counted<Answer>> {
  const before = reader.answeredPages();
  try {
    const answer = await ask();
    return { answer, requests: reader.answeredPages() - before };
  } finally {
    await countRequests(ledger, month, reader.answeredPages() - before);
  }
}
