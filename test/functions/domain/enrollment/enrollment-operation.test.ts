import { adopted, enrollmentPoll, nextEnrollment } from '../../../../functions/domain/enrollment/enrollment-operation';
import type { Enrollment } from '../../../../functions/domain/records/account-records';
import { account, NOW, vending } from '../../../fakes/vending';

/** The last operation of a tenant, which has ended, with changes. */
const enrollmentWith = (changes: Partial<Enrollment>): Enrollment => ({
  phase: 'ended',
  kind: 'provision',
  attempt: 3,
  recordId: 'rec-3',
  requestHash: 'h',
  productName: null,
  askedAt: NOW.toISOString(),
  busySince: null,
  hasPaused: false,
  failures: 0,
  ...changes,
});

describe('nextEnrollment', () => {
  it.each([
    { attempt: null, numbersFrom: undefined, next: 1 },
    { attempt: null, numbersFrom: 1000, next: 1001 },
    { attempt: 3, numbersFrom: 1000, next: 1001 },
    { attempt: 1005, numbersFrom: 1000, next: 1006 },
  ])(
    'uses no token again that AWS may know from a ledger that was lost: $attempt, from $numbersFrom',
    ({ attempt, numbersFrom, next }) => {
      const enrollment = attempt === null ? null : enrollmentWith({ attempt });
      const context = vending({ tenant: { account, enrollment, numbersFrom } });
      const { productName, ...intent } = nextEnrollment(context, 'provision', 'h');

      expect(intent.attempt).toBe(next);
      expect(productName).toMatch(new RegExp(`-${next}$`, 'u'));
    },
  );
});

describe('adopted', () => {
  it.each(['provision', 'terminate', 'leave'] as const)(
    "takes an operation of somebody else for an update, when the tenant's last one (%s) has ended",
    (kind) => {
      const context = vending({ tenant: { account, enrollment: enrollmentWith({ kind }) } });

      expect(adopted(context, 'rec-9')).toMatchObject({ phase: 'asked', kind: 'update', recordId: 'rec-9' });
    },
  );

  it('takes it for the one that was asked for, where nobody has seen the end of that', () => {
    const enrollment = enrollmentWith({ phase: 'asked', kind: 'terminate', recordId: null });

    expect(adopted(vending({ tenant: { account, enrollment } }), 'rec-9')).toMatchObject({ kind: 'terminate' });
  });
});

/** Seconds after the start at which an operation is polled, if it has not ended by then. */
function polls(kind: Enrollment['kind'], untilSeconds: number): number[] {
  const times: number[] = [];
  for (let at = enrollmentPoll(kind, 0); at <= untilSeconds; at += enrollmentPoll(kind, at)) times.push(at);
  return times;
}

describe('enrollmentPoll', () => {
  it('polls once for an early failure, and then when the end is to be expected', () => {
    expect(polls('provision', 1300)).toEqual([180, 1220, 1240, 1260, 1280, 1300]);
    expect(polls('update', 700)).toEqual([180, 625, 650, 675, 700]);
    expect(polls('terminate', 95)).toEqual([60, 70, 80, 90]);
  });

  it('polls what has no usual duration the more seldom the longer it takes', () => {
    expect(polls('move', 50)).toEqual([10, 20, 30, 40, 50]);
    expect(enrollmentPoll('move', 200)).toBe(24);
    expect(enrollmentPoll('move', 3600)).toBe(30);
    expect(enrollmentPoll('leave', 3600)).toBe(60);
  });

  it('lets no minute pass unseen at the end of a long enrollment', () => {
    expect(enrollmentPoll('provision', 1900)).toBe(28);
    expect(enrollmentPoll('provision', 7200)).toBe(30);
  });
});
