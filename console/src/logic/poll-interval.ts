const WHILE_SOMETHING_RUNS = 3_000;
const WHILE_NOTHING_RUNS = 30_000;
const WHILE_NOBODY_LOOKS = 60_000;

/**
 * How long to wait before the API is asked again, in milliseconds. A change is shown within five seconds where one is
 * to be expected.
 */
export function pollInterval({
  isHidden,
  isUnderWay,
}: {
  readonly isHidden: boolean;
  readonly isUnderWay: boolean;
}): number {
  if (isHidden) return WHILE_NOBODY_LOOKS;
  return isUnderWay ? WHILE_SOMETHING_RUNS : WHILE_NOTHING_RUNS;
}
