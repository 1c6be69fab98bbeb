import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { bundleFunctions } from '../../infra/bundle';
import { loadConfiguration } from '../../infra/config';
import type { BundleMeasure } from '../report';
import { bundleBareHandlers } from './bare-handlers';
import { importRatio } from './import-time';

/** An odd number, so that the median is one of them. All functions together take less than a minute. */
const PAIRS = 5;

/** Bundles every function and its bare likeness, and measures both on this machine, pair by pair. */
export function measureBundles(pairs = PAIRS): readonly BundleMeasure[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-bench-'));
  try {
    const metafile = bundleFunctions(path.join(folder, 'ours'), loadConfiguration('config'));
    return bundleBareHandlers(metafile, path.join(folder, 'bare')).map(({ ours, bare, ...name }) => ({
      ...name,
      bytes: statSync(ours).size,
      importRatio: Number(importRatio(ours, bare, pairs).toFixed(2)),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
