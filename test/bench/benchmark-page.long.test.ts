import { readFileSync } from 'node:fs';
import path from 'node:path';

import { benchConfiguration } from '../../bench/bench-configuration';
import { SCENARIOS } from '../../bench/scenario';
import { resultOf, seedResultOf } from '../../bench/scenario-result';
import { functions } from '../../infra/functions';
import { projectRoot } from '../../sandbox/environment';
import { rowsOf } from '../docs/pages';

const PAGE = 'docs/benchmark.md';
const ours = rowsOf(PAGE, 'ours');

/** The p50 of the first seed, in seconds. */
const shownOf = (name: string): number => Number(ours.find(([scenario]) => scenario === name)?.[4]);

describe('docs/benchmark.md', () => {
  it.each(['scenario', 'ours', 'estimate'])('tells of every scenario: %s', (table) => {
    expect(rowsOf(PAGE, table).map(([name]) => name)).toEqual(SCENARIOS.map(({ name }) => name));
  });

  it('tells of the bundle of every function', () => {
    const told = rowsOf(PAGE, 'bundle').map(([name]) => name);

    expect(told).toEqual(expect.arrayContaining(Object.keys(functions)));
  });

  it('shows a picture of every scenario', () => {
    const picture = readFileSync(path.join(projectRoot, 'docs', 'benchmark.svg'), 'utf8');

    expect(SCENARIOS.filter(({ name }) => !picture.includes(`>${name}</text>`))).toEqual([]);
  });

  it.each(['1-at-once', '1-at-once-control-tower', '5-at-once'])(
    'is what a run shows today: %s, twice the same',
    async (name) => {
      const scenario = SCENARIOS.find((one) => one.name === name);
      if (scenario === undefined) throw new Error(`There is no scenario ${name}.`);
      const first = await seedResultOf(scenario, 1, benchConfiguration(), false);
      const second = await seedResultOf(scenario, 1, benchConfiguration(), false);

      expect(second).toEqual(first);
      const now = resultOf(scenario, [first]).ours.p50Seconds ?? Infinity;
      // A call more or less shifts all round trips that come after it.
      expect(Math.abs(now / shownOf(name) - 1)).toBeLessThan(0.02);
    },
  );
});
