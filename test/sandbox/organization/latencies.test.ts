import { drawEnd } from '../../../sandbox/organization/draw';
import { scaledLatencies } from '../../../sandbox/organization/latencies';
import { RateLimiter } from '../../../sandbox/organization/rate-limiter';

describe('latencies', () => {
  it('are drawn between their ends and scaled', () => {
    expect(drawEnd({ random: () => 0, latencies: { scale: 1 } }, 500, [3, 48])).toBe(3500);
    expect(drawEnd({ random: () => 1 - Number.EPSILON, latencies: { scale: 0.1 } }, 0, [3, 48])).toBe(4800);
  });

  it('refuse a scale of nothing', () => {
    expect(() => scaledLatencies(0)).toThrow('scale is 0; give a number above 0');
  });
});

describe('a rate limiter', () => {
  it.each([
    [1, 10_000],
    [0.1, 1000],
  ])('at a scale of %d gives a token of 0.1 a second after %d milliseconds', (scale, pause) => {
    const limiter = new RateLimiter({ 'organizations:CreateAccount': [0.1, 1] }, scale);
    const passes = (now: number) => limiter.passes('organizations:CreateAccount', '222222222222', now);
    expect([passes(0), passes(pause - 1), passes(pause)]).toEqual([true, false, true]);
  });

  it('counts accounts apart, and lets pass what has no rate', () => {
    const limiter = new RateLimiter({ 'sts:AssumeRole': [1, 1] }, 1);
    expect(limiter.passes('sts:AssumeRole', '1', 0)).toBe(true);
    expect(limiter.passes('sts:AssumeRole', '2', 0)).toBe(true);
    expect(limiter.passes('sts:AssumeRole', '1', 0)).toBe(false);
    expect(limiter.passes('iam:GetRole', '1', 0)).toBe(true);
  });
});
