import type { Enrollment } from '../records/account-records';
import { nextLook, type PollRhythm } from '../base/poll-interval';

/**
 * An enrollment takes some 20 to 40 minutes, an update half of that, and a failure shows within three minutes: between
 * these, looks show nothing. Where the end is to be expected, half a minute more is not noticed.
 */
const RHYTHMS: Readonly<Record<Enrollment['kind'], PollRhythm>> = {
  provision: { leastSeconds: 20, mostSeconds: 30, share: 0.0145, firstLooks: [180, 1220] },
  update: { leastSeconds: 25, mostSeconds: 25, firstLooks: [180, 625] },
  terminate: { leastSeconds: 10, mostSeconds: 30, firstLooks: [60] },
  move: { leastSeconds: 10, mostSeconds: 30 },
  leave: { leastSeconds: 10, mostSeconds: 60 },
};

/** Whole seconds until the next look at an operation of Control Tower. */
export const enrollmentLook = (kind: Enrollment['kind'], elapsedSeconds: number): number =>
  nextLook(elapsedSeconds, RHYTHMS[kind]);
