/**
 * The value that so many of a hundred do not exceed (nearest rank). What never ended counts as longer than everything
 * else: null where so few have ended that the value is not known.
 */
export function percentile(values: readonly (number | null)[], percent: number): number | null {
  const sorted = values.map((value) => value ?? Infinity).sort((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  return value === undefined || value === Infinity ? null : value;
}

/** Thousandths: more digits say nothing. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
