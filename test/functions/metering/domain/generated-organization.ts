import * as fc from 'fast-check';

import { divided } from './units';

/*
 * Organizations with reserved instances and Savings Plans, and what they pay. Knows nothing of the code under test:
 * cash is counted by the contract (upfront fee at the start, recurring fee by the hour), and Cost Explorer's answers
 * are made of the same contract.
 */

export interface Contract {
  readonly id: string;
  readonly kind: 'RESERVED_INSTANCE' | 'SAVINGS_PLAN';
  readonly service: string;
  readonly buyer: number;
  /** Who uses it; null: nobody, and then the fee stays with the buyer. */
  readonly user: number | null;
  readonly usedPercent: number;
  /** Hours since 1970. */
  readonly startHour: number;
  readonly years: 1 | 3;
  readonly upfrontCents: number;
  readonly instances: number;
  readonly feeIsPerInstance: boolean;
  readonly hourlyMicros: number;
  readonly namesEnd: boolean;
}

export interface Organization {
  readonly accounts: number;
  readonly tenants: readonly boolean[];
  readonly contracts: readonly Contract[];
  /** Per account: other costs by service, credits and refunds among them; in units of 10^-10. */
  readonly other: readonly (readonly bigint[])[];
  readonly excludesTax: boolean;
  readonly granularity: 'MONTHLY' | 'DAILY';
  readonly pageSize: number;
  readonly order: number;
  /** Months since January 1970. */
  readonly month: number;
}

const HOUR = 3_600_000;
const FIRST_MONTH = (2023 - 1970) * 12;
const MONTHS = 6 * 12;

export const RESERVED_SERVICES = [
  'Amazon Elastic Compute Cloud - Compute',
  'Amazon Relational Database Service',
  'Amazon ElastiCache',
  'Amazon Redshift',
  'Amazon Elasticsearch Service',
];

export const OTHER_SERVICES = ['AWS Lambda', 'Amazon Simple Storage Service', 'Tax'];

const hourOf = (month: number): number => Date.UTC(1970, month, 1) / HOUR;

export const monthText = (month: number): string => new Date(hourOf(month) * HOUR).toISOString().slice(0, 7);

export const dayText = (hour: number): string => new Date(hour * HOUR).toISOString().slice(0, 10);

export const monthAt = (hour: number): number => {
  const date = new Date(hour * HOUR);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
};

export const hoursOf = (month: number): { readonly from: number; readonly to: number } => ({
  from: hourOf(month),
  to: hourOf(month + 1),
});

