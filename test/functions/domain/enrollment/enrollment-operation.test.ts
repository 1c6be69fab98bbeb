import { enrollmentPoll } from '../../../../functions/domain/enrollment/enrollment-operation';
import type { Enrollment } from '../../../../functions/domain/records/account-records';

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
