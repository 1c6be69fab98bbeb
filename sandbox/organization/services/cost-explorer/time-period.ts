import * as z from 'zod';

import { ServiceError } from '../../service-error';

const DateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Start and end dates must be in the format yyyy-MM-dd.');

export const TimePeriodSchema = z.object({ Start: DateSchema, End: DateSchema });

export interface Period {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Cost Explorer keeps the current month and 13 before it. */
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
    // @evidence documented "botocore ce.DateInterval Start": ValidationException, "a validation error", for a start
    //   after the current date
    throw invalid('Start date must not be after the current date.');
  }
  const today = new Date(now);
  if (period.start < Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - KEPT_MONTHS, 1)) {
    // @evidence reported "cost-management/latest/userguide/ce-api-best-practices, github
    //   redhat-performance/cloud-governance#1011": 13 months of history and the current month; for what is before,
    //   ValidationException
    throw invalid("You haven't enabled historical data beyond 14 months");
  }
  return period;
}

export const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);
