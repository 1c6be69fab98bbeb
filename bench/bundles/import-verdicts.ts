import { IMPORT_RATIO } from '../promises';
import type { BundleMeasure } from '../report';
import type { TargetVerdict } from '../targets';

/** Checks the promise about each function's bundle by its median, and reports the spread of the pairs. */
export const importVerdicts = (bundles: readonly BundleMeasure[]): readonly TargetVerdict[] =>
  bundles.map(({ function: scenario, importRatio, importRatioQuartiles: { lower, upper } }) => ({
    target: "import of its bundle, times a bare handler's",
    scenario,
    wanted: `at most ${IMPORT_RATIO}`,
    found: `${importRatio} (half of the pairs: ${lower} to ${upper})`,
    met: importRatio <= IMPORT_RATIO,
    bound: null,
  }));
