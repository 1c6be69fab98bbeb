import * as fc from 'fast-check';

import { aheadOf, EMPTY_LINE, joined, left, waitingIn } from '../../../../functions/domain/queue/waiting-line';

const placeOf = (number: number): string => String(number).padStart(6, '0');

const lineOf = (numbers: readonly number[]) => numbers.map(placeOf).reduce(joined, EMPTY_LINE);

/** Somebody comes, or somebody who is there leaves. */
const movements = fc.array(fc.record({ comes: fc.boolean(), number: fc.nat(500) }), { maxLength: 400, size: 'max' });

describe('a line', () => {
  it('knows the place of each while few wait, in whatever order they came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(999), { minLength: 1, maxLength: 100, size: 'max' }), (numbers) => {
        const line = lineOf(numbers);
        const inOrder = numbers.toSorted((one, other) => one - other);
        expect(inOrder.map((number) => aheadOf(line, placeOf(number)))).toEqual(inOrder.map((_, index) => index));
      }),
    );
  });

  it('counts all who come and leave, and stays small', () => {
    fc.assert(
      fc.property(movements, (story) => {
        const waiting: number[] = [];
        let line = EMPTY_LINE;
        for (const { comes, number } of story) {
          if (comes && !waiting.includes(number)) {
            waiting.push(number);
            line = joined(line, placeOf(number));
          } else if (!comes && waiting.length > 0) {
            const [gone = 0] = waiting.splice(number % waiting.length, 1);
            line = left(line, placeOf(gone));
          }
          expect(Math.abs(waitingIn(line) - waiting.length)).toBe(0);
          expect(line.groups.length).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('is out by no more than a group where many wait', () => {
    const line = lineOf(Array.from({ length: 1_000 }, (_, number) => number));
    for (const number of [0, 1, 250, 500, 999]) {
      expect(Math.abs(aheadOf(line, placeOf(number)) - number)).toBeLessThanOrEqual(20);
    }
  });

  it('is as long as before when somebody leaves whom it never counted, before all others', () => {
    expect(left(lineOf([2, 3]), placeOf(1))).toEqual(lineOf([2, 3]));
  });
});
