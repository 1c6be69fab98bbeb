import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { BenchReport } from '../../bench/report';
import { reportWith } from '../../bench/write-docs';
import { projectRoot } from '../../sandbox/environment';

const committed = JSON.parse(readFileSync(path.join(projectRoot, 'docs', 'benchmark.json'), 'utf8')) as BenchReport;
const [first] = committed.scenarios;

describe('the page after a run of some scenarios', () => {
  it('has what was run, keeps the rest, and judges all of it', () => {
    if (first === undefined) throw new Error('There are no scenarios.');
    const slow = { ...first, ours: { ...first.ours, ratioToAwsFloor: 99 } };
    const report = reportWith(committed, { ...committed, scenarios: [slow], bundles: [], targets: [] });

    expect(report.scenarios.map(({ name }) => name)).toEqual(committed.scenarios.map(({ name }) => name));
    expect(report.scenarios[0]).toEqual(slow);
    expect(report.bundles).toEqual(committed.bundles);
    expect(report.targets.find(({ scenario }) => scenario === slow.name)).toMatchObject({ found: '99', met: false });
  });

  it('names the scenarios that were not run with every seed', () => {
    if (first === undefined) throw new Error('There are no scenarios.');
    const run = (seeds: readonly number[]) => ({ ...committed, scenarios: [{ ...first, seeds }] });

    expect(reportWith(committed, run([1])).undone).toContain(first.name);
    expect(reportWith(committed, run([...Array(12).keys()])).undone).not.toContain(first.name);
  });
});
