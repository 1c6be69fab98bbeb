import type { AnswerPage, CostAnswers } from '../../../../functions/metering/domain/cost-answers';
import {
  accountId,
  amortizedUpfront,
  type Contract,
  dayText,
  endHour,
  hoursOf,
  isActive,
  type Organization,
  OTHER_SERVICES,
  otherCosts,
  recurring,
  RESERVED_SERVICES,
} from './generated-organization';
import { awsText, divided } from './units';

const HOUR = 3_600_000;
const COMPUTE = 'Amazon Elastic Compute Cloud - Compute';

/** By account and service, in units of 10^-10. */
export function costsOf(organization: Organization): ReadonlyMap<string, bigint> {
  const costs = new Map<string, bigint>();
  const add = (account: number, service: string, amount: bigint): void => {
    const key = `${accountId(account)}|${service}`;
    costs.set(key, (costs.get(key) ?? 0n) + amount);
  };
  for (let account = 0; account < organization.accounts; account += 1) {
    otherCosts(organization, account).forEach((amount, s) => {
      add(account, OTHER_SERVICES[s] ?? '', amount);
    });
  }
  for (const one of organization.contracts) {
    const fee = amortizedUpfront(one, organization.month) + recurring(one, organization.month);
    const used = one.user === null ? 0n : divided(fee * BigInt(one.usedPercent), 100n);
    if (one.user !== null) add(one.user, COMPUTE, used);
    add(one.buyer, one.kind === 'SAVINGS_PLAN' ? 'Savings Plans for AWS Compute usage' : one.service, fee - used);
  }
  return costs;
}

/** What Cost Explorer says about the month: pages of a size, in no order. */
export const answersOf = (organization: Organization): CostAnswers => ({
  costAndUsage: costAnswers(organization),
  reservationUtilization: reservationAnswers(organization),
  savingsPlansUtilizationDetails: planAnswers(organization),
});

export const costAnswers = (organization: Organization): readonly AnswerPage[] =>
  turned(organization, costPages(organization));

/** @param only the service that is asked for; absent: all */
export function reservationAnswers(organization: Organization, only?: string): readonly AnswerPage[] {
  const running = runningIn(organization);
  const asked = RESERVED_SERVICES.filter((service) => service === (only ?? service));
  return turned(
    organization,
    asked.flatMap((service) => reservationPages(organization, service, running)),
  );
}

export function planAnswers(organization: Organization): readonly AnswerPage[] {
  const running = runningIn(organization).filter(({ kind }) => kind === 'SAVINGS_PLAN');
  const plans = running.map((one) => savingsPlan(organization, one));
  return turned(
    organization,
    // Without any, AWS says so; a folder may have no file.
    plans.length === 0
      ? [unavailable('plans')]
      : pages(plans, organization.pageSize).map(([SavingsPlansUtilizationDetails, NextToken], i) => ({
          name: `plans-${i}`,
          query: '',
          content: { NextToken, TimePeriod: periodOf(organization), SavingsPlansUtilizationDetails },
        })),
  );
}

const runningIn = ({ contracts, month }: Organization): readonly Contract[] =>
  contracts.filter((one) => isActive(one, month));

const periodOf = ({ month }: Organization): object => {
  const { from, to } = hoursOf(month);
  return { Start: dayText(from), End: dayText(to) };
};

const unavailable = (name: string): AnswerPage => ({
  name,
  query: name,
  content: { __type: 'com.amazonaws.ce#DataUnavailableException', message: 'no data' },
});

/** Any order, the same each time. */
const turned = ({ order }: Organization, all: readonly AnswerPage[]): readonly AnswerPage[] =>
  all
    .map((page) => ({ page, place: drawn(order, page.name) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ page }) => page);

function drawn(order: number, name: string): number {
  let hash = order | 0;
  for (let i = 0; i < name.length; i += 1) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return hash;
}

