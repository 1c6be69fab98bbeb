import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { BenchReport } from '../../bench/report';
import { verdictsOn } from '../../bench/targets';
import { projectRoot } from '../../sandbox/environment';

const committed = JSON.parse(readFileSync(path.join(projectRoot, 'docs', 'benchmark.json'), 'utf8')) as BenchReport;
const scenarioCalled = (name: string) => {
  const found = committed.scenarios.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no scenario ${name}.`);
  return found;
};

describe('a target', () => {
  it.each([
    ["time to ready, times AWS's own floor", '1-at-once', { ratioToAwsFloor: 1.1 }, { ratioToAwsFloor: 1.101 }],
    ['p50 in seconds', '100-at-once', { p50Seconds: 800 }, { p50Seconds: 800.5 }],
    ['API calls per vending', '1-at-once', { apiCallsPerVending: 60 }, { apiCallsPerVending: 60.5 }],
    ['polls per vending', '1-at-once', { pollsPerVending: 50 }, { pollsPerVending: 50.5 }],
  ])('is met up to what is wanted, and missed beyond, whatever the reason: %s', (target, name, within, beyond) => {
    const scenario = scenarioCalled(name);
    const verdictWith = (ours: object) =>
      verdictsOn([{ ...scenario, ours: { ...scenario.ours, ...ours } }]).find((verdict) => verdict.target === target);

    expect(verdictWith(within)).toMatchObject({ met: true });
    expect(verdictWith(beyond)).toMatchObject({ met: false });
  });

  it('is missed where a peer is more than a twentieth faster', () => {
    const scenario = scenarioCalled('1-at-once');
    const verdictBeside = (p50Seconds: number | null) =>
      verdictsOn([
        {
          ...scenario,
          ours: { ...scenario.ours, p50Seconds: 210 },
          peers: { other: { ...scenario.ours, p50Seconds } },
        },
      ]).find(({ target }) => target === 'p50 beside the fastest peer');

    expect(verdictBeside(200)).toMatchObject({ met: true, found: '1.05' });
    expect(verdictBeside(199)).toMatchObject({ met: false });
    expect(verdictBeside(null)).toMatchObject({ met: true });
  });
});
