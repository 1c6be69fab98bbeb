import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetReservationUtilizationCommand,
  GetSavingsPlansUtilizationDetailsCommand,
} from '@aws-sdk/client-cost-explorer';
import Big from 'big.js';

import { meterMonth } from '../../../functions/metering/domain/usage-report';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { SubscriptionSeed } from '../../../sandbox/organization/organization-seed';
import {
  administrator,
  AUTOMATION,
  MANAGEMENT,
  organizationUnderTest,
  type UnderTest,
} from './organization-under-test';

const OCTOBER = { Start: '2026-10-01', End: '2026-11-01' };
const REDSHIFT = 'Amazon Redshift';

const subscription = (one: Partial<SubscriptionSeed>): SubscriptionSeed => ({
  kind: 'RESERVED_INSTANCE',
  id: 'ri',
  service: one.kind === 'SAVINGS_PLAN' ? 'Savings Plans for AWS Compute usage' : REDSHIFT,
  buyerAccountId: AUTOMATION,
  user: { accountId: MANAGEMENT, percent: 30 },
  paymentOption: 'All Upfront',
  startsAt: '2026-01-01T00:00:00.000Z',
  years: 1,
  upfrontFee: '0.0',
  hourlyFee: '0.0',
  ...one,
});

const modelWith = (subscriptions: readonly SubscriptionSeed[]): UnderTest =>
  organizationUnderTest({ seed: { ...exampleOrganization(), costs: { subscriptions } } });

const clientOf = (test: UnderTest): CostExplorerClient =>
  new CostExplorerClient(test.settings(administrator(MANAGEMENT)));

async function costPages(client: CostExplorerClient): Promise<readonly object[]> {
  const pages: object[] = [];
  let NextPageToken: string | undefined;
  do {
    const page = await client.send(
      new GetCostAndUsageCommand({
        TimePeriod: OCTOBER,
        Granularity: 'MONTHLY',
        Metrics: ['AmortizedCost'],
        GroupBy: [
          { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
          { Type: 'DIMENSION', Key: 'SERVICE' },
        ],
        NextPageToken,
      }),
    );
    pages.push(page);
    ({ NextPageToken } = page);
  } while (NextPageToken !== undefined);
  return pages;
}

/** The sum of the bill by amortized cost, and with fair chargeback. */
async function invoices(test: UnderTest): Promise<{ readonly amortized: Big; readonly fair: Big }> {
  const client = clientOf(test);
  const named = (query: string, contents: readonly object[]) =>
    contents.map((content, i) => ({ name: `${query} ${i}`, query, content }));
  const reserved = new GetReservationUtilizationCommand({
    TimePeriod: OCTOBER,
    GroupBy: [{ Type: 'DIMENSION', Key: 'SUBSCRIPTION_ID' }],
    Filter: { Dimensions: { Key: 'SERVICE', Values: [REDSHIFT] } },
  });
  const orNone = (answer: Promise<object>): Promise<readonly object[]> =>
    answer.then(
      (page) => [page],
      () => [],
    );
  const answers = {
    costAndUsage: named('costs', await costPages(client)),
    reservationUtilization: named(REDSHIFT, await orNone(client.send(reserved))),
    savingsPlansUtilizationDetails: named(
      'plans',
      await orNone(client.send(new GetSavingsPlansUtilizationDetailsCommand({ TimePeriod: OCTOBER }))),
    ),
  };
  const invoice = (isFair: boolean): Big => {
    const flags = { reservedInstanceFairChargeback: isFair, savingsPlanFairChargeback: isFair };
    const metered = meterMonth(answers, new Map(), flags);
    if (!metered.ok) throw new Error(JSON.stringify(metered.faults));
    return new Big(metered.value.usage.invoiceTotal);
  };
  return { amortized: invoice(false), fair: invoice(true) };
}

/*
 * Reckoned by hand. A year of 8,760 hours, or three with a leap year among them of 26,304; October 2026 has 744 hours,
 * and 372 of them come after noon of the 16th.
 */
const YEAR_TO_NOON = { startsAt: '2025-10-16T12:00:00.000Z', years: 1 } as const;
const YEAR_FROM_NOON = { startsAt: '2026-10-16T12:00:00.000Z', years: 1 } as const;
const LEAP_TERM = { startsAt: '2024-01-01T00:00:00.000Z', years: 3 } as const;

const CASES: readonly {
  readonly what: string;
  readonly one: Partial<SubscriptionSeed>;
  readonly amortized: string;
  readonly cash: string;
}[] = [
  {
    what: 'all upfront, 8,760.00, from noon of the 16th',
    one: { ...YEAR_FROM_NOON, upfrontFee: '8760.0' },
    amortized: '372',
    cash: '8760',
  },
  {
    what: 'partial upfront, 876.00 and 0.05 an hour, until noon of the 16th',
    one: { ...YEAR_TO_NOON, paymentOption: 'Partial Upfront', upfrontFee: '876.0', hourlyFee: '0.05' },
    amortized: '55.8',
    cash: '18.6',
  },
  {
    what: 'no upfront, 0.20 an hour',
    one: { paymentOption: 'No Upfront', hourlyFee: '0.2' },
    amortized: '148.8',
    cash: '148.8',
  },
  {
    what: 'all upfront, 26,304.00 for three years with a leap day',
    one: { ...LEAP_TERM, kind: 'SAVINGS_PLAN', upfrontFee: '26304.0' },
    amortized: '744',
    cash: '0',
  },
  {
    what: 'partial upfront, 876.00 and 0.10 an hour, from noon of the 16th',
    one: {
      ...YEAR_FROM_NOON,
      kind: 'SAVINGS_PLAN',
      paymentOption: 'Partial Upfront',
      upfrontFee: '876.0',
      hourlyFee: '0.1',
    },
    amortized: '74.4',
    cash: '913.2',
  },
  {
    what: 'no upfront, 0.20 an hour, until noon of the 16th',
    one: { ...YEAR_TO_NOON, kind: 'SAVINGS_PLAN', paymentOption: 'No Upfront', hourlyFee: '0.2' },
    amortized: '74.4',
    cash: '74.4',
  },
];

describe("the model's subscriptions come into the bill of October", () => {
  it.each(CASES)('$what: $amortized amortized, $cash paid', async ({ one, amortized, cash }) => {
    const without = await invoices(modelWith([]));
    const withOne = await invoices(modelWith([subscription(one)]));

    expect(withOne.amortized.minus(without.amortized).round(2).toFixed()).toBe(amortized);
    expect(withOne.fair.minus(without.fair).toFixed()).toBe(cash);
  });

  it('all together, to the last digit', async () => {
    const without = await invoices(modelWith([]));
    const all = await invoices(modelWith(CASES.map(({ one }, i) => subscription({ ...one, id: `subscription-${i}` }))));
    const cash = CASES.reduce((sum, one) => sum.plus(one.cash), new Big(0));

    expect(all.fair.minus(without.fair).toFixed()).toBe(cash.toFixed());
  });
});
