/** `42 s`, `5 min`, `3 h 10 min`, `2 d 4 h`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return joined(`${hours} h`, minutes % 60, 'min');
  return joined(`${Math.floor(hours / 24)} d`, hours % 24, 'h');
}

const joined = (first: string, rest: number, unit: string): string => (rest === 0 ? first : `${first} ${rest} ${unit}`);

export const between = (from: string, to: string | Date): number => new Date(to).getTime() - new Date(from).getTime();

/** `5 min ago`, or `in 5 min` for what is still to come. */
export function sinceText(instant: string, now: Date): string {
  const passed = between(instant, now);
  return passed >= 0 ? `${durationText(passed)} ago` : `in ${durationText(-passed)}`;
}

/** As in `2026-11-28 14:05:09 UTC`: the same for everybody who reads it. */
export const utcText = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;

/** `2026-11`. */
export const monthOf = (date: Date): string => date.toISOString().slice(0, 7);

/** The months up to this one, the newest first. */
export function monthsUpTo(date: Date, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    monthOf(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - index, 1))),
  );
}

/** `14:05:09`, in UTC. */
export const timeText = (instant: string): string => instant.slice(11, 19);

/** `14:32:00 (14:25:00 to 14:50:00)`, in UTC. */
export const estimateText = (
  estimate: { readonly readyAt: string; readonly earliest: string; readonly latest: string } | null,
): string =>
  estimate === null
    ? 'Too few runs to tell'
    : `${timeText(estimate.readyAt)} (${timeText(estimate.earliest)} to ${timeText(estimate.latest)})`;
