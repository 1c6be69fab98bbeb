import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { ApiMeasures, NightMeasures } from '../../../bench/night/night-measures';
import { nightTables, withNights } from '../../../bench/night/night-page';
import { projectRoot } from '../../../sandbox/environment';

const textOf = (file: string): string => readFileSync(path.join(projectRoot, 'docs', file), 'utf8');
const committed = JSON.parse(textOf('benchmark-night.json')) as readonly NightMeasures[];
const HOUR = 3600;

const api = (shareOfQuota: number): ApiMeasures => ({
  name: `sso:share-${shareOfQuota}`,
  calls: 40,
  callsPerTenant: 4,
  perSecond: 3.625,
  mostInSecond: 5,
  quotaPerSecond: 20,
  quotaBurst: 20,
  shareOfQuota,
});

const night = (changes: Partial<NightMeasures> = {}): NightMeasures => ({
  tenants: 10,
  seconds: 125,
  secondsPerTenant: 12.5,
  throttles: 0,
  writes: 0,
  apis: [],
  ...changes,
});

describe('the page about nights', () => {
  it('has the figures of docs/benchmark-night.json', () => {
    expect(withNights(textOf('benchmark.md'), committed)).toBe(textOf('benchmark.md'));
  });

  it('has a line for each night, and the APIs of the last, those near their limit alone', () => {
    const nights = [
      night({ apis: [api(0.5)] }),
      night({ tenants: 20, seconds: 3660, throttles: 2, writes: 3, apis: [api(0.18), api(0.02), api(0.019)] }),
    ];

    const rows = nightTables(nights)
      .split('\n')
      .filter((line) => /^\| [^-at]/u.test(line));

    expect(rows.filter((row) => !row.startsWith('| API'))).toEqual([
      '| 10 | 2 min | 12.50 | 0 | 0 |',
      '| 20 | 1 h 1 min | 12.50 | 2 | 3 |',
      '| sso:share-0.18 | 4.0 | 3.63 | 5 | 20 | 20 | 18 % |',
      '| sso:share-0.02 | 4.0 | 3.63 | 5 | 20 | 20 | 2 % |',
    ]);
  });

  it('tells of ten thousand tenants what was measured, and of five times as many by it: no night has more calls', () => {
    const [, before, last] = committed;
    if (before === undefined || last === undefined) throw new Error('There are too few nights.');
    expect(last).toMatchObject({ tenants: 10_000, throttles: 0, writes: 0 });
    expect(last.seconds).toBeLessThanOrEqual(45 * 60);
    expect(last.secondsPerTenant).toBeLessThanOrEqual(before.secondsPerTenant);
    // Copies share the sessions of the accounts that they were copied from.
    const callsOf = ({ apis }: NightMeasures) =>
      apis
        .filter(({ name }) => !name.startsWith('sts:'))
        .map(({ name, callsPerTenant, mostInSecond }) => [name, callsPerTenant, mostInSecond]);
    expect(callsOf(last)).toEqual(callsOf(before));
    const page = textOf('benchmark.md');
    expect(page).toContain(`| ${Math.round(last.seconds / 60)} minutes | nothing: 50,000 take `);
    expect(page).toContain(`50,000 take ${((50_000 * last.secondsPerTenant) / HOUR).toFixed(1)} hours |`);
  });
});
