import { IMPORT_RATIO } from '../promises';
import type { BundleMeasure } from '../report';
import type { TargetVerdict } from '../targets';

/** The promise about each function's bundle: its median is judged, and how far the pairs lay apart is told. */
export const importVerdicts = (bundles: readonly BundleMeasure[]): readonly TargetVerdict[] =>
  bundles.map(({ function: scenario, importRatio, importRatioQuartiles: { lower, upper } }) => ({
    target: "import of its bundle, times a bare handler's",
    scenario,
    wanted: `at most ${IMPORT_RATIO}`,
    found: `${importRatio} (half of the pairs: ${lower} to ${upper})`,
    met: importRatio <= IMPORT_RATIO,
    bound: null,
  }));
