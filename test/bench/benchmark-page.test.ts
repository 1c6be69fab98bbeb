import { readFileSync } from 'node:fs';
import path from 'node:path';

import { benchConfiguration } from '../../bench/bench-configuration';
import { importVerdicts } from '../../bench/bundles/import-verdicts';
import { chartOf } from '../../bench/chart';
import { withFigures } from '../../bench/figures';
import type { BenchReport } from '../../bench/report';
import { SCENARIOS } from '../../bench/scenario';
import { resultOf } from '../../bench/scenario-result';
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

  it('tells of every scenario', () => {
    expect(committed.scenarios.map(({ name }) => name)).toEqual(SCENARIOS.map(({ name }) => name));
  });

  it('judges the bundle of every function, by what was measured', () => {
    expect(committed.bundles.map((bundle) => bundle.function).toSorted()).toEqual(Object.keys(functions).toSorted());
    expect(committed.targets).toEqual([...verdictsOn(committed.scenarios), ...importVerdicts(committed.bundles)]);
  });

  it.each(['1-at-once', '1-at-once-control-tower', '5-at-once'])(
    'is what a run shows today: %s, twice the same',
    async (name) => {
      const scenario = SCENARIOS.find((one) => one.name === name) ?? SCENARIOS[0];
      if (scenario === undefined) throw new Error('There are no scenarios.');
      const runs = [
        await resultOf(scenario, committed.seed, benchConfiguration()),
        await resultOf(scenario, committed.seed, benchConfiguration()),
      ];

      const before = committed.scenarios.find((one) => one.name === name);
      for (const run of runs) expect(JSON.parse(JSON.stringify(run))).toEqual(before);
    },
  );
});
