import * as z from 'zod';
import { queryList, validationError } from '../query-input';

const count = (least: number): z.ZodType<number | undefined> => z.coerce.number().int().min(least).optional();
const percentage = (least: number): z.ZodType<number | undefined> =>
  z.coerce.number().int().min(least).max(100).optional();

export const operationPreferences = z.object({
  RegionConcurrencyType: z.enum(['SEQUENTIAL', 'PARALLEL']).optional(),
  RegionOrder: queryList(z.string()).optional(),
  FailureToleranceCount: count(0),
  FailureTolerancePercentage: percentage(0),
  MaxConcurrentCount: count(1),
  MaxConcurrentPercentage: percentage(1),
  ConcurrencyMode: z.enum(['STRICT_FAILURE_TOLERANCE', 'SOFT_FAILURE_TOLERANCE']).optional(),
});

type Preferences = z.infer<typeof operationPreferences>;

/** How an operation goes about its accounts in each region. */
export interface Pace {
  /** One region after the other, or all at once. */
  readonly regionsAtOnce: boolean;
  /** In so many accounts of a region it may fail before it is stopped there. */
  readonly tolerance: number;
  /** The most accounts of a region in which it is at work. */
  readonly accountsAtOnce: number;
  /** It never has more at work than may still fail, and one. */
  readonly isStrict: boolean;
}

export const CAREFUL: Pace = { regionsAtOnce: false, tolerance: 0, accountsAtOnce: 1, isStrict: true };

/**
 * @param accounts in each region
 * @evidence documented "botocore cloudformation.StackSetOperationPreferences": defaults 0 and 1; percentages are
 *   rounded down, that of accounts at once to one at least
 */
export function paceOf(preferences: Preferences | undefined, accounts: number): Pace {
  const { FailureToleranceCount, FailureTolerancePercentage, MaxConcurrentCount, MaxConcurrentPercentage } =
    preferences ?? {};
  refuseBoth('FailureTolerance', FailureToleranceCount, FailureTolerancePercentage);
  refuseBoth('MaxConcurrent', MaxConcurrentCount, MaxConcurrentPercentage);
  const shareOf = (percent = 0): number => Math.floor((accounts * percent) / 100);
  return {
    regionsAtOnce: preferences?.RegionConcurrencyType === 'PARALLEL',
    tolerance: FailureToleranceCount ?? shareOf(FailureTolerancePercentage),
    accountsAtOnce: MaxConcurrentCount ?? Math.max(1, shareOf(MaxConcurrentPercentage)),
    isStrict: preferences?.ConcurrencyMode !== 'SOFT_FAILURE_TOLERANCE',
  };
}

function refuseBoth(what: string, one: number | undefined, other: number | undefined): void {
  if (one === undefined || other === undefined) return;
  // @evidence documented "botocore cloudformation.StackSetOperationPreferences": either the count or the percentage,
  //   but not both; that the error is ValidationError is our reading
  throw validationError(`You can specify either ${what}Count or ${what}Percentage, but not both.`);
}

/** Regions in the order in which they are worked on: those of RegionOrder first. */
export function inOrder(regions: readonly string[], preferences: Preferences | undefined): readonly string[] {
  const order = [...(preferences?.RegionOrder ?? regions), ...regions];
  return [...new Set(regions)].toSorted((one, other) => order.indexOf(one) - order.indexOf(other));
}
