const SHOWN = 10;

/**
 * The files that took longest, with their seconds, and last the sum of all. Files that no longer exist are left out.
 */
export function slowest(times: Readonly<Record<string, number>>, exists: (file: string) => boolean): readonly string[] {
  const files = Object.entries(times).filter(([file]) => exists(file));
  if (files.length === 0) return [];
  const sum = files.reduce((seconds, [, more]) => seconds + more, 0);
  const shown = files.toSorted(([, one], [, other]) => other - one).slice(0, SHOWN);
  return [...shown.map(([file, seconds]) => row(seconds, file)), row(sum, `all ${files.length} files`)];
}

const row = (seconds: number, what: string): string => `${seconds.toFixed(1).padStart(8)} s  ${what}`;
