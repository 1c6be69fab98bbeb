import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { bundleFunctions } from '../../infra/bundle';
import { loadConfiguration } from '../../infra/config';
import type { BundleMeasure } from '../report';
import { bundleBareHandlers, type BundlePair } from './bare-handlers';
import { importRatio } from './import-time';

/** An odd number, so that the median is one of them. All functions together take about a minute. */
const PAIRS = 5;

/** Before the name of a function, in the list of what was not done. */
export const BUNDLE_OF = 'bundle of ';

interface MeasuredBundles {
  readonly bundles: readonly BundleMeasure[];
  /** The functions that there was no time for. */
  readonly unmeasured: readonly string[];
}

/** Bundles every function and its bare likeness, and measures both here, pair by pair, as long as there is time. */
export function measureBundles(endsAt: Date): MeasuredBundles {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-bench-'));
  try {
    const metafile = bundleFunctions(path.join(folder, 'ours'), loadConfiguration('config'));
    const bundles: BundleMeasure[] = [];
    const unmeasured: string[] = [];
    for (const pair of bundleBareHandlers(metafile, path.join(folder, 'bare'))) {
      if (Date.now() > endsAt.getTime()) unmeasured.push(`${BUNDLE_OF}${pair.function}`);
      else bundles.push(measured(pair));
    }
    return { bundles, unmeasured };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured({ ours, bare, ...name }: BundlePair): BundleMeasure {
  const { median, quartiles } = importRatio(ours, bare, PAIRS);
  return {
    ...name,
    bytes: statSync(ours).size,
    importRatio: rounded(median),
    importRatioQuartiles: { lower: rounded(quartiles.lower), upper: rounded(quartiles.upper) },
  };
}

const rounded = (ratio: number): number => Number(ratio.toFixed(2));
