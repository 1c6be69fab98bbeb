import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { bundleBareHandlers, type BundlePair } from '../../../bench/bundles/bare-handlers';
import { importRatio } from '../../../bench/bundles/import-time';
import { bundleFunctions } from '../../../infra/bundle';
import { loadConfiguration } from '../../../infra/config';
import { functions } from '../../../infra/functions';

describe('bare handlers', () => {
  let folder: string;
  let pairs: readonly BundlePair[];

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-bare-'));
    const metafile = bundleFunctions(path.join(folder, 'ours'), loadConfiguration('config'));
    pairs = bundleBareHandlers(metafile, path.join(folder, 'bare'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('stand beside every function, smaller than it, with its clients and nothing of ours', () => {
    expect(pairs.map((pair) => pair.function).toSorted()).toEqual(Object.keys(functions).toSorted());
    for (const { ours, bare } of pairs) {
      expect(statSync(bare).size).toBeLessThan(statSync(ours).size);
      expect(readFileSync(bare, 'utf8')).toContain('DynamoDBClient');
      expect(readFileSync(bare, 'utf8')).not.toContain('ZodType');
    }
  });
});

describe('the ratio of import times', () => {
  it('is the median of pairs that take turns at being first', () => {
    const measured: string[] = [];
    const times: Record<string, number[]> = { ours: [10, 30, 20], bare: [10, 10, 10] };
    const measure = (file: string): number => {
      measured.push(file);
      return times[file]?.shift() ?? 0;
    };

    expect(importRatio('ours', 'bare', 3, measure)).toBe(2);
    expect(measured).toEqual(['ours', 'bare', 'bare', 'ours', 'ours', 'bare']);
  });
});
