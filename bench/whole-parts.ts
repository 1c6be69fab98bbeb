import { BUNDLE_OF } from './bundles/measure-bundles';
import type { BenchReport } from './report';
import { SCENARIOS, seedsOf } from './scenario';

/** Which parts of the page a run has measured to their end. */
export interface WholeParts {
  /** Every scenario with every seed. */
  readonly scenarios: boolean;
  readonly bundles: boolean;
}

export const wholeParts = ({ scenarios, bundles, seed, undone }: BenchReport): WholeParts => ({
  scenarios: SCENARIOS.every(
    (one) => (scenarios.find(({ name }) => name === one.name)?.seeds.length ?? 0) >= seedsOf(one, seed).length,
  ),
  bundles: bundles.length > 0 && !undone.some((one) => one.startsWith(BUNDLE_OF)),
});
