import type { NextDuration, OperationKind } from '../../bench/durations';
import { pollsBound } from '../../bench/polls-bound';

const next =
  (seconds: Partial<Record<OperationKind, number>>): NextDuration =>
  (kind) =>
    seconds[kind] ?? NaN;

const promised = { ratio: 1.05, calls: 60, polls: 50, callsWithoutPolls: 36 };
const plain = { controlTower: false };

describe('what forbids a target', () => {
  it('is one look at each operation where all end as soon as they can', () => {
    const shortest = { accountCreation: 3, accessRole: 10, stackInstance: 60, accountAssignment: 5 };

    const { leastCalls, leastPolls } = pollsBound(plain, next(shortest), promised);

    // Account, stack, two assignments; for the polls the access and the entry that asks as well.
    expect([leastCalls, leastPolls]).toEqual([36 + 1 + 3, 1 + 3 + 1 + 1]);
  });

  it('is more looks than are left where they take long, as many as derived by hand', () => {
    const long = { accountCreation: 45, accessRole: 50, stackInstance: 170, accountAssignment: 5 };

    const { leastCalls } = pollsBound(plain, next(long), promised);

    // Six looks at the account, seven seconds apart. The floor is 225 s at least when the stack can be done, and 335 s
    // when it is.
    const atStack = Math.log(335 / 225) / 0.05;
    expect(leastCalls).toBe(36 + 6 + 3 + Math.ceil(atStack));
  });

  it('knows more of the floor after each operation: what comes later may be looked at less often', () => {
    const long = { accountCreation: 45, accessRole: 50, stackInstance: 170, accountAssignment: 25 };

    const { leastCalls } = pollsBound(plain, next(long), promised);

    // As above; then both assignments take twenty seconds more than they need.
    const roots = [335 / 225, 355 / 335, 375 / 355].map((growth) => Math.sqrt(Math.log(growth)));
    expect(leastCalls).toBe(36 + 6 + 3 + Math.ceil(roots.reduce((sum, root) => sum + root) ** 2 / 0.05));
  });

  it('has the looks at the access among the polls, and not among the calls', () => {
    const late = { accountCreation: 3, accessRole: 50, stackInstance: 60, accountAssignment: 5 };

    const { leastCalls, leastPolls } = pollsBound(plain, next(late), promised);

    // 143 s at least when the access can be there, and 183 s when it is.
    expect(leastCalls).toBe(36 + 1 + 3);
    expect(leastPolls).toBe(1 + 1 + 1 + 3 + Math.ceil(Math.log(183 / 143) / 0.05));
  });

  it('has an enrollment more with Control Tower', () => {
    const shortest = { accountCreation: 3, accessRole: 10, enrollment: 1200, stackInstance: 60, accountAssignment: 5 };

    const { leastCalls } = pollsBound({ controlTower: true }, next(shortest), promised);

    expect(leastCalls).toBe(36 + 1 + 4);
  });

  it('allows a smaller promise of the time, the fewer looks are left', () => {
    const seconds = { accountCreation: 20, accessRole: 30, stackInstance: 100, accountAssignment: 15 };
    const ratio = (callsWithoutPolls: number): number =>
      pollsBound(plain, next(seconds), { ...promised, callsWithoutPolls }).leastRatio;

    expect(ratio(36)).toBeGreaterThan(1.05);
    expect(ratio(46)).toBeGreaterThan(ratio(36));
  });
});
