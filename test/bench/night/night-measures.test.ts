import { nightMeasures, throttlesNothing } from '../../../bench/night/night-measures';
import type { NightCall } from '../../../bench/night/observe-night';

const START = Date.parse('2026-11-25T01:00:00.000Z');

/** A call so many seconds after the night has begun. */
const call = (second: number, changes: Partial<NightCall> = {}): NightCall => ({
  at: START + second * 1000,
  service: 'organizations',
  operation: 'ListParents',
  outcome: 'ok',
  write: false,
  ...changes,
});

const measured = (calls: readonly NightCall[], { seconds = 100, compared = 10 } = {}) =>
  nightMeasures({ startedAt: START, endedAt: START + seconds * 1000, compared, calls });

describe('what a night takes of AWS', () => {
  it('is told for each tenant, and for each second from the schedule to the report', () => {
    const calls = Array.from({ length: 20 }, (_, index) => call(index * 5));

    expect(measured(calls)).toEqual({
      tenants: 10,
      seconds: 100,
      secondsPerTenant: 10,
      throttles: 0,
      writes: 0,
      apis: [
        {
          name: 'organizations:ListParents',
          calls: 20,
          callsPerTenant: 2,
          perSecond: 0.2,
          mostInSecond: 1,
          quotaPerSecond: 5,
          quotaBurst: 8,
          shareOfQuota: 0.04,
        },
      ],
    });
  });

  it('has its most in a second where seconds begin, not where the first call was', () => {
    const calls = [0.3, 0.5, 0.95, 1.25, 7].map((second) => call(second));

    expect(measured(calls).apis).toMatchObject([{ calls: 5, mostInSecond: 3 }]);
  });

  it('counts operations that share a limit together, and those that have none not at all', () => {
    const calls = [
      call(1, { service: 'sso', operation: 'ListAccountAssignments' }),
      call(1, { service: 'sso', operation: 'ListPermissionSets' }),
      call(1, { service: 'iam', operation: 'GetRole' }),
    ];

    expect(measured(calls).apis).toMatchObject([{ name: 'sso:*', calls: 2, mostInSecond: 2, quotaPerSecond: 20 }]);
  });

  it('begins with the API that is nearest to its limit, not with the one that is called most', () => {
    const calls = [
      ...Array.from({ length: 30 }, () => call(1, { service: 'sts', operation: 'AssumeRole' })),
      ...Array.from({ length: 3 }, () => call(2)),
    ];

    expect(measured(calls).apis.map(({ name, shareOfQuota }) => [name, shareOfQuota])).toEqual([
      ['organizations:ListParents', 0.006],
      ['sts:AssumeRole', 0.001],
    ]);
  });

  it.each(['TooManyRequestsException', 'ThrottlingException', 'Throttling'])('counts %s as a throttle', (outcome) => {
    const night = measured([call(1), call(2, { outcome }), call(3, { outcome: 'AccessDeniedException' })]);

    expect(night.throttles).toBe(1);
    expect(throttlesNothing([measured([call(1)]), night])).toBe(false);
    expect(throttlesNothing([measured([call(1)])])).toBe(true);
  });

  it('counts what was written, but for sessions and the function of the landing zone', () => {
    const calls = [
      call(1, { operation: 'TagResource', write: true }),
      call(1, { service: 'iam', operation: 'PutRolePolicy', write: true }),
      call(1, { service: 'sts', operation: 'AssumeRole', write: true }),
      call(1, { service: 'lambda', operation: 'Invoke', write: true }),
      call(1),
    ];

    expect(measured(calls).writes).toBe(2);
  });
});
