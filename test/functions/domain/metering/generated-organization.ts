import Big from 'big.js';
import * as fc from 'fast-check';

import type { AnswerPage, CostAnswers } from '../../../../functions/domain/metering/answer-page';
import { endOf, monthOf, monthsLater, startOf } from '../../../../functions/domain/metering/month';

/*
 * Organizations with reserved instances and Savings Plans, and what they pay. Knows nothing of the code under test but its calendar: cash
 * is counted by the contract (upfront fee at the start, recurring fee by the hour), and Cost Explorer's answers are made of the same contract.
 */

export interface Contract {
  readonly id: string;
  readonly kind: 'RESERVED_INSTANCE' | 'SAVINGS_PLAN';
  readonly buyer: number;
  /** Who uses it; null: nobody, and then the fee stays with the buyer. */
  readonly user: number | null;
  readonly usedPercent: number;
  readonly start: Date;
  readonly years: 1 | 3;
  readonly upfrontCents: number;
  readonly instances: number;
  readonly feeIsPerInstance: boolean;
  readonly hourlyMicros: number;
}

export interface Organization {
  readonly accounts: number;
  readonly tenants: readonly boolean[];
  readonly contracts: readonly Contract[];
  /** Per account and month: other costs by service, credits and refunds among them. */
  readonly otherMicros: readonly (readonly number[])[];
  readonly pageSize: number;
}

const SERVICES = ['AWS Lambda', 'Amazon Simple Storage Service', 'Tax'];
const EC2 = 'Amazon Elastic Compute Cloud - Compute';
const HOUR = 3_600_000;

const accountId = (n: number): string => String(100000000001 + n);
const tenantUuid = (n: number): string => `7d0c1b1e-0000-4000-8000-${String(n).padStart(12, '0')}`;

const contract = (accounts: number): fc.Arbitrary<Omit<Contract, 'id'>> =>
  fc.record({
    kind: fc.constantFrom('RESERVED_INSTANCE', 'SAVINGS_PLAN'),
    buyer: fc.nat(accounts - 1),
    user: fc.option(fc.nat(accounts - 1)),
    usedPercent: fc.integer({ min: 0, max: 100 }),
    start: fc.integer({ min: 0, max: 365 * 24 - 1 }).map((hours) => new Date(Date.UTC(2025, 0, 1) + hours * HOUR)),
    years: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 3),
    upfrontCents: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10_000_000 })),
    instances: fc.constantFrom(1, 1, 2, 5),
    feeIsPerInstance: fc.boolean(),
    hourlyMicros: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000_000 })),
  });

export const organizations: fc.Arbitrary<Organization> = fc.integer({ min: 1, max: 4 }).chain((accounts) =>
  fc.record({
    accounts: fc.constant(accounts),
    tenants: fc.array(fc.boolean(), { minLength: accounts, maxLength: accounts }),
    contracts: fc
      .array(contract(accounts), { maxLength: 3 })
      .map((all) => all.map((one, i) => ({ ...one, id: `subscription-${i}` }))),
    otherMicros: fc.array(
      fc.array(fc.integer({ min: -2_000_000, max: 900_000_000 }), {
        minLength: SERVICES.length,
        maxLength: SERVICES.length,
      }),
      { minLength: accounts, maxLength: accounts },
    ),
    pageSize: fc.integer({ min: 1, max: 9 }),
  }),
);

export const tenantsOf = ({ tenants }: Organization): ReadonlyMap<string, string> =>
  new Map(tenants.flatMap((isOwned, n) => (isOwned ? [[accountId(n), tenantUuid(n)] as const] : [])));

const endOfTerm = ({ start, years }: Contract): Date => {
  const end = new Date(start);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end;
};

export const wholeFee = ({ upfrontCents, instances, feeIsPerInstance }: Contract): Big =>
  new Big(upfrontCents).div(100).times(feeIsPerInstance ? instances : 1);

const hoursIn = (one: Contract, month: string): number => {
  const from = Math.max(Number(startOf(month)), Number(one.start));
  const to = Math.min(Number(endOf(month)), Number(endOfTerm(one)));
  return Math.max(0, to - from) / HOUR;
};

const amortizedUpfront = (one: Contract, month: string): Big => {
  const termHours = (Number(endOfTerm(one)) - Number(one.start)) / HOUR;
  return wholeFee(one).times(hoursIn(one, month)).div(termHours).round(10);
};

const recurring = (one: Contract, month: string): Big => new Big(one.hourlyMicros).div(1e6).times(hoursIn(one, month));

export const monthsOfTerm = (one: Contract): readonly string[] =>
  Array.from({ length: 12 * one.years + 1 }, (_, i) => monthsLater(monthOf(one.start), i));

