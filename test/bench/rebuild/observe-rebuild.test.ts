import { readFileSync } from 'node:fs';
import path from 'node:path';

import { benchConfiguration } from '../../../bench/bench-configuration';
import { observeRebuild, type RebuildMeasures } from '../../../bench/rebuild/observe-rebuild';
import { rebuildTable, withRebuilds } from '../../../bench/rebuild/rebuild-page';
import { projectRoot } from '../../../sandbox/environment';

const textOf = (file: string): string => readFileSync(path.join(projectRoot, 'docs', file), 'utf8');
const committed = JSON.parse(textOf('benchmark-rebuild.json')) as readonly RebuildMeasures[];

/** On a busy machine. */
describe('the figures of the runbook for a lost ledger', () => {
  it('are those of docs/benchmark-rebuild.json', () => {
    expect(withRebuilds(textOf('operation.md'), committed)).toBe(textOf('operation.md'));
    expect(committed.map(({ tenants }) => tenants)).toEqual([100, 1000, 10_000]);
  });

  it.each([100, 1000])('are what is measured now, of %i tenants', async (tenants) => {
    const measured = await observeRebuild(tenants, 1, benchConfiguration());
    expect(measured).toEqual(committed.find((one) => one.tenants === tenants));
  });

  it('are those of one call for each account at least, no faster than AWS allows', () => {
    for (const { tenants, calls, throttles, seconds } of committed) {
      expect(calls - throttles).toBeGreaterThan(tenants);
      // Ten a second, after fifteen at once.
      expect(seconds).toBeGreaterThan((tenants - 15) / 10);
    }
  });

  it('are told in minutes, of a dry run and one in earnest as well', () => {
    expect(
      rebuildTable([{ tenants: 10, calls: 17, throttles: 2, seconds: 90 }])
        .split('\n')
        .at(-1),
    ).toBe('| 10 | 17 | 2 | 1.5 min | 3.0 min |');
  });
});