function pages(items: readonly object[], size: number): readonly (readonly [readonly object[], string | undefined])[] {
  const count = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: count }, (_, i) => [
    items.slice(i * size, (i + 1) * size),
    i + 1 < count ? `page ${i + 1}` : undefined,
  ]);
}

interface CostRow {
  readonly period: object;
  readonly group: object;
}

/** A page has as many groups as fit, of as many times as they belong to. */
function costPages(organization: Organization): readonly AnswerPage[] {
  const rows = [...costsOf(organization)].flatMap(([key, amount], i): readonly CostRow[] =>
    partsOf(organization, amount).map(([period, part], p) => ({
      period,
      group: { Keys: key.split('|'), Metrics: { AmortizedCost: { Amount: awsText(part, i + p), Unit: 'USD' } } },
    })),
  );
  return pages(rows, organization.pageSize).map(([items, NextPageToken], i) => {
    const ofPage = items as readonly CostRow[];
    const periods = Map.groupBy(ofPage, ({ period }) => JSON.stringify(period));
    const empty = [{ TimePeriod: periodOf(organization), Groups: [], Estimated: false }];
    const results = [...periods.values()].map((group) => ({
      TimePeriod: group[0]?.period,
      Groups: group.map((row) => row.group),
      Estimated: false,
    }));
    const content = { NextPageToken, ResultsByTime: results.length === 0 ? empty : results };
    return { name: `costs-${i}`, query: '', content };
  });
}

/** Of a month, or of three of its days. */
function partsOf(organization: Organization, amount: bigint): readonly (readonly [object, bigint])[] {
  if (organization.granularity === 'MONTHLY') return [[periodOf(organization), amount]];
  const { from } = hoursOf(organization.month);
  const third = amount / 3n;
  return [third, third, amount - 2n * third].map((part, day) => [
    { Start: dayText(from + day * 24), End: dayText(from + (day + 1) * 24) },
    part,
  ]);
}

function reservationPages(
  organization: Organization,
  service: string,
  running: readonly Contract[],
): readonly AnswerPage[] {
  const own = running.filter((one) => one.kind === 'RESERVED_INSTANCE' && one.service === service);
  return pages(
    own.map((one) => reservationGroup(organization, one)),
    organization.pageSize,
  ).map(([Groups, NextPageToken], i) => ({
    name: `${service}-${i}`,
    query: service,
    content: { NextPageToken, UtilizationsByTime: [{ TimePeriod: periodOf(organization), Groups }] },
  }));
}

const instant = (hour: number): string => new Date(hour * HOUR).toISOString();
const dollars = (cents: number): string => (cents / 100).toFixed(2);

const reservationGroup = ({ month }: Organization, one: Contract): object => ({
  Key: 'SUBSCRIPTION_ID',
  Value: one.id,
  Attributes: {
    accountId: accountId(one.buyer),
    startDateTime: instant(one.startHour),
    ...(one.namesEnd ? { endDateTime: instant(endHour(one)) } : {}),
    numberOfInstances: String(one.instances),
    upfrontFee: dollars(one.upfrontCents),
    subscriptionStatus: 'Active',
    leaseId: null,
  },
  Utilization: {
    AmortizedUpfrontFee: awsText(amortizedUpfront(one, month), one.startHour),
    AmortizedRecurringFee: awsText(recurring(one, month), one.startHour),
    TotalAmortizedFee: awsText(amortizedUpfront(one, month) + recurring(one, month), one.startHour),
  },
});

const savingsPlan = ({ month }: Organization, one: Contract): object => ({
  SavingsPlanArn: one.id,
  Attributes: {
    AccountId: accountId(one.buyer),
    StartDateTime: instant(one.startHour),
    EndDateTime: instant(endHour(one)),
    UpfrontFee: dollars(one.upfrontCents),
    SavingsPlansType: 'ComputeSavingsPlans',
    Status: 'active',
  },
  AmortizedCommitment: {
    AmortizedUpfrontCommitment: awsText(amortizedUpfront(one, month), one.startHour),
    AmortizedRecurringCommitment: awsText(recurring(one, month), one.startHour),
  },
});
