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

const one = { requests: 1, controlTower: false, stackSet: 'one-operation' } as const;

describe('The floor of the configuration, derived by hand from quotas and latencies,', () => {
  it('is for one request the sum of what AWS takes, permission sets beside the stack', () => {
    const next = lasting({
      accountCreation: [20],
      accessRole: [40],
      stackInstance: [120],
      accountAssignment: [10, 15],
    });

    const floor = floorOf(one, next, 'configuration');

    // Account, access, 30 s until the new role and what the access role keeps count, stack.
    expect(floor).toEqual([20 + 40 + 30 + 120]);
  });

  it('has with Control Tower the enrollment in place of the wait for the new role', () => {
    const next = lasting({
      accountCreation: [20],
      accessRole: [40],
      enrollment: [1500],
      stackInstance: [120],
      accountAssignment: [10],
    });

    const floor = floorOf({ ...one, controlTower: true }, next, 'configuration');

    expect(floor).toEqual([20 + 40 + 1500 + 120]);
  });

  it('is for five requests bound by the rate of CreateAccount and then by the stack set', () => {
    const durations = {
      accountCreation: [30, 31, 32, 30, 30],
      accessRole: [10],
      stackInstance: [100, 60, 70, 80, 90],
      accountAssignment: [5],
    };

    // Three requests at once, then one every 10 s; the role counts 30 s after the access; from 70 s on the stack set
    // has work without a break.
    const readyForStack = [30, 31, 32, 10 + 30, 20 + 30].map((created) => created + 10 + 30);
    expect(readyForStack).toEqual([70, 71, 72, 80, 90]);
    const deployed = [70 + 100, 170 + 60, 230 + 70, 300 + 80, 380 + 90];
    for (const stackSet of ['one-operation', 'queued'] as const) {
      const floor = floorOf({ ...one, requests: 5, stackSet }, lasting(durations), 'configuration');
      expect(floor).toEqual(deployed);
    }
  });

  it('has one permission set after the other, which take longer than the stack here', () => {
    const next = lasting({
      accountCreation: [20],
      accessRole: [40],
      stackInstance: [60],
      accountAssignment: [70, 25],
    });
    expect(floorOf(one, next, 'configuration')).toEqual([20 + 40 + 30 + 70 + 25]);
  });

  it('lets operations of the stack set run side by side where managed execution does', () => {
    const next = lasting({
      accountCreation: [30, 30],
      accessRole: [10],
      stackInstance: [100, 60],
      accountAssignment: [5],
    });

    const floor = floorOf({ ...one, requests: 2, stackSet: 'side-by-side' }, next, 'configuration');

    expect(floor).toEqual([30 + 10 + 30 + 60, 30 + 10 + 30 + 100]);
  });

  it('lets six enrollments begin in five slots: the sixth when the first has ended', () => {
    const next = lasting({
      accountCreation: [10],
      accessRole: [10],
      enrollment: [1500, 1510, 1520, 1530, 1540, 1400],
      stackInstance: [60],
      accountAssignment: [5],
    });

    const floor = floorOf({ ...one, requests: 6, controlTower: true }, next, 'configuration');

    // Requests at 0, 0, 0, 10, 20 and 30 s; so enrollments at 20, 20, 20, 30 and 40 s, and at 1520 s, when the first
    // one has ended.
    const enrolled = [20 + 1500, 20 + 1510, 20 + 1520, 30 + 1530, 40 + 1540, 1520 + 1400] as const;
    expect(enrolled).toEqual([1520, 1530, 1540, 1560, 1580, 2920]);
    // The first stack holds up the next one, and so on, until the sixth.
    const deployed = [1520 + 60, 1640, 1700, 1760, 1820, 2920 + 60];
    expect(floor).toEqual(deployed);
  });
});

describe("AWS's own floor", () => {
  const durations = { accountCreation: [20], accessRole: [40], stackInstance: [120], accountAssignment: [10, 15] };

  it('has people beside the stack set, and what the access role keeps beside both', () => {
    const floor = floorOf(one, lasting(durations), 'aws');

    expect(floor).toEqual([20 + 40 + 30 + 120]);
  });

  it('is that of the assignments where they take longer than the rest', () => {
    const floor = floorOf(one, lasting({ ...durations, accountAssignment: [150, 100] }), 'aws');

    expect(floor).toEqual([20 + 150 + 100]);
  });

  it('has the stack set after the enrollment, and people beside it', () => {
    const floor = floorOf({ ...one, controlTower: true }, lasting({ ...durations, enrollment: [1500] }), 'aws');

    expect(floor).toEqual([20 + 40 + 1500 + 120]);
  });

  it('is the same however the stack set is configured', () => {
    const floors = (['side-by-side', 'queued', 'one-operation'] as const).map((stackSet) =>
      floorOf({ ...one, requests: 5, stackSet }, lasting(durations), 'aws'),
    );

    expect(new Set(floors.map((floor) => JSON.stringify(floor))).size).toBe(1);
  });

  it('has one operation for all who wait, in the reading that nothing runs beside an operation', () => {
    const next = lasting({
      accountCreation: [30, 31, 32, 30, 30],
      accessRole: [10],
      stackInstance: [100, 60, 70, 80, 90],
      accountAssignment: [5],
    });

    const floor = floorOf({ ...one, requests: 5 }, next, 'aws-queued');

    // The first has it from 70 to 170 s. All others wait by then; theirs is over when the last of them is.
    expect(floor).toEqual([170, 170 + 60, 170 + 70, 170 + 80, 170 + 90]);
  });
});
