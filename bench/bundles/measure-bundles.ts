import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { bundleFunctions } from '../../infra/bundle';
import { loadConfiguration } from '../../infra/config';
import { SandboxError } from '../../sandbox/runtime/ministack/sandbox-error';
import type { BundleMeasure } from '../report';
import { bundleBareHandlers, type BundlePair } from './bare-handlers';
import { importRatio } from './import-time';

/** An odd number, so that the median is one of them. All functions together take about a minute and a half. */
const PAIRS = 9;

/**
 * Bundles every function and its bare likeness, and measures both on this machine, pair by pair.
 *
 * @throws SandboxError when the time is up before the last of them
 */
export function measureBundles(endsAt: Date): readonly BundleMeasure[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-bench-'));
  try {
    const metafile = bundleFunctions(path.join(folder, 'ours'), loadConfiguration('config'));
    return bundleBareHandlers(metafile, path.join(folder, 'bare')).map((pair) => {
      if (Date.now() > endsAt.getTime()) throw tooLong(pair.function);
      return measured(pair);
    });
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

const tooLong = (next: string): SandboxError =>
  new SandboxError(
    `The time was up before all bundles were measured; the next would have been that of ${next}. ` +
      'Run it on a machine with less to do, or give it more time (--seconds-at-most N).',
  );
