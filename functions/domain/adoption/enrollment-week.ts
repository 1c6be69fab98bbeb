import * as z from 'zod/mini';

import { AnyNumber, AnyText } from '../base/plain-schemas';

/**
 * How many accounts Control Tower enrolls in a week.
 *
 * @evidence documented controltower/userguide/region-stackset-limitations: at most 1,000 new accounts are enrolled in a
 *   week
 */
export const ENROLLMENTS_PER_WEEK = 1000;

/** How many enrollments were begun in which hour: `2026-11-28T08`. */
export const EnrollmentWeekSchema = z.object({
  hours: z.array(z.object({ hour: AnyText, enrollments: AnyNumber })),
});

type EnrollmentWeek = Readonly<z.infer<typeof EnrollmentWeekSchema>>;

const WEEK_HOURS = 7 * 24;
const HOUR_MILLISECONDS = 3_600_000;

const hourOf = (now: Date): string => now.toISOString().slice(0, 'YYYY-MM-DDTHH'.length);

const hoursLater = (hour: string, hours: number): Date =>
  new Date(Date.parse(`${hour}:00:00.000Z`) + hours * HOUR_MILLISECONDS);

/** Counts one more in the last seven days, if there is room; otherwise says when there will be. */
export function countEnrollment(
  week: EnrollmentWeek | undefined,
  now: Date,
  limit: number,
): { readonly week: EnrollmentWeek } | { readonly waitsUntil: Date } {
  const recent = (week?.hours ?? []).filter(({ hour }) => hoursLater(hour, WEEK_HOURS + 1) > now);
  const [oldest] = recent;
  if (oldest !== undefined && recent.reduce((sum, { enrollments }) => sum + enrollments, 0) >= limit) {
    return { waitsUntil: hoursLater(oldest.hour, WEEK_HOURS + 1) };
  }
  const hour = hourOf(now);
  const others = recent.filter((one) => one.hour !== hour);
  const enrollments = (recent.find((one) => one.hour === hour)?.enrollments ?? 0) + 1;
  return { week: { hours: [...others, { hour, enrollments }] } };
}
