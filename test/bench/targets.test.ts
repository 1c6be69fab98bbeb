import { verdictsOn } from '../../bench/targets';
import { measured, resultNamed } from './scenario-results';

describe('a target', () => {
  it.each([
    ["time to ready, times AWS's own floor", '1-at-once', { ratioToAwsFloor: 1.1 }, { ratioToAwsFloor: 1.101 }],
    ['p50 in seconds', '100-at-once', { p50Seconds: 800 }, { p50Seconds: 800.5 }],
    ['API calls per vending', '1-at-once', { apiCallsPerVending: 60 }, { apiCallsPerVending: 60.5 }],
    ['polls per vending', '1-at-once', { pollsPerVending: 50 }, { pollsPerVending: 50.5 }],
  ])('is met up to what is wanted, and missed beyond, whatever the reason: %s', (target, name, within, beyond) => {
    const verdictWith = (ours: object) =>
      verdictsOn([resultNamed(name, { ours: measured(ours) })]).find((verdict) => verdict.target === target);

    expect(verdictWith(within)).toMatchObject({ met: true });
    expect(verdictWith(beyond)).toMatchObject({ met: false });
  });

  it('is missed where a peer is more than a twentieth faster', () => {
    const verdictBeside = (p50Seconds: number | null) =>
      verdictsOn([
        resultNamed('1-at-once', {
          ours: measured({ p50Seconds: 210 }),
          peers: { other: measured({ p50Seconds }) },
        }),
      ]).find(({ target }) => target === 'p50 beside the fastest peer');

    expect(verdictBeside(200)).toMatchObject({ met: true, found: '1.05' });
    expect(verdictBeside(199)).toMatchObject({ met: false });
    expect(verdictBeside(null)).toMatchObject({ met: true });
  });
});
