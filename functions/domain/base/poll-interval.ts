/** How often to poll an operation of AWS. */
export interface PollSchedule {
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /**
   * How long it takes at least, as a rule: polls before that show little. Ascending; after the last one, `share`
   * decides.
   */
  readonly firstDelays?: readonly number[];
  /**
   * The next poll comes after this share of the time that has passed, within the two bounds above: the longer something
   * takes, the longer it will still take.
   */
  readonly share?: number;
}

const SHARE = 0.12;

/**
 * Whole seconds until the next poll: the next of `firstDelays`, and after them a share of the time that has passed,
 * within bounds. Short operations are noticed soon, long ones cost few calls. Of many runs that poll at once, those are
 * spread whose operation has a rate in `functions/ledger/queue/call-pacer.ts`.
 */
export function nextPoll(
  elapsedSeconds: number,
  { minSeconds, maxSeconds, firstDelays = [], share = SHARE }: PollSchedule,
): number {
  const steady = Math.round(Math.min(maxSeconds, Math.max(minSeconds, elapsedSeconds * share)));
  const first = firstDelays.find((seconds) => seconds - elapsedSeconds >= 1);
  return first === undefined ? steady : Math.round(first - Math.max(0, elapsedSeconds));
}
