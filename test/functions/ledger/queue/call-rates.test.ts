import * as fc from 'fast-check';

import { limiterOf } from '../../../../functions/ledger/queue/call-pacer';
import { reserveCall } from '../../../../functions/domain/queue/rate-limiter';
import { awsLimits } from '../../../../sandbox/organization/organization-limits';
import { RateLimiter } from '../../../../sandbox/organization/rate-limiter';
import { importedOperations } from '../../../contract/imported-operations';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');

/** When the calls are made that are reserved at these moments, in milliseconds. */
function made(limiter: Parameters<typeof reserveCall>[0], asked: readonly number[]): readonly number[] {
  let fullAt: Date | null = null;
  return asked.map((at) => {
    const reserved = reserveCall(limiter, fullAt, new Date(NOW + at));
    fullAt = reserved.fullAt;
    return reserved.at.getTime() - NOW;
  });
}

describe('a reserved call', () => {
  it.each([
    { name: 'at once after a pause', asked: [0, 500, 10_000], expected: [0, 500, 10_000] },
    { name: 'one after the other where the burst is spent', asked: [0, 0, 0, 0], expected: [0, 0, 200, 400] },
    { name: 'at once again when time has passed', asked: [0, 0, 0, 700], expected: [0, 0, 200, 700] },
  ])('is made $name', ({ asked, expected }) => {
    expect(made({ millisecondsApart: 200, burst: 2 }, asked)).toEqual(expected);
  });
});

describe('the budget of an API', () => {
  const limited = Object.keys(awsLimits.rates).flatMap((name) => {
    const [service = '', operation = ''] = name.split(':');
    const named = limiterOf(service, operation === '*' ? 'ListInstances' : operation);
    return named === undefined ? [] : [{ name, limiter: named.limiter }];
  });

  it('is there for every API that is called and has a rate', () => {
    const called = importedOperations('functions').filter((name) => {
      const [service = ''] = name.split(':');
      // Nobody can assume roles 600 times a second here.
      return (
        service !== 'sts' && (awsLimits.rates[name] !== undefined || awsLimits.rates[`${service}:*`] !== undefined)
      );
    });
    expect(called.length).toBeGreaterThan(15);
    expect(called.filter((name) => limiterOf(...(name.split(':') as [string, string])) === undefined)).toEqual([]);
  });

  it.each(limited)('never asks $name more often than AWS answers', ({ name, limiter: ours }) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 80 }), (pauses) => {
        const limiter = new RateLimiter(awsLimits.rates, 1);
        const asked = pauses.map((_, index) => pauses.slice(0, index).reduce((sum, one) => sum + (one % 700), 0));
        const refused = made(ours, asked).filter((at) => !limiter.passes(name, 'management', NOW + at));
        expect(refused).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  const late = fc.record({ pause: fc.integer({ min: 0, max: 40_000 }), lateness: fc.integer({ min: 0, max: 500 }) });

  it.each(['organizations:CreateAccount', 'organizations:CloseAccount'])(
    'has none of %s refused that arrives some time after it was let in',
    (name) => {
      const ours = limiterOf(...(name.split(':') as [string, string]))?.limiter;
      if (ours === undefined) throw new Error(`Nothing paces ${name}.`);
      fc.assert(
        fc.property(fc.array(late, { maxLength: 40 }), (calls) => {
          const limiter = new RateLimiter(awsLimits.rates, 1);
          const asked = calls.map((_, index) => calls.slice(0, index).reduce((sum, { pause }) => sum + pause, 0));
          const arrived = made(ours, asked).map((at, index) => at + (calls[index]?.lateness ?? 0));
          const refused = arrived
            .toSorted((a, b) => a - b)
            .filter((at) => !limiter.passes(name, 'management', NOW + at));
          expect(refused).toEqual([]);
        }),
      );
    },
  );

  it('leaves a fifth to others', () => {
    expect(limiterOf('organizations', 'DescribeOrganizationalUnit')).toEqual({
      name: 'organizations:DescribeOrganizationalUnit',
      limiter: { millisecondsApart: 625, burst: 1 },
    });
  });

  it.each([
    ['organizations', 'MoveAccount', 625, 1],
    ['organizations', 'ListAccounts', 157, 6],
    ['identitystore', 'CreateGroup', 63, 3],
    ['scim', 'read', 32, 7],
    ['scim', 'write', 50, 4],
  ])('has for %s:%s one in %s ms and %s at once', (service, operation, millisecondsApart, burst) => {
    expect(limiterOf(service, operation)?.limiter).toEqual({ millisecondsApart, burst });
  });

  it.each([
    ['CreateAccount', 10_000, 3],
    ['CloseAccount', 20_000, 1],
  ])('has all of %s for their lane: one in %s ms and %s at once', (operation, millisecondsApart, burst) => {
    const arrivesWithinMilliseconds = 500;
    expect(limiterOf('organizations', operation)?.limiter).toEqual({
      millisecondsApart,
      burst,
      arrivesWithinMilliseconds,
    });
  });

  it('is shared by all operations where AWS has one rate for them', () => {
    expect(limiterOf('sso', 'CreateAccountAssignment')).toEqual(limiterOf('sso', 'DeleteAccountAssignment'));
  });

  it.each([
    ['sts', 'AssumeRole'],
    ['iam', 'GetRole'],
    ['organizations', 'ListRoots'],
  ])('is not there where nothing is limited: %s:%s', (service, operation) => {
    expect(limiterOf(service, operation)).toBeUndefined();
  });
});
