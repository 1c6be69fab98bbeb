import type { NextDuration, OperationKind } from '../../bench/durations';
import { looksBound } from '../../bench/looks-bound';

const next =
  (seconds: Partial<Record<OperationKind, number>>): NextDuration =>
  (kind) =>
    seconds[kind] ?? NaN;

const promised = { ratio: 1.05, calls: 60, polls: 50, callsWithoutLooks: 36 };
const plain = { controlTower: false };

describe('what forbids a target', () => {
  it('is one look at each operation where all end as soon as they can', () => {
    const shortest = { accountCreation: 3, accessRole: 10, stackInstance: 60, accountAssignment: 5 };

    const { leastCalls, leastPolls } = looksBound(plain, next(shortest), promised);

    // Account, stack, two assignments; for the polls the access and the entry that asks as well.
    expect([leastCalls, leastPolls]).toEqual([36 + 1 + 3, 1 + 3 + 1 + 1]);
  });

  it('is more looks than are left where they take long, as many as derived by hand', () => {
    const long = { accountCreation: 45, accessRole: 50, stackInstance: 170, accountAssignment: 5 };

    const { leastCalls } = looksBound(plain, next(long), promised);

    // Six looks at the account, seven seconds apart. The floor is 225 s at least when the stack can be done, and 335 s when it is.
    const atStack = Math.log(335 / 225) / 0.05;
    expect(leastCalls).toBe(36 + 6 + 3 + Math.ceil(atStack));
  });

  it('allows a smaller promise of the time, the fewer looks are left', () => {
    const seconds = { accountCreation: 20, accessRole: 30, stackInstance: 100, accountAssignment: 15 };
    const ratio = (callsWithoutLooks: number): number =>
      looksBound(plain, next(seconds), { ...promised, callsWithoutLooks }).leastRatio;

    expect(ratio(36)).toBeGreaterThan(1.05);
    expect(ratio(46)).toBeGreaterThan(ratio(36));
  });
});
