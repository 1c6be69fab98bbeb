import type { ItemWrite } from '../../../functions/ports/ledger-store';
import { LaneWatch } from '../../../sandbox/simulation/invariants/lane-watch';
import { Violations } from '../../../sandbox/simulation/violations';

const HOUR = 3600;
const LANE = 'account-factory';

describe('LaneWatch', () => {
  const world = () => {
    let now = 0;
    const violations = new Violations(() => now);
    const watch = new LaneWatch(violations, () => now);
    return {
      invariants: (): readonly string[] => violations.all.map(({ invariant }) => invariant),
      atHour: (hour: number, ...writes: readonly ItemWrite[]): void => {
        now = hour * HOUR;
        watch.look(writes);
      },
      watch,
    };
  };

  it('sees that nobody comes in for hours while somebody waits', () => {
    const { atHour, invariants } = world();
    atHour(0, waiter('first', 'any token'));
    atHour(7, slots('another'));
    atHour(15);
    expect(invariants()).toEqual([]);
    atHour(15.1);
    expect(invariants()).toEqual(['every queue entry gets in']);
  });

  it('does not blame the lane for the hours in which the one with a place there was away', () => {
    const { atHour, invariants } = world();
    atHour(0, waiter('first', 'any token'));
    atHour(1, waiter('first', null));
    atHour(30, waiter('first', 'another token'));
    atHour(38);
    expect(invariants()).toEqual([]);
    atHour(38.1);
    expect(invariants()).toEqual(['every queue entry gets in']);
  });

  it('sees a slot that is overdue for an hour while somebody waits', () => {
    const { atHour, invariants } = world();
    atHour(1.5, waiter('first', 'any token'), slots('another', '2020-01-01T00:00:00Z'));
    atHour(2.5);
    expect(invariants()).toEqual([]);
    atHour(2.6);
    expect(invariants()).toEqual(['a slot whose lease has run out is looked at']);
  });

  it('sees a run that joins and does not look at an overdue slot, and not one that others write', () => {
    const { atHour, invariants } = world();
    atHour(0, waiter('first', 'any token'), slots('another', '2020-01-01T00:00:00Z'), waiter('first', 'any token'));
    expect(invariants()).toEqual([]);
    atHour(0, waiter('first', 'another token'));
    expect(invariants()).toEqual(['a slot whose lease has run out is looked at']);
  });

  it('sees at rest that a place is left behind, also by anyone who is away', () => {
    const { atHour, invariants, watch } = world();
    atHour(0, waiter('first', null), waiter('second', 'any token'), waiter('second', null, true));
    watch.atRest();
    expect(invariants()).toEqual(['nobody is forgotten in a lane']);
  });
});

const waiter = (tenantUuid: string, token: string | null, isGone = false): ItemWrite => ({
  key: { partition: `LANE#${LANE}`, sort: `WAITER#${tenantUuid}` },
  data: isGone ? null : { tenantUuid, token, grantedAt: null },
  expectedVersion: 0,
});

const slots = (tenantUuid: string, lookAt = '2999-01-01T00:00:00Z'): ItemWrite => ({
  key: { partition: `LANE#${LANE}`, sort: 'LANE' },
  data: { slots: [{ tenantUuid, lookAt }], unlimited: false },
  expectedVersion: 0,
});