/** What leaves the bank account in a month. */
export function cashPaid(organization: Organization, month: string): Big {
  const other = organization.otherMicros.flat().map((micros) => new Big(micros).div(1e6));
  const fees = organization.contracts.flatMap((one) => [
    recurring(one, month),
    monthOf(one.start) === month ? wholeFee(one) : new Big(0),
  ]);
  return [...other, ...fees].reduce((sum, amount) => sum.plus(amount), new Big(0));
}

/** What Cost Explorer says about a month. */
export function answersOf(organization: Organization, month: string): CostAnswers {
  const reserved = organization.contracts.filter(({ kind }) => kind === 'RESERVED_INSTANCE');
  const plans = organization.contracts.filter(({ kind }) => kind === 'SAVINGS_PLAN');
  const period = { Start: `${month}-01`, End: `${monthsLater(month, 1)}-01` };
  return {
    costAndUsage: pages(costGroups(organization, month), organization.pageSize, '').map(([name, groups, token]) => ({
      name,
      query: '',
      content: { NextPageToken: token, ResultsByTime: [{ TimePeriod: period, Groups: groups, Estimated: false }] },
    })),
    reservationUtilization: pages(
      reserved.map((one) => reservationGroup(one, month)),
      organization.pageSize,
      EC2,
    ).map(([name, groups, token]) => ({
      name,
      query: EC2,
      content: { NextPageToken: token, UtilizationsByTime: [{ TimePeriod: period, Groups: groups }] },
    })),
    savingsPlansUtilizationDetails: pages(
      plans.map((one) => savingsPlan(one, month)),
      organization.pageSize,
      'plans',
    ).map(([name, details, token]) => ({
      name,
      query: '',
      content: { NextToken: token, TimePeriod: period, SavingsPlansUtilizationDetails: details },
    })),
  };
}

/** The pages in another order, of another size: nothing that may matter. */
export const shuffled = (answers: CostAnswers): CostAnswers => {
  const turned = (all: readonly AnswerPage[]): readonly AnswerPage[] => all.toReversed();
  return {
    costAndUsage: turned(answers.costAndUsage),
    reservationUtilization: turned(answers.reservationUtilization),
    savingsPlansUtilizationDetails: turned(answers.savingsPlansUtilizationDetails),
  };
};

type Page = readonly [name: string, items: readonly object[], next: string | undefined];

function pages(items: readonly object[], size: number, label: string): readonly Page[] {
  const count = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: count }, (_, i): Page => [
    `${label}-${i}`,
    items.slice(i * size, (i + 1) * size),
    i + 1 < count ? `page ${i + 1}` : undefined,
  ]);
}

function costGroups(organization: Organization, month: string): readonly object[] {
  const costs = new Map<string, Big>();
  const add = (account: number, service: string, amount: Big): void => {
    const key = `${accountId(account)}|${service}`;
    costs.set(key, (costs.get(key) ?? new Big(0)).plus(amount));
  };
  organization.otherMicros.forEach((micros, account) => {
    micros.forEach((micro, s) => {
      add(account, SERVICES[s] ?? '', new Big(micro).div(1e6));
    });
  });
  for (const one of organization.contracts) {
    const fee = amortizedUpfront(one, month).plus(recurring(one, month));
    const used = one.user === null ? new Big(0) : fee.times(one.usedPercent).div(100).round(10);
    if (one.user !== null) add(one.user, EC2, used);
    add(one.buyer, EC2, fee.minus(used));
  }
  return [...costs].map(([key, amount]) => ({
    Keys: key.split('|'),
    Metrics: { AmortizedCost: { Amount: amount.toFixed(), Unit: 'USD' } },
  }));
}

const money = (cents: number): string => new Big(cents).div(100).toFixed();

const reservationGroup = (one: Contract, month: string): object => ({
  Key: 'SUBSCRIPTION_ID',
  Value: one.id,
  Attributes: {
    accountId: accountId(one.buyer),
    startDateTime: one.start.toISOString(),
    endDateTime: endOfTerm(one).toISOString(),
    numberOfInstances: String(one.instances),
    upfrontFee: money(one.upfrontCents),
    subscriptionStatus: 'Active',
    leaseId: null,
  },
  Utilization: { AmortizedUpfrontFee: amortizedUpfront(one, month).toFixed() },
});

/** A Savings Plan has no instances. */
const savingsPlan = (one: Contract, month: string): object => ({
  SavingsPlanArn: one.id,
  Attributes: {
    AccountId: accountId(one.buyer),
    StartDateTime: one.start.toISOString(),
    EndDateTime: endOfTerm(one).toISOString(),
    UpfrontFee: wholeFee(one).toFixed(),
    SavingsPlansType: 'ComputeSavingsPlans',
    Status: 'active',
  },
  AmortizedCommitment: { AmortizedUpfrontCommitment: amortizedUpfront(one, month).toFixed() },
});
