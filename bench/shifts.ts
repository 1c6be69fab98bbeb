import { type Scenario, seedsOf } from './scenario';

/** What one process does: scenarios with one seed, one after the other. */
export interface Shift {
  readonly seed: number;
  readonly scenarios: readonly Scenario[];
}

/**
 * The longest first. All scenarios of few requests share a process for each seed: to start one takes longer than they
 * do.
 */
export function shiftsOf(scenarios: readonly Scenario[], first: number): readonly Shift[] {
  const large = scenarios.filter((scenario) => seedsOf(scenario, first).length < MOST_SEEDS);
  const small = scenarios.filter((scenario) => !large.includes(scenario));
  const alone = large.flatMap((scenario) => seedsOf(scenario, first).map((seed) => ({ seed, scenarios: [scenario] })));
  const together = seedsOf({ requests: 1 }, first).map((seed) => ({ seed, scenarios: small }));
  return [...alone.toSorted((one, other) => requestsIn(other) - requestsIn(one)), ...together].filter(
    (shift) => shift.scenarios.length > 0,
  );
}

const MOST_SEEDS = seedsOf({ requests: 1 }, 1).length;

const requestsIn = ({ scenarios }: Shift): number => scenarios.reduce((sum, { requests }) => sum + requests, 0);
