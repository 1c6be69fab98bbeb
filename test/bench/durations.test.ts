import { durationsOf, quantile } from '../../bench/durations';
import { shiftsOf } from '../../bench/shifts';
import { SCENARIOS, seedsOf } from '../../bench/scenario';
import { awsLatencies } from '../../sandbox/organization/latencies';

describe('durations', () => {
  it('lie in their range nine times of ten, and have a tail', () => {
    const range = [1200, 1800] as const;

    expect(quantile(range, 0.05)).toBeCloseTo(1200);
    expect(quantile(range, 0.5)).toBeCloseTo(Math.sqrt(1200 * 1800));
    expect(quantile(range, 0.95)).toBeCloseTo(1800);
    expect(quantile(range, 0.99)).toBeGreaterThan(1950);
    expect(quantile(range, 1)).toBe(quantile(range, 0.9999));
  });

  it('are those of the seed, kind by kind, whoever asks for others meanwhile', () => {
    const [one, other] = [durationsOf(3), durationsOf(3)];
    other('enrollment');

    expect([one('stackInstance'), one('stackInstance')]).toEqual([other('stackInstance'), other('stackInstance')]);
    expect(durationsOf(3)('stackInstance')).not.toBe(durationsOf(4)('stackInstance'));
  });

  it('are stretched, all but the one that AWS documents', () => {
    const [plain, twice] = [durationsOf(3), durationsOf(3, 2)];

    expect(twice('enrollment')).toBeCloseTo(2 * plain('enrollment'), 1);
    expect(twice('iamPropagation')).toBe(plain('iamPropagation'));
    expect(awsLatencies.iamPropagation[1]).toBe(plain('iamPropagation'));
  });
});

describe('seeds', () => {
  it('are twelve up to 25 requests, three up to a hundred, and one beyond', () => {
    expect([1, 25, 26, 100, 101, 1000].map((requests) => seedsOf({ requests }, 7).length)).toEqual([
      12, 12, 3, 3, 1, 1,
    ]);
    expect(seedsOf({ requests: 100 }, 7)).toEqual([7, 8, 9]);
  });

  it('are all run, each scenario once with each, and the longest begin first', () => {
    const shifts = shiftsOf(SCENARIOS, 1);
    const run = shifts.flatMap(({ seed, scenarios }) => scenarios.map(({ name }) => `${name} ${seed}`));

    const wanted = SCENARIOS.flatMap((one) => seedsOf(one, 1).map((seed) => `${one.name} ${seed}`));
    expect(run.toSorted()).toEqual(wanted.toSorted());
    expect(shifts[0]?.scenarios.map(({ name }) => name)).toEqual(['1000-at-once']);
  });
});
