import {
  closingAllowance,
  NOTHING_CLOSED,
  oneLess,
  oneMore,
  SHARE_GIVE_UP_SECONDS,
  SHARE_LOOK_SECONDS,
  shareLeft,
} from '../../../../functions/domain/queue/closing-share';
import type { ClosingShare } from '../../../../functions/domain/queue/lane-records';
import { after, NOW } from '../../../fakes/vending';

const DAY = 24 * 3600;

const closedOn = (at: Date, closings: number, rest: Partial<ClosingShare> = {}): ClosingShare => ({
  ...NOTHING_CLOSED,
  ...rest,
  days: [{ day: at.toISOString().slice(0, 10), closings }],
});

describe('the share of accounts that AWS closes in thirty days', () => {
  it.each([
    [1, 250],
    [1250, 250],
    [1255, 251],
    [4999, 999],
    [50_000, 1000],
  ])('is of %d accounts %d', (accounts, allowance) => {
    expect(closingAllowance(accounts)).toBe(allowance);
  });

  it('counts by day', () => {
    const one = oneMore(NOTHING_CLOSED, NOW);
    expect(one).toEqual(closedOn(NOW, 1));
    expect(oneMore(closedOn(NOW, 1), after(3600))).toEqual(closedOn(NOW, 2));
  });

  it('is spent with the least of 250, and says when the first day counts no longer', () => {
    expect(oneMore(closedOn(NOW, 249), NOW)).toEqual(closedOn(NOW, 250));
    expect(oneMore(closedOn(NOW, 250), NOW)).toEqual({
      closings: 250,
      freeAt: '2026-12-25T00:00:00.000Z',
      isToBeCounted: true,
    });
  });

  it('is larger where the number of accounts, as it was counted, allows more; for a day that number is good', () => {
    const allowance = { closings: 400, countedAt: NOW.toISOString() };
    expect(oneMore(closedOn(NOW, 250, { allowance }), NOW)).toEqual(closedOn(NOW, 251, { allowance }));
    expect(oneMore(closedOn(NOW, 400, { allowance }), NOW)).toMatchObject({ closings: 400, isToBeCounted: false });
    expect(oneMore(closedOn(NOW, 400, { allowance }), after(2 * DAY))).toMatchObject({ isToBeCounted: true });
  });

  it('never forgets a closing before it is thirty days old', () => {
    const spent = closedOn(NOW, 250);
    expect(oneMore(spent, after(30 * DAY))).toMatchObject({ closings: 250 });
    expect(oneMore(spent, after(31 * DAY))).toMatchObject({ days: [{ closings: 1 }] });
  });

  it('has a closing back that AWS has not taken', () => {
    expect(oneLess(closedOn(NOW, 2), NOW)).toEqual(closedOn(NOW, 1));
    expect(oneLess(closedOn(NOW, 1), NOW)).toEqual(NOTHING_CLOSED);
    expect(oneLess(NOTHING_CLOSED, NOW)).toEqual(NOTHING_CLOSED);
  });

  it('tells what is left of it, by the accounts as they are counted now', () => {
    expect(shareLeft(NOTHING_CLOSED, 3, NOW)).toEqual({ allowed: 250, closings: 0, left: 250, freeAt: null });
    const some = closedOn(NOW, 240);
    expect(shareLeft(some, 3, NOW)).toEqual({
      allowed: 250,
      closings: 240,
      left: 10,
      freeAt: '2026-12-25T00:00:00.000Z',
    });
    expect(shareLeft(some, 2000, NOW)).toMatchObject({ allowed: 400, left: 160 });
    // More than it allows now: the organization has become smaller.
    expect(shareLeft(closedOn(NOW, 300), 3, NOW)).toMatchObject({ left: 0 });
    expect(shareLeft(some, 3, after(31 * DAY))).toMatchObject({ closings: 0, left: 250 });
  });
});

describe('a day of closings', () => {
  const counted = (share: ClosingShare, at: Date): ClosingShare => {
    const more = oneMore(share, at);
    if (!('days' in more)) throw new Error(more.freeAt);
    return more;
  };
  const allowance = { closings: 2, countedAt: NOW.toISOString() };

  it('counts until it is over by thirty days, to the moment', () => {
    const share = closedOn(new Date('2026-11-01T10:00:00Z'), 2, { allowance });
    const free = new Date('2026-12-02T00:00:00.000Z');
    expect(shareLeft(share, 1, new Date(free.getTime() - 1)).closings).toBe(2);
    expect(shareLeft(share, 1, free)).toMatchObject({ closings: 0, freeAt: null });
    expect(oneMore(share, new Date(free.getTime() - 1))).toMatchObject({ closings: 2, freeAt: free.toISOString() });
    expect(counted(share, free).days).toEqual([{ day: '2026-12-02', closings: 1 }]);
  });

  it('has a count of its own', () => {
    const two = counted(counted(NOTHING_CLOSED, NOW), after(DAY));
    const three = counted(two, after(DAY));
    const days = [
      { day: '2026-11-24', closings: 1 },
      { day: '2026-11-25', closings: 2 },
    ];
    expect(three.days).toEqual(days);
    expect(oneLess(three, after(DAY)).days).toEqual(two.days);
    expect(oneLess(two, NOW).days).toEqual([{ day: '2026-11-25', closings: 1 }]);
    expect(oneLess(two, after(5 * DAY)).days).toEqual(two.days);
  });

  it.each([
    [DAY - 1, false],
    [DAY, false],
    [DAY + 1, true],
  ])('is held against a number of accounts that is %s seconds old: it is counted again, %s', (seconds, expected) => {
    const share = closedOn(NOW, 2, { allowance });
    expect(oneMore(share, after(seconds))).toMatchObject({ isToBeCounted: expected });
  });

  it('is held against the least that AWS allows where nobody has counted', () => {
    expect(oneMore(closedOn(NOW, 249), NOW)).toHaveProperty('days');
    expect(oneMore(closedOn(NOW, 250), NOW)).toMatchObject({ closings: 250, isToBeCounted: true });
    expect(oneMore({ days: [], allowance: { ...allowance, closings: 0 } }, NOW)).toHaveProperty('days');
  });

  it('is looked at every two hours, for three shares of thirty-one days', () => {
    expect([SHARE_LOOK_SECONDS, SHARE_GIVE_UP_SECONDS]).toEqual([2 * 3600, 3 * 31 * DAY]);
  });
});
