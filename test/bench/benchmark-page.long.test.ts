import { readFileSync } from 'node:fs';
import path from 'node:path';

import { benchConfiguration } from '../../bench/bench-configuration';
import { importVerdicts } from '../../bench/bundles/import-verdicts';
import { BUNDLE_OF } from '../../bench/bundles/measure-bundles';
import { chartOf } from '../../bench/chart';
import { withFigures } from '../../bench/figures';
import type { BenchReport } from '../../bench/report';
import { SCENARIOS } from '../../bench/scenario';
import { resultOf, seedResultOf } from '../../bench/scenario-result';
import { verdictsOn } from '../../bench/targets';
import { functions } from '../../infra/functions';
import { projectRoot } from '../../sandbox/environment';

const textOf = (file: string): string => readFileSync(path.join(projectRoot, 'docs', file), 'utf8');
const committed = JSON.parse(textOf('benchmark.json')) as BenchReport;

describe('docs/benchmark.md', () => {
  it('has the figures of docs/benchmark.json', () => {
    expect(textOf('benchmark.md')).toBe(withFigures(textOf('benchmark.md'), committed));
  });

  it('shows the picture of docs/benchmark.json', () => {
    expect(textOf('benchmark.svg')).toBe(chartOf(committed));
  });

  it('tells of every scenario, or says that it was not run', () => {
    const shown = new Set(committed.scenarios.map(({ name }) => name));
    const unsaid = SCENARIOS.filter(({ name }) => !shown.has(name) && !committed.undone.includes(name));

    expect(unsaid).toEqual([]);
    expect([...shown]).toEqual(SCENARIOS.flatMap(({ name }) => (shown.has(name) ? [name] : [])));
  });

  it('judges the bundle of every function, by what was measured, or says that it was not', () => {
    const told = [...committed.bundles.map((bundle) => `${BUNDLE_OF}${bundle.function}`), ...committed.undone];
    expect(told).toEqual(expect.arrayContaining(Object.keys(functions).map((name) => `${BUNDLE_OF}${name}`)));
    expect(committed.targets).toEqual([...verdictsOn(committed.scenarios), ...importVerdicts(committed.bundles)]);
  });

  it.each(['1-at-once', '1-at-once-control-tower', '5-at-once'])(
    'is what a run shows today: %s, twice the same',
    async (name) => {
      const scenario = SCENARIOS.find((one) => one.name === name) ?? SCENARIOS[0];
      const before = committed.scenarios.find((one) => one.name === name);
      if (scenario === undefined || before === undefined) throw new Error('There are no scenarios.');
      const first = await seedResultOf(scenario, committed.seed, benchConfiguration(), false);
      const second = await seedResultOf(scenario, committed.seed, benchConfiguration(), false);

      expect(second).toEqual(first);
      const { ours } = resultOf(scenario, [first]);
      // A call more or less shifts all round trips that come after it.
      const [now, then] = [ours.p50Seconds ?? Infinity, before.ours.p50SecondsBySeed[0] ?? Infinity];
      expect(Math.abs(now / then - 1)).toBeLessThan(0.02);
    },
  );
});
