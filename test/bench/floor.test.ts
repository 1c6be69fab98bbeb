import type { NextDuration, OperationKind } from '../../bench/durations';
import { floorOf } from '../../bench/floor';

/** Durations in the order in which operations begin; the last one of a kind stays. */
const lasting = (durations: Partial<Record<OperationKind, readonly number[]>>): NextDuration => {
  const begun = new Map<OperationKind, number>();
  return (kind) => {
    const seconds = durations[kind] ?? [];
    const index = begun.get(kind) ?? 0;
    begun.set(kind, index + 1);
    return seconds[Math.min(index, seconds.length - 1)] ?? NaN;
  };
};

describe('The floor, derived by hand from quotas and latencies,', () => {
  it('is for one request the sum of what AWS takes, one thing after the other', () => {
    const next = lasting({
      ...{ accountCreation: [20], accessRole: [40], stackInstance: [120], accountAssignment: [10, 15] },
    });

    const floor = floorOf({ requests: 1, controlTower: false }, next);

    // Account, access, 30 s until the new role counts, stack, two assignments, 30 s until the kept rights count.
    expect(floor).toEqual([20 + 40 + 30 + 120 + 10 + 15 + 30]);
  });

  it('has with Control Tower the enrollment in place of the wait for the new role', () => {
    const next = lasting({
      ...{ accountCreation: [20], accessRole: [40], enrollment: [1500], stackInstance: [120], accountAssignment: [10] },
    });

    const floor = floorOf({ requests: 1, controlTower: true }, next);

    expect(floor).toEqual([20 + 40 + 1500 + 120 + 10 + 10 + 30]);
  });

  it('is for five requests bound by the rate of CreateAccount and then by the stack set', () => {
    const next = lasting({
      ...{ accountCreation: [30, 31, 32, 30, 30], accessRole: [10] },
      ...{ stackInstance: [100, 60, 70, 80, 90], accountAssignment: [5] },
    });

    const floor = floorOf({ requests: 5, controlTower: false }, next);

    // Three requests at once, then one every 10 s; the role counts 30 s after the access; from 70 s on the stack set
    // has work without a break.
    const readyForStack = [30, 31, 32, 10 + 30, 20 + 30].map((created) => created + 10 + 30);
    expect(readyForStack).toEqual([70, 71, 72, 80, 90]);
    const deployed = [70 + 100, 170 + 60, 230 + 70, 300 + 80, 380 + 90];
    expect(floor).toEqual(deployed.map((at) => at + 5 + 5 + 30));
  });

  it('lets six enrollments begin in five slots: the sixth when the first has ended', () => {
    const next = lasting({
      ...{ accountCreation: [10], accessRole: [10], enrollment: [1500, 1510, 1520, 1530, 1540, 1400] },
      ...{ stackInstance: [60], accountAssignment: [5] },
    });

    const floor = floorOf({ requests: 6, controlTower: true }, next);

    // Requests at 0, 0, 0, 10, 20 and 30 s; so enrollments at 20, 20, 20, 30 and 40 s, and at 1520 s, when the first
    // one has ended.
    const enrolled = [20 + 1500, 20 + 1510, 20 + 1520, 30 + 1530, 40 + 1540, 1520 + 1400] as const;
    expect(enrolled).toEqual([1520, 1530, 1540, 1560, 1580, 2920]);
    // The first stack holds up the next one, and so on, until the sixth.
    const deployed = [1520 + 60, 1640, 1700, 1760, 1820, 2920 + 60];
    expect(floor).toEqual(deployed.map((at) => at + 5 + 5 + 30));
  });
});
