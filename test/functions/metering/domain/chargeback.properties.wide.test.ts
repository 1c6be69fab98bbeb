import * as fc from 'fast-check';

import { meterMonth, type Chargeback, type UsageReports } from '../../../../functions/metering/domain/usage-report';
import { cashPaid, expectedReports, plainReports } from './expected-reports';
import { answersOf, costsOf } from './generated-answers';
import {
  accountId,
  monthsOfTerm,
  type Organization,
  organizations,
  tenantUuid,
  wholeFee,
} from './generated-organization';
import { ORGANIZATIONS } from './number-of-organizations';
import { centsOf, sum, unitsOf } from './units';

const chargebackOf = (reservedInstanceFairChargeback: boolean, savingsPlanFairChargeback: boolean): Chargeback => ({
  reservedInstanceFairChargeback,
  savingsPlanFairChargeback,
});
const BOTH = chargebackOf(true, true);
const FLAGS = [BOTH, chargebackOf(true, false), chargebackOf(false, true), chargebackOf(false, false)];

const tenantsOf = ({ tenants }: Organization): ReadonlyMap<string, string> =>
  new Map(tenants.flatMap((isOwned, n) => (isOwned ? [[accountId(n), tenantUuid(n)] as const] : [])));

function metered(organization: Organization, chargeback: Chargeback): UsageReports {
  const found = meterMonth(answersOf(organization), tenantsOf(organization), chargeback);
  if (!found.ok) throw new Error(found.faults.map(({ field, message }) => `${field} ${message}`).join('\n'));
  return found.value.usage;
}

const linesOf = (usage: UsageReports, type?: string): readonly bigint[] =>
  usage.reports.flatMap(({ lineItems }) =>
    lineItems.filter((line) => type === undefined || line.type === type).map(({ amount }) => unitsOf(amount)),
  );

const runs = { numRuns: ORGANIZATIONS };

describe(`fair chargeback, in ${ORGANIZATIONS} organizations`, () => {
  it.each(FLAGS)(
    'reports what a pencil comes to, with $reservedInstanceFairChargeback and $savingsPlanFairChargeback',
    (flags) => {
      fc.assert(
        fc.property(organizations, (organization) => {
          expect(plainReports(metered(organization, flags))).toEqual(expectedReports(organization, flags));
        }),
        runs,
      );
    },
  );

  it('sums up to the invoice: the cash of the month with it, and without it what AWS has amortized', () => {
    fc.assert(
      fc.property(organizations, (organization) => {
        const fair = metered(organization, BOTH);
        const amortized = metered(organization, chargebackOf(false, false));

        expect(sum(linesOf(fair))).toBe(unitsOf(fair.invoiceTotal));
        expect(unitsOf(fair.invoiceTotal)).toBe(cashPaid(organization));
        expect(unitsOf(amortized.invoiceTotal)).toBe(sum([...costsOf(organization).values()]));
      }),
      runs,
    );
  });

  it('gives the same reports from pages of any size, in any order, by months or days, and again', () => {
    fc.assert(
      fc.property(organizations, fc.integer({ min: 1, max: 50 }), fc.nat(), (organization, pageSize, order) => {
        const other = { ...organization, pageSize, order, granularity: 'DAILY' } as const;

        expect(metered(other, BOTH)).toEqual(metered(organization, BOTH));
        expect(metered(organization, BOTH)).toEqual(metered(organization, BOTH));
      }),
      runs,
    );
  });

  it('gives back over the term what was charged at its start, to the cent, and charges the cash of the term', () => {
    fc.assert(
      fc.property(
        organizations.filter(({ contracts }) => contracts.length > 0),
        (organization) => {
          const contracts = organization.contracts.slice(0, 1);
          const [contract] = contracts;
          if (contract === undefined) return;
          // Other costs are the other properties' business, and 10,000 terms are 200,000 months.
          const alone = {
            ...organization,
            contracts,
            accounts: organization.accounts,
            other: [[47_110_000n]],
            pageSize: 50,
          };
          const months = monthsOfTerm(contract).map((month) => ({ ...alone, month }));
          const reports = months.map((month) => metered(month, BOTH));
          const allOf = (type: string): bigint => sum(reports.flatMap((usage) => linesOf(usage, type)));

          expect(allOf('UPFRONT_FEE')).toBe(wholeFee(contract));
          expect(centsOf(-allOf('AMORTIZED_UPFRONT_DISCOUNT'))).toBe(centsOf(wholeFee(contract)));
          expect(sum(reports.map(({ invoiceTotal }) => unitsOf(invoiceTotal)))).toBe(sum(months.map(cashPaid)));
        },
      ),
      runs,
    );
  });
});
