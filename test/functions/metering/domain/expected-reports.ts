import { costsOf } from './generated-answers';
import {
  accountId,
  amortizedUpfront,
  type Contract,
  isActive,
  monthAt,
  monthText,
  type Organization,
  tenantUuid,
  otherCosts,
  recurring,
  wholeFee,
} from './generated-organization';
import type { Chargeback, UsageReports } from '../../../../functions/metering/domain/usage-report';
import { centsOf, sum, unitsOf } from './units';

/** Reports as text that can be compared: lines in an order of their own, amounts as whole numbers. */
export interface PlainReports {
  readonly month: string;
  readonly currency: string;
  readonly invoiceTotal: bigint;
  readonly reports: readonly string[];
}

/** Counted from the contracts alone, account by account, as one would with a pencil. */
export function expectedReports(organization: Organization, chargeback: Chargeback): PlainReports {
  const perAccount = Array.from({ length: organization.accounts }, (_, account) => [
    ...usageLines(organization, account),
    ...organization.contracts
      .filter((one) => one.buyer === account)
      .flatMap((one) => linesOf(organization, one, chargeback)),
  ]);
  return {
    month: monthText(organization.month),
    currency: 'USD',
    invoiceTotal: sum(perAccount.flat().map(([, amount]) => amount)),
    reports: perAccount.map((lines, account) =>
      plainReport(organization.tenants[account] === true ? tenantUuid(account) : null, accountId(account), lines),
    ),
  };
}

type PlainLine = readonly [what: string, amount: bigint];

const usageLines = (organization: Organization, account: number): readonly PlainLine[] =>
  [...costsOf(organization)].flatMap(([key, amount]) => {
    const [owner, service] = key.split('|');
    return owner === accountId(account) ? [[`USAGE ${service} null`, amount] as const] : [];
  });

function linesOf(organization: Organization, one: Contract, chargeback: Chargeback): readonly PlainLine[] {
  const isPlan = one.kind === 'SAVINGS_PLAN';
  const isCharged = isPlan ? chargeback.savingsPlanFairChargeback : chargeback.reservedInstanceFairChargeback;
  if (!isCharged || !isActive(one, organization.month) || wholeFee(one) === 0n) return [];
  const label = `${isPlan ? 'Savings Plans for AWS Compute usage' : one.service} ${one.id}`;
  const discount = amortizedUpfront(one, organization.month);
  return [
    ...(monthAt(one.startHour) === organization.month ? [[`UPFRONT_FEE ${label}`, wholeFee(one)] as const] : []),
    ...(discount === 0n ? [] : [[`AMORTIZED_UPFRONT_DISCOUNT ${label}`, -discount] as const]),
  ];
}

function plainReport(tenant: string | null, account: string, lines: readonly PlainLine[]): string {
  const texts = lines.map(([what, amount]) => `${what} ${amount}`).toSorted();
  return [tenant, account, ...texts, centsOf(sum(lines.map(([, amount]) => amount)))].join('\n');
}

/** What the code under test has reported. */
export const plainReports = ({ month, currency, invoiceTotal, reports }: UsageReports): PlainReports => ({
  month,
  currency,
  invoiceTotal: unitsOf(invoiceTotal),
  reports: reports.map(({ tenantUuid: tenant, accountId: account, lineItems, total }) =>
    [
      tenant,
      account,
      ...lineItems
        .map(({ type, service, subscriptionId, amount }) => `${type} ${service} ${subscriptionId} ${unitsOf(amount)}`)
        .toSorted(),
      total,
    ].join('\n'),
  ),
});

/** What leaves the bank account in the month. */
export const cashPaid = (organization: Organization): bigint =>
  sum([
    ...Array.from({ length: organization.accounts }, (_, account) => sum(otherCosts(organization, account))),
    ...organization.contracts.map(
      (one) =>
        recurring(one, organization.month) + (monthAt(one.startHour) === organization.month ? wholeFee(one) : 0n),
    ),
  ]);
