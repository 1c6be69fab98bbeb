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

describe('a group of neighbours', () => {
  const line = {
    groups: [
      ['000001', 5],
      ['000009', 2],
      ['000020', 1],
    ] as [string, number][],
  };

  it.each([
    ['000000', 0],
    ['000001', 0],
    ['000003', 2],
    ['000009', 5],
    ['000010', 5],
    ['000020', 7],
    ['000021', 7],
  ])('has the place %s behind %s others', (place, ahead) => {
    expect(aheadOf(line, place)).toBe(ahead);
  });

  it('has nobody ahead of the first', () => {
    expect(aheadOf(EMPTY_LINE, '000001')).toBe(0);
  });

  it('grows by one that comes to its first place again, and by no other', () => {
    expect(joined(line, '000009').groups).toEqual([
      ['000001', 5],
      ['000009', 3],
      ['000020', 1],
    ]);
    expect(joined(line, '000010').groups).toEqual([
      ['000001', 5],
      ['000009', 2],
      ['000010', 1],
      ['000020', 1],
    ]);
    expect(joined(line, '000030').groups).toEqual([...line.groups, ['000030', 1]]);
    expect(joined(line, '000000').groups).toEqual([['000000', 1], ...line.groups]);
  });

  it('shrinks by one that leaves, and goes with the last', () => {
    expect(left(line, '000010').groups).toStrictEqual([
      ['000001', 5],
      ['000009', 1],
      ['000020', 1],
    ]);
    expect(left(line, '000020').groups).toStrictEqual([
      ['000001', 5],
      ['000009', 2],
    ]);
    expect(left(lineOf([1]), '000001')).toStrictEqual(EMPTY_LINE);
  });

  it('is made of the two that are fewest together, once there are more than a hundred', () => {
    const hundred = lineOf(Array.from({ length: 100 }, (_, index) => 10 * index));
    expect(hundred.groups).toHaveLength(100);
    expect(hundred.groups.every(([, waiting]) => waiting === 1)).toBe(true);
    const more = joined(hundred, placeOf(1000));
    expect(more.groups).toHaveLength(100);
    expect(more.groups.slice(0, 2)).toEqual([
      [placeOf(0), 2],
      [placeOf(20), 1],
    ]);
    // Those are three together: the next two are fewer.
    expect(joined(more, placeOf(1010)).groups.slice(0, 3)).toEqual([
      [placeOf(0), 2],
      [placeOf(20), 2],
      [placeOf(40), 1],
    ]);
  });
});