export const accountId = (n: number): string => String(100000000001 + n);
export const tenantUuid = (n: number): string => `7d0c1b1e-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The 29th of February has leap hours, too; a term that begins then ends on the 1st of March. */
const startHours = fc.oneof(
  fc.integer({ min: hourOf(FIRST_MONTH), max: hourOf(FIRST_MONTH + MONTHS) - 1 }),
  fc.constantFrom(FIRST_MONTH, FIRST_MONTH + 12, FIRST_MONTH + 24).map(hourOf),
  fc.integer({ min: 0, max: 23 }).map((hour) => Date.UTC(2024, 1, 29, hour) / HOUR),
  fc.constant(hourOf(FIRST_MONTH + 12) - 1),
);

const contract = (accounts: number): fc.Arbitrary<Omit<Contract, 'id'>> =>
  fc.record({
    kind: fc.constantFrom('RESERVED_INSTANCE', 'SAVINGS_PLAN'),
    service: fc.constantFrom(...RESERVED_SERVICES),
    buyer: fc.nat(accounts - 1),
    user: fc.option(fc.nat(accounts - 1)),
    usedPercent: fc.integer({ min: 0, max: 100 }),
    startHour: startHours,
    years: fc.constantFrom(1, 1, 3),
    // No, partial and all upfront, as it happens.
    upfrontCents: fc.oneof(fc.constant(0), fc.constantFrom(1, 120_000), fc.integer({ min: 1, max: 10_000_000 })),
    hourlyMicros: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000_000 })),
    instances: fc.constantFrom(1, 1, 2, 5, 40),
    feeIsPerInstance: fc.boolean(),
    namesEnd: fc.constantFrom(true, true, false),
  });

const otherAmounts = fc.oneof(
  fc.constantFrom(0n, 1n, -1n, 50_000_000n, -50_000_000n, 10_050_000_000n),
  fc.bigInt({ min: -20_000_000_000n, max: 9_000_000_000_000n }),
);

/** Most months are one in which something of a contract begins, ends, or is as long as no other. */
const monthFor = (contracts: readonly Contract[]): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: FIRST_MONTH, max: FIRST_MONTH + MONTHS }),
    fc.constantFrom((2024 - 1970) * 12 + 1, (2028 - 1970) * 12 + 1, (2027 - 1970) * 12 + 1),
    ...contracts.flatMap((one) => [
      fc.integer({ min: -1, max: 1 }).map((months) => monthAt(one.startHour) + months),
      fc.integer({ min: -1, max: 1 }).map((months) => monthAt(endHour(one)) + months),
    ]),
  );

export const organizations: fc.Arbitrary<Organization> = fc
  .integer({ min: 1, max: 4 })
  .chain((accounts) =>
    fc.record({
      accounts: fc.constant(accounts),
      tenants: fc.array(fc.boolean(), { minLength: accounts, maxLength: accounts }),
      contracts: fc
        .array(contract(accounts), { maxLength: 4 })
        .map((all) => all.map((one, i) => ({ ...one, id: `subscription-${i}` }))),
      other: fc.array(fc.array(otherAmounts, { minLength: OTHER_SERVICES.length, maxLength: OTHER_SERVICES.length }), {
        minLength: accounts,
        maxLength: accounts,
      }),
      excludesTax: fc.boolean(),
      granularity: fc.constantFrom('MONTHLY', 'MONTHLY', 'DAILY'),
      pageSize: fc.integer({ min: 1, max: 9 }),
      order: fc.nat(),
    }),
  )
  .chain((organization) => monthFor(organization.contracts).map((month) => ({ ...organization, month })));

export const endHour = ({ startHour, years }: Contract): number => {
  const start = new Date(startHour * HOUR);
  return start.setUTCFullYear(start.getUTCFullYear() + years) / HOUR;
};

/** A Savings Plan has no instances, and one fee. */
export const wholeFee = ({ kind, upfrontCents, instances, feeIsPerInstance }: Contract): bigint =>
  BigInt(upfrontCents) * 100_000_000n * (kind === 'RESERVED_INSTANCE' && feeIsPerInstance ? BigInt(instances) : 1n);

const activeHours = (one: Contract, month: number): bigint => {
  const { from, to } = hoursOf(month);
  return BigInt(Math.max(0, Math.min(to, endHour(one)) - Math.max(from, one.startHour)));
};

export const isActive = (one: Contract, month: number): boolean => activeHours(one, month) > 0n;

export const amortizedUpfront = (one: Contract, month: number): bigint =>
  divided(wholeFee(one) * activeHours(one, month), BigInt(endHour(one) - one.startHour));

export const recurring = (one: Contract, month: number): bigint =>
  BigInt(one.hourlyMicros) * 10_000n * activeHours(one, month);

/** One that begins on a 29th of February ends in March, so that it touches 14 months of a year. */
export const monthsOfTerm = (one: Contract): readonly number[] =>
  Array.from({ length: 12 * one.years + 2 }, (_, i) => monthAt(one.startHour) + i);

/** Of one account; without taxes where they are not asked for. */
export const otherCosts = ({ other, excludesTax }: Organization, account: number): readonly bigint[] =>
  (other[account] ?? []).slice(0, excludesTax ? -1 : undefined);
