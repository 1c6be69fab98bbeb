import * as fc from 'fast-check';

import { nextPoll } from '../../../../functions/domain/base/poll-interval';

describe('the time until the next look', () => {
  it.each([
    { elapsed: 0, seconds: 3 },
    { elapsed: 25, seconds: 3 },
    { elapsed: 100, seconds: 12 },
    { elapsed: 250, seconds: 30 },
    { elapsed: 100_000, seconds: 30 },
    { elapsed: -60, seconds: 3 },
  ])('after $elapsed s is $seconds s', ({ elapsed, seconds }) => {
    expect(nextPoll(elapsed, { minSeconds: 3, maxSeconds: 30 })).toBe(seconds);
  });

  it.each([
    { elapsed: 0, seconds: 60 },
    { elapsed: 59.2, seconds: 121 },
    { elapsed: 60, seconds: 120 },
    { elapsed: 180, seconds: 8 },
  ])('waits for the first looks: after $elapsed s for $seconds s', ({ elapsed, seconds }) => {
    const schedule = { minSeconds: 6, maxSeconds: 30, share: 0.045, firstDelays: [60, 180] };

    expect(nextPoll(elapsed, schedule)).toBe(seconds);
  });

  it.each([
    { elapsed: 75, seconds: 3 },
    { elapsed: 250, seconds: 10 },
    { elapsed: 750, seconds: 30 },
  ])(
    'after $elapsed s is $seconds s where a look may be late by a twenty-fifth of the whole',
    ({ elapsed, seconds }) => {
      expect(nextPoll(elapsed, { minSeconds: 3, maxSeconds: 30, share: 0.04 })).toBe(seconds);
    },
  );

  it('is a whole number within its bounds that never shrinks, as SecondsPath needs it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (one, other) => {
          const schedule = { minSeconds: 3, maxSeconds: 30 };
          const [earlier = 0, later = 0] = [one, other].toSorted((a, b) => a - b);
          const [first, second] = [nextPoll(earlier, schedule), nextPoll(later, schedule)];
          expect(Number.isInteger(first)).toBe(true);
          expect(first).toBeGreaterThanOrEqual(3);
          expect(second).toBeLessThanOrEqual(30);
          expect(second).toBeGreaterThanOrEqual(first);
        },
      ),
    );
  });
});
