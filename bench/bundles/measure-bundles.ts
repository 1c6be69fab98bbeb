import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { bundleFunctions } from '../../infra/bundle';
import { loadConfiguration } from '../../infra/config';
import type { BundleMeasure } from '../report';
import { bundleBareHandlers, type BundlePair } from './bare-handlers';
import { importRatio } from './import-time';

/** An odd number, so that the median is one of them. */
const PAIRS = 5;

/** Before the name of a function, in the list of what was not done. */
export const BUNDLE_OF = 'bundle of ';

interface MeasuredBundles {
  readonly bundles: readonly BundleMeasure[];
  /** The functions that there was no time for. */
  readonly unmeasured: readonly string[];
}

/** As many as the benchmark has processes: each pair is measured by the processor's time of its own. */
const AT_ONCE = 2;

/** Bundles every function and its bare likeness, and measures both here, pair by pair, as long as there is time. */
export async function measureBundles(endsAt: Date): Promise<MeasuredBundles> {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-bench-'));
  try {
    const metafile = bundleFunctions(path.join(folder, 'ours'), loadConfiguration('config'));
    const pairs = bundleBareHandlers(metafile, path.join(folder, 'bare'));
    const waiting = [...pairs];
    const found = new Map<string, BundleMeasure>();
    const takeTurns = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined && Date.now() <= endsAt.getTime(); next = waiting.shift()) {
        found.set(next.function, await measured(next));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
    return {
      bundles: pairs.flatMap((pair) => found.get(pair.function) ?? []),
      unmeasured: pairs.flatMap((pair) => (found.has(pair.function) ? [] : [`${BUNDLE_OF}${pair.function}`])),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured({ ours, bare, ...name }: BundlePair): Promise<BundleMeasure> {
  const { median, quartiles } = await importRatio(ours, bare, PAIRS);
  return {
    ...name,
    bytes: statSync(ours).size,
    importRatio: rounded(median),
    importRatioQuartiles: { lower: rounded(quartiles.lower), upper: rounded(quartiles.upper) },
  };
}

const rounded = (ratio: number): number => Number(ratio.toFixed(2));
