import type { Seconds } from '../sandbox/organization/latencies';
import type { FunctionTimes } from '../sandbox/runtime/embedded/timed-invocations';
import { randomFor } from '../sandbox/simulation/rng';
import { quantile } from './durations';

/**
 * What passes beside the operations of AWS, nine of ten times, in seconds. AWS names no figures; these are assumed, the
 * same for ours and for every peer.
 */
const OWN_TIMES = {
  roundTrip: [0.06, 0.38],
  ledgerCall: [0.003, 0.02],
  coldStart: [0.4, 1.2],
} as const satisfies Record<string, Seconds>;

export interface OwnTimes extends FunctionTimes {
  /** One call of the table. */
  readonly ledgerCall: () => number;
  /** How many cold starts there were. */
  coldStarts: number;
}

/** A sequence of its own for each. */
export function ownTimes(seed: number, whose: string): OwnTimes {
  const drawn = (kind: keyof typeof OWN_TIMES): (() => number) => {
    const random = randomFor(seed, `${kind} of ${whose}`);
    return () => quantile(OWN_TIMES[kind], random());
  };
  const coldStart = drawn('coldStart');
  const times: OwnTimes = {
    coldStarts: 0,
    roundTrip: drawn('roundTrip'),
    ledgerCall: drawn('ledgerCall'),
    coldStart: () => {
      times.coldStarts += 1;
      return coldStart();
    },
  };
  return times;
}
