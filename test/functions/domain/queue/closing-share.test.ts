import {
  closingAllowance,
  NOTHING_CLOSED,
  oneLess,
  oneMore,
  shareLeft,
} from '../../../../functions/domain/queue/closing-share';
import type { ClosingShare } from '../../../../functions/domain/queue/lane-records';
import { after, NOW } from '../../../fakes/vending';

const DAY = 24 * 3600;

const closedOn = (at: Date, closings: number, rest: Partial<ClosingShare> = {}): ClosingShare => ({
  ...{ ...NOTHING_CLOSED, ...rest },
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
      ...{ closings: 250, freeAt: '2026-12-25T00:00:00.000Z', isToBeCounted: true },
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
      ...{ allowed: 250, closings: 240, left: 10, freeAt: '2026-12-25T00:00:00.000Z' },
    });
    expect(shareLeft(some, 2000, NOW)).toMatchObject({ allowed: 400, left: 160 });
    // More than it allows now: the organization has become smaller.
    expect(shareLeft(closedOn(NOW, 300), 3, NOW)).toMatchObject({ left: 0 });
    expect(shareLeft(some, 3, after(31 * DAY))).toMatchObject({ closings: 0, left: 250 });
  });
});
