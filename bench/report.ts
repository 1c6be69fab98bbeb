import type { ScenarioResult } from './scenario-result';
import type { TargetVerdict } from './targets';

/** What `npm run bench -- --json` prints: the design's section 14, and what else was measured. */
export interface BenchReport {
  /** The first one. */
  readonly seed: number;
  /** What was not run to its end when the time was up. */
  readonly undone: readonly string[];
  readonly scenarios: readonly ScenarioResult[];
  readonly bundles: readonly BundleMeasure[];
  readonly targets: readonly TargetVerdict[];
}

/** What a function weighs. */
export interface BundleMeasure {
  readonly function: string;
  readonly bytes: number;
  /** The time of its cold import, divided by that of a handler that has nothing but the same clients. */
  readonly importRatio: number;
  /** Within which half of the measured pairs lay. */
  readonly importRatioQuartiles: Quartiles;
}

export interface Quartiles {
  readonly lower: number;
  readonly upper: number;
}
