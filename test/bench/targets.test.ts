import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { PollsBound } from '../../bench/polls-bound';
import type { BenchReport } from '../../bench/report';
import { verdictsOn } from '../../bench/targets';
import { projectRoot } from '../../sandbox/environment';

const committed = JSON.parse(readFileSync(path.join(projectRoot, 'docs', 'benchmark.json'), 'utf8')) as BenchReport;
const [one] = committed.scenarios.filter(({ name }) => name === '1-at-once');

const BOUND: PollsBound = { leastCalls: 70, leastPolls: 60, leastRatio: 1.09 };

describe('a target that is missed', () => {
  it.each([
    ['time to ready, times the floor', { ratioToFloor: 1.09 }, { ratioToFloor: 1.0901 }],
    ['API calls per vending', { apiCallsPerVending: 70 }, { apiCallsPerVending: 70.5 }],
    ['polls per vending', { pollsPerVending: 60 }, { pollsPerVending: 60.5 }],
  ])('shows what forbids it up to the bound, and is a miss beyond: %s', (target, within, beyond) => {
    if (one === undefined) throw new Error('There is no such scenario.');
    const verdictWith = (ours: object, bound: PollsBound | null) =>
      verdictsOn([{ ...one, ours: { ...one.ours, ...ours }, bound }]).find((verdict) => verdict.target === target);

    expect(verdictWith({}, BOUND)).toMatchObject({ met: true, bound: null });
    expect(verdictWith(within, BOUND)).toMatchObject({
      met: false,
      bound: expect.stringMatching(/promise/u) as string,
    });
    expect(verdictWith(beyond, BOUND)).toMatchObject({ met: false, bound: null });
    expect(verdictWith(within, null)).toMatchObject({ met: false, bound: null });
  });
});
