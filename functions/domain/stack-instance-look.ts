import { nextLook } from './poll-interval';

/** A small stack takes a minute and more; a stack set takes one operation at a time, so the next one in its lane waits for every second that is not noticed. */
const RHYTHM = { leastSeconds: 6, mostSeconds: 30, share: 0.04, firstLooks: [66] };

/** Whole seconds until the next look at an operation of a stack set. */
export const stackInstanceLook = (elapsedSeconds: number): number => nextLook(elapsedSeconds, RHYTHM);
