import * as z from 'zod';

import { ServiceError } from '../../service-error';

const DateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Start and end dates must be in the format yyyy-MM-dd.');

export const TimePeriodSchema = z.object({ Start: DateSchema, End: DateSchema });

export interface Period {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * @evidence documented cost-management/latest/userguide/ce-api-best-practices: 13 months of history, and the current
 *   month
 */
const KEPT_MONTHS = 13;

/** @throws ServiceError for a time that has not begun, is not kept any longer, or is none */
export function periodOf({ Start, End }: z.infer<typeof TimePeriodSchema>, now: number): Period {
  const period = { start: Date.parse(Start), end: Date.parse(End) };
  if (period.start >= period.end) {
    // @evidence reported "github zoph-io/instance-watcher#18": ValidationException, "Start date (and hour) should be
    //   before end date (and hour)"
    throw invalid('Start date (and hour) should be before end date (and hour)');
  }
  if (period.start > now) {
    // @evidence reported "botocore ce.DateInterval Start, github zoph-io/instance-watcher#18": botocore has "a
    //   validation error" for a start after the current date; that its name is ValidationException was seen of other
    //   periods
    throw invalid('Start date must not be after the current date.');
  }
  if (period.start < monthFrom(now, -KEPT_MONTHS)) {
    // @evidence reported "github redhat-performance/cloud-governance#1011": ValidationException of GetCostAndUsage for
    //   a start beyond the past 14 months; the words, of an account that has not enabled more, are from code that
    //   quotes them
    throw invalid("You haven't enabled historical data beyond 14 months.");
  }
  return period;
}

/** The same for costs, which are told of the current month as well. */
export function costPeriodOf(timePeriod: z.infer<typeof TimePeriodSchema>, now: number): Period {
  const period = periodOf(timePeriod, now);
  if (period.end > monthFrom(now, 1)) {
    // @evidence reported "github aws/aws-sdk-js#2732": ValidationException, "end date past the beginning of next month"
    throw invalid('end date past the beginning of next month');
  }
  return period;
}

function monthFrom(now: number, months: number): number {
  const today = new Date(now);
  return Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months, 1);
}

export const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);
