import { BUNDLE_BYTES, IMPORT_RATIO } from '../promises';
import type { BundleMeasure } from '../report';
import type { TargetVerdict } from '../targets';

/** The promises about each function's bundle. The import is judged by its median; the spread of the pairs is told. */
export const importVerdicts = (bundles: readonly BundleMeasure[]): readonly TargetVerdict[] =>
  bundles.flatMap(({ function: scenario, bytes, importRatio, importRatioQuartiles: { lower, upper } }) => [
    {
      target: "import of its bundle, times a bare handler's",
      scenario,
      wanted: `at most ${IMPORT_RATIO}`,
      found: `${importRatio} (half of the pairs: ${lower} to ${upper})`,
      met: importRatio <= IMPORT_RATIO,
    },
    {
      target: 'KB of its bundle',
      scenario,
      wanted: `at most ${BUNDLE_BYTES / 1000}`,
      found: String(Math.round(bytes / 1000)),
      met: bytes <= BUNDLE_BYTES,
    },
  ]);
