import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { bundleBareHandlers, type BundlePair } from '../../../bench/bundles/bare-handlers';
import { importRatio } from '../../../bench/bundles/import-time';
import { importVerdicts } from '../../../bench/bundles/import-verdicts';
import { measureBundles } from '../../../bench/bundles/measure-bundles';
import { bundleFunctions } from '../../../infra/bundle';
import { loadConfiguration } from '../../../infra/config';
import { functions } from '../../../infra/functions';

/** Called by CloudFormation, and no part of the application's table. */
const WITHOUT_LEDGER = 'StoreConfiguration';

/** In a stack of their own, and without a ledger as well. */
const NOTIFYING: readonly string[] = ['CallWebhook', 'NotifyChat'];

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

  it('stand beside every function, smaller than it, with its clients and none of our code', () => {
    const all = [...Object.keys(functions), ...NOTIFYING, WITHOUT_LEDGER];
    expect(pairs.map((pair) => pair.function).toSorted()).toEqual(all.toSorted());
    for (const { function: name, ours, bare } of pairs) {
      expect(statSync(bare).size).toBeLessThan(statSync(ours).size);
      expect(readFileSync(bare, 'utf8').includes('DynamoDBClient')).toBe(
        ![...NOTIFYING, WITHOUT_LEDGER].includes(name),
      );
      expect(readFileSync(bare, 'utf8')).not.toContain('ZodType');
    }
  });
});

describe('the ratio of import times', () => {
  it('is the median of pairs that take turns at being first, after one import of each that does not count', async () => {
    const measured: string[] = [];
    const times: Record<string, number[]> = { ours: [900, 10, 30, 20, 40, 50], bare: [1, 10, 10, 10, 10, 10] };
    const measure = (file: string): Promise<number> => {
      measured.push(file);
      return Promise.resolve(times[file]?.shift() ?? 0);
    };

    const ratio = await importRatio('ours', 'bare', 5, measure);

    expect(ratio).toEqual({ median: 3, quartiles: { lower: 2, upper: 4 } });
    expect(measured.slice(0, 2)).toEqual(['ours', 'bare']);
    expect(measured.slice(2, 8)).toEqual(['ours', 'bare', 'bare', 'ours', 'ours', 'bare']);
  });
});

describe('the verdict on a bundle', () => {
  const bundle = {
    function: 'Api',
    bytes: 400_000,
    importRatio: 1.15,
    importRatioQuartiles: { lower: 1.1, upper: 1.2 },
  };

  it('is that of the median, and tells how far the pairs lay apart', () => {
    const [met] = importVerdicts([bundle]);
    const [missed] = importVerdicts([{ ...bundle, importRatio: 1.16 }]);

    expect(met).toEqual({
      target: "import of its bundle, times a bare handler's",
      scenario: 'Api',
      wanted: 'at most 1.15',
      found: '1.15 (half of the pairs: 1.1 to 1.2)',
      met: true,
    });
    expect(missed).toMatchObject({ found: '1.16 (half of the pairs: 1.1 to 1.2)', met: false });
  });

  it('is one of its size as well', () => {
    const [, met] = importVerdicts([bundle]);
    const [, missed] = importVerdicts([{ ...bundle, bytes: 401_000 }]);

    expect(met).toMatchObject({ wanted: 'at most 400', found: '400', met: true });
    expect(missed).toMatchObject({ found: '401', met: false });
  });
});

describe('the time for all bundles', () => {
  it('that is up ends the measurement, and names what was not measured', async () => {
    const { bundles, unmeasured } = await measureBundles(new Date(0));

    expect(bundles).toEqual([]);
    expect(unmeasured).toEqual(expect.arrayContaining(['bundle of PlanVending', 'bundle of Api']));
  });
});
