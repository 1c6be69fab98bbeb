/** So many seconds, in the unit that a person would take. */
export function durationText(seconds: number): string {
  const [days, hours, minutes] = [86_400, 3600, 60].map((unit) => Math.floor(seconds / unit));
  if (days) return `${days} d`;
  if (hours) return `${hours} h`;
  return minutes ? `${minutes} min` : `${Math.floor(seconds)} s`;
}
