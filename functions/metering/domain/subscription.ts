import type { Decimal } from './decimal';

/** Reserved instances or a Savings Plan, as they stood in one month. */
export interface Subscription {
  readonly kind: 'RESERVED_INSTANCE' | 'SAVINGS_PLAN';
  /** AWS's subscription id, or the ARN of a Savings Plan. */
  readonly id: string;
  /** The account that has bought it. */
  readonly accountId: string;
  readonly service: string;
  readonly startsAt: Date | null;
  /** Paid once, when the term starts; for all of its instances. */
  readonly upfrontFee: Decimal;
  /** The part of the upfront fee that AWS has spread over this month. */
  readonly amortizedUpfront: Decimal;
}
