import Big from 'big.js';
import * as fc from 'fast-check';

import { centsText } from '../../../../functions/domain/metering/decimal';
import { meterMonth } from '../../../../functions/domain/metering/meter-month';
import type { Chargeback, UsageReports } from '../../../../functions/domain/metering/usage-report';
import {
  answersOf,
  cashPaid,
  monthsOfTerm,
  type Organization,
  organizations,
  shuffled,
  tenantsOf,
  wholeFee,
} from './generated-organization';

const BOTH: Chargeback = { reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true };
const NEITHER: Chargeback = { reservedInstanceFairChargeback: false, savingsPlanFairChargeback: false };

const MONTHS = ['2025-01', '2025-02', '2025-07', '2025-12', '2026-01', '2026-11'];

const sum = (amounts: readonly string[]): Big => amounts.reduce((total, amount) => total.plus(amount), new Big(0));

const metered = (
  organization: Organization,
  month: string,
  chargeback: Chargeback,
  answers = answersOf(organization, month),
): UsageReports => {
  const found = meterMonth(answers, tenantsOf(organization), chargeback);
  if (!found.ok) throw new Error(found.faults.map(({ field, message }) => `${field} ${message}`).join('\n'));
  return found.value.usage;
};

const amountsOf = (usage: UsageReports): readonly string[] =>
  usage.reports.flatMap(({ lineItems }) => lineItems.map(({ amount }) => amount));

const invoiced = (organization: Organization, month: string): Big =>
  sum(
    answersOf(organization, month).costAndUsage.flatMap(({ content }) =>
      (content as CostContent).ResultsByTime.flatMap(({ Groups }) =>
        Groups.map((group) => group.Metrics.AmortizedCost.Amount),
      ),
    ),
  );

interface CostContent {
  readonly ResultsByTime: readonly {
    readonly Groups: readonly { readonly Metrics: { readonly AmortizedCost: { readonly Amount: string } } }[];
  }[];
}

describe('fair chargeback, in 10,000 organizations', () => {
  it('charges in sum what was paid in the month, and without it what AWS has amortized', () => {
    fc.assert(
      fc.property(organizations, fc.constantFrom(...MONTHS), (organization, month) => {
        const fair = metered(organization, month, BOTH);
        const amortized = metered(organization, month, NEITHER);

        expect(fair.invoiceTotal).toBe(sum(amountsOf(fair)).toFixed());
        expect(fair.invoiceTotal).toBe(cashPaid(organization, month).toFixed());
        expect(amortized.invoiceTotal).toBe(invoiced(organization, month).toFixed());
      }),
      { numRuns: 10_000 },
    );
  }, 120_000);

  it('gives the same reports from pages of any size, in any order, however often', () => {
    fc.assert(
      fc.property(
        organizations,
        fc.constantFrom(...MONTHS),
        fc.integer({ min: 1, max: 50 }),
        (organization, month, pageSize) => {
          const once = metered(organization, month, BOTH);

          const again = metered(organization, month, BOTH, shuffled(answersOf({ ...organization, pageSize }, month)));

          expect(again).toEqual(once);
        },
      ),
      { numRuns: 10_000 },
    );
  }, 120_000);

  it('gives back over the term what was charged at its start, to the cent, and charges the cash of the term', () => {
    fc.assert(
      fc.property(
        organizations.filter(({ contracts }) => contracts.length > 0),
        (organization) => {
          const [contract] = organization.contracts;
          if (contract === undefined) return;
          // Other costs are the other properties' business, and 10,000 terms are 160,000 months.
          const alone = { ...organization, contracts: [contract], otherMicros: [[4_711_000]], pageSize: 50 };
          const months = monthsOfTerm(contract);
          const reports = months.map((month) => metered(alone, month, BOTH));
          const lines = reports.flatMap(({ reports: accounts }) => accounts.flatMap(({ lineItems }) => lineItems));
          const amounts = (type: string): readonly string[] =>
            lines.filter((line) => line.type === type).map(({ amount }) => amount);

          expect(centsText(sum(amounts('UPFRONT_FEE')))).toBe(centsText(wholeFee(contract)));
          expect(centsText(sum(amounts('AMORTIZED_UPFRONT_DISCOUNT')).neg())).toBe(centsText(wholeFee(contract)));
          expect(sum(reports.map(({ invoiceTotal }) => invoiceTotal)).toFixed()).toBe(
            sum(months.map((month) => cashPaid(alone, month).toFixed())).toFixed(),
          );
        },
      ),
      { numRuns: 10_000 },
    );
  }, 240_000);
});
