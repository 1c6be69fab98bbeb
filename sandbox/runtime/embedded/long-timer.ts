/**
 * Node's timers count 2^31 - 1 milliseconds, a little less than 25 days, and call back at once where they are given
 * more.
 */
export const LONGEST_TIMER_SECONDS = 2_000_000;

/** Calls back after this many seconds, however many those are. @returns what stops it */
export function afterSeconds(seconds: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    const part = Math.min(left, LONGEST_TIMER_SECONDS);
    timer = setTimeout(() => {
      if (left > part) wait(left - part);
      else callback();
    }, part * 1000);
  };
  wait(seconds);
  return () => {
    clearTimeout(timer);
  };
}
