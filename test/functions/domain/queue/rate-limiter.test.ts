import * as fc from 'fast-check';

import { isTimely, nextTurn, reserveCall, secondsUntil } from '../../../../functions/domain/queue/rate-limiter';
import { ACCOUNT_CREATION, RECONCILIATION } from '../../../../functions/domain/queue/lanes';
import type { LaneRateState } from '../../../../functions/domain/queue/lane-records';
import { awsLimits } from '../../../../sandbox/organization/organization-limits';
import { RateLimiter } from '../../../../sandbox/organization/rate-limiter';
import { after, NOW, turn } from '../../../fakes/vending';

/** The seconds at which those are let in who come at these. */
function letIn({ rate }: typeof ACCOUNT_CREATION, asked: readonly number[]): readonly number[] {
  let state: LaneRateState | null = null;
  return asked.map((seconds) => {
    const next = nextTurn(rate, state, after(seconds));
    state = next.state;
    return (next.notBefore.getTime() - NOW.getTime()) / 1000;
  });
}

describe('the next turn of a lane', () => {
  it('is at once where the lane has no rate, and remembers nothing', () => {
    expect(nextTurn(null, null, NOW)).toEqual({ notBefore: NOW, state: null });
  });

  it.each([
    {
      what: 'three after a pause, a second apart, then one in ten seconds',
      asked: [0, 0, 0, 0, 0],
      at: [0, 1, 2, 10, 20],
    },
    { what: 'at once for anyone who comes seldom enough', asked: [0, 10, 20, 30], at: [0, 10, 20, 30] },
    {
      what: 'three again after a long pause',
      asked: [0, 0, 0, 3600, 3600, 3600, 3600],
      at: [0, 1, 2, 3600, 3601, 3602, 3610],
    },
    { what: 'in whole seconds', asked: [0.4, 0.4], at: [0.4, 1.4] },
  ])('in the lane of account creations is $what', ({ asked, at }) => {
    expect(letIn(ACCOUNT_CREATION, asked)).toEqual(at);
  });

  it('in the lane of reconciliations is a second after the last one', () => {
    expect(letIn(RECONCILIATION, [0, 0, 0, 10])).toEqual([0, 1, 2, 10]);
  });

  it('is never more often than AWS takes requests, nor two within the second that the lane keeps between them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 40 }), (pauses) => {
        let now = 0;
        const asked = pauses.map((pause) => (now += pause) / 1000);
        const at = letIn(ACCOUNT_CREATION, asked);
        const limiter = new RateLimiter(awsLimits.rates, 1);
        expect(at.filter((second) => !limiter.passes('organizations:CreateAccount', 'all', second * 1000))).toEqual([]);
        expect(at.filter((second, index) => second - (at[index - 1] ?? -1) < 1 - 1e-9)).toEqual([]);
        expect(at.every((second, index) => second >= (asked[index] ?? 0) - 1e-9)).toBe(true);
      }),
    );
  });
});

describe('a turn that was not used', () => {
  it.each([
    { seconds: 0, timely: true },
    { seconds: 30, timely: true },
    { seconds: 30.001, timely: false },
  ])('may be used $seconds s after its moment: $timely', ({ seconds, timely }) => {
    expect(isTimely(turn({ notBefore: NOW.toISOString() }), after(seconds))).toBe(timely);
  });

  it.each([
    { at: 5, seconds: 5 },
    { at: 4.2, seconds: 5 },
    { at: -3, seconds: 0 },
  ])('is waited for in whole seconds: $seconds', ({ at, seconds }) => {
    expect(secondsUntil(after(at).toISOString(), NOW)).toBe(seconds);
  });
});

describe('a call of an API', () => {
  const limiter = { millisecondsApart: 1000, burst: 3 };

  it('comes at once while the burst lasts, then in its time, by what was reserved before', () => {
    let fullAt: Date | null = null;
    const waits = Array.from({ length: 5 }, () => {
      const call = reserveCall(limiter, fullAt, NOW);
      fullAt = call.fullAt;
      return call.at.getTime() - NOW.getTime();
    });
    expect(waits).toEqual([0, 0, 0, 1000, 2000]);
    expect(fullAt).toEqual(after(5));
  });

  it('has the burst again after a pause', () => {
    expect(reserveCall(limiter, after(5), after(5))).toEqual({ at: after(5), fullAt: after(6) });
    expect(reserveCall(limiter, after(5), after(60))).toEqual({ at: after(60), fullAt: after(61) });
    expect(reserveCall(limiter, null, NOW)).toEqual({ at: NOW, fullAt: after(1) });
  });
});
