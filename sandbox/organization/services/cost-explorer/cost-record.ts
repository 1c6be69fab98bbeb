import type Big from 'big.js';

/** What one account has cost on one day, by service and kind: the finest that this model of Cost Explorer knows. */
export interface CostRecord {
  /** `2026-01-31`, in UTC. */
  readonly day: string;
  readonly accountId: string;
  readonly service: string;
  readonly recordType: 'Usage' | 'DiscountedUsage' | 'SavingsPlanCoveredUsage' | 'RIFee' | 'Credit' | 'Refund' | 'Tax';
  readonly amount: Big;
}

export const DAY = 86_400_000;

export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** The days from `start` to `end`, exclusive; both are midnights. */
export const daysBetween = (start: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.ceil((end - start) / DAY)) }, (_, i) => start + i * DAY);
