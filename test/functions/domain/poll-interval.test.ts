import * as fc from 'fast-check';

import {
  nextLook,
  nextLookOfSlot,
  secondsToLook,
  secondsToSearch,
  slotInPlaceOf,
  untilOwnSecond,
} from '../../../functions/domain/poll-interval';

describe('the time until the next look', () => {
  it.each([
    { elapsed: 0, seconds: 3 },
    { elapsed: 25, seconds: 3 },
    { elapsed: 100, seconds: 12 },
    { elapsed: 250, seconds: 30 },
    { elapsed: 100_000, seconds: 30 },
    { elapsed: -60, seconds: 3 },
  ])('after $elapsed s is $seconds s', ({ elapsed, seconds }) => {
    expect(nextLook(elapsed, { leastSeconds: 3, mostSeconds: 30 })).toBe(seconds);
  });

  it('is a whole number within its bounds that never shrinks, as SecondsPath needs it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (one, other) => {
          const rhythm = { leastSeconds: 3, mostSeconds: 30 };
          const [earlier = 0, later = 0] = [one, other].toSorted((a, b) => a - b);
          const [first, second] = [nextLook(earlier, rhythm), nextLook(later, rhythm)];
          expect(Number.isInteger(first)).toBe(true);
          expect(first).toBeGreaterThanOrEqual(3);
          expect(second).toBeLessThanOrEqual(30);
          expect(second).toBeGreaterThanOrEqual(first);
        },
      ),
    );
  });
});

const START = Date.parse('2026-03-02T08:00:00.000Z');
const at = (milliseconds: number): Date => new Date(START + Math.round(milliseconds));
const slots = fc.integer({ min: 0, max: 4 });
const instants = fc.integer({ min: 0, max: 10_000_000 });

describe('the looks of one slot', () => {
  it('come at once within its own seconds, else in the next of them: no second belongs to two slots', () => {
    fc.assert(
      fc.property(instants, slots, slots, (instant, slot, other) => {
        for (const own of [secondsToLook, secondsToSearch]) {
          const wait = untilOwnSecond(at(instant), own(slot));
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThan(own(slot).grid);
          const then = at(instant + wait * 1000);
          expect(untilOwnSecond(then, own(slot))).toBe(0);
          expect(untilOwnSecond(then, own(other)) === 0).toBe(slot === other);
        }
      }),
    );
  });

  it('leave three seconds between two searches', () => {
    const begin = [0, 1, 2, 3, 4].map((slot) => secondsToSearch(slot).second);
    expect(begin).toEqual([0, 3, 6, 9, 12]);
  });

  it('see the end of any operation at most 15 % of it or five seconds late, wherever its second is', () => {
    fc.assert(
      fc.property(instants, slots, fc.integer({ min: 3000, max: 250_000 }), (asked, slot, takes) => {
        const since = at(asked).toISOString();
        let now = asked;
        do now += nextLookOfSlot(since, at(now), slot) * 1000;
        while (now - asked < takes);
        expect(untilOwnSecond(at(now), secondsToLook(slot))).toBe(0);
        expect(now - asked - takes).toBeLessThanOrEqual(Math.max(takes * 0.15, 5000));
      }),
    );
  });

  it('are at most 30 seconds apart, however long it takes', () => {
    expect(nextLookOfSlot(at(0).toISOString(), at(3_600_000), 0)).toBe(30);
  });

  it('have a number for a tenant without a slot, too', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect([0, 1, 2, 3, 4]).toContain(slotInPlaceOf(uuid));
      }),
    );
  });
});
