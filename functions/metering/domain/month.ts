import * as z from 'zod/mini';

/** A calendar month in UTC, in which AWS bills: `2026-01`. */
export const MonthSchema = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month, as in 2026-01'));

export type Month = string;

export const monthOf = (instant: Date): Month => instant.toISOString().slice(0, 7);

export const startOf = (month: Month): Date => new Date(`${month}-01T00:00:00.000Z`);

/** Exclusive: the first instant of the next month. */
export const endOf = (month: Month): Date => startOf(monthsLater(month, 1));

export function monthsLater(month: Month, months: number): Month {
  const start = startOf(month);
  return monthOf(new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1)));
}
