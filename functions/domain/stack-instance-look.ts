import { nextLook } from './poll-interval';

/** A small stack takes a minute and more. */
const RHYTHM = { leastSeconds: 8, mostSeconds: 30, share: 0.04, firstLooks: [66] };

/** A stack set takes one operation at a time: whoever is next waits for every second that is not noticed. */
const HURRIED = { ...RHYTHM, leastSeconds: 6 };

/** Whole seconds until the next look at an operation of a stack set; `awaited`: somebody waits for its end. */
export const stackInstanceLook = (elapsedSeconds: number, awaited: boolean): number =>
  nextLook(elapsedSeconds, awaited ? HURRIED : RHYTHM);
