import type { Fault } from './fault';

/** A part of the plan and what is wrong with it: planning goes on after a fault, so that all are found at once. */
export interface Planned<T> {
  readonly value: T;
  readonly faults: readonly Fault[];
}
