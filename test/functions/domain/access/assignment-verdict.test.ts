import {
  checkBudget,
  failuresOf,
  verdictOn,
  withoutAssignment,
} from '../../../../functions/domain/access/assignment-verdict';
import { after, NOW, vending } from '../../../fakes/vending';
import { PERMISSION_SET } from '../examples';

const record = {
  kind: 'creation' as const,
  groupId: 'g-1',
  permissionSetArn: PERMISSION_SET,
  requestId: 'r-1',
  askedAt: NOW.toISOString(),
  failures: 0,
};

describe('a look at a request for an assignment', () => {
  it.each(['SUCCEEDED', 'UNKNOWN'] as const)('is the last one where it shows %s', (state) => {
    expect(verdictOn(record, { state, reason: null }, NOW)).toEqual({ kind: 'over' });
  });

  it.each([
    [0, 8],
    [5, 3],
    [7, 1],
    [8, 5],
    [50, 6],
    [1000, 15],
  ])('comes again, after %s seconds in %s', (elapsed, waitSeconds) => {
    const look = { state: 'IN_PROGRESS', reason: null } as const;
    expect(verdictOn(record, look, after(elapsed))).toEqual({ kind: 'goes-on', waitSeconds });
  });

  it.each([0, 1])('asks for it once more after %s failures, after a pause', (failures) => {
    expect(verdictOn({ ...record, failures }, { state: 'FAILED', reason: 'x' }, NOW)).toEqual({
      kind: 'again',
      waitSeconds: 20,
      record: { ...record, requestId: null, failures: failures + 1 },
    });
  });

  it.each([
    ['creation', 'give', 'Something.', 'Something.', 'Mend what it names'],
    ['deletion', 'take away', null, 'it gave no reason', 'Mend what it names'],
    ['creation', 'give', 'Access denied by IAM: no.', 'Access denied by IAM: no.', 'See that managementAccountAccess'],
  ] as const)('gives up at the third failure: %s, %s', (kind, doing, reason, told, remedy) => {
    const verdict = verdictOn({ ...record, kind, failures: 2 }, { state: 'FAILED', reason }, NOW);
    // A replay asks again, and counts from the beginning.
    expect(verdict).toMatchObject({ kind: 'gives-up', record: { ...record, kind, requestId: null, failures: 0 } });
    const { message = '' } = 'error' in verdict ? verdict.error : {};
    expect(message).toContain(`could not ${doing} ${PERMISSION_SET}, 3 times: ${told}. ${remedy}`);
    expect(message).toMatch(/replay this run\.$/);
  });
});

describe('failures', () => {
  const failed = { ...record, failures: 2 };

  it.each([
    ['of the same count on', failed, 2],
    ['of another group do not', { ...failed, groupId: 'g-2' }, 0],
    ['of the other direction do not', { ...failed, kind: 'deletion' as const }, 0],
    ['of another permission set do not', { ...failed, permissionSetArn: `${PERMISSION_SET}0` }, 0],
  ])('%s', (_, known, expected) => {
    expect(failuresOf(known, record)).toBe(expected);
  });

  it('of nothing are none', () => {
    expect(failuresOf(null, record)).toBe(0);
  });
});

describe('the state that waits for assignments', () => {
  it('has nothing outstanding in the end', () => {
    const context = vending({ tenant: { assignment: record } });
    expect(withoutAssignment(context)).toEqual({ ...context, tenant: { ...context.tenant, assignment: null } });
  });

  it('waits an hour', () => {
    expect(() => {
      checkBudget(vending({ at: 3599 }));
    }).not.toThrow();
    expect(() => {
      checkBudget(vending({ at: 3600 }));
    }).toThrow(
      'had not finished with the assignments of this account after 60 minutes. Look in the IAM Identity Center',
    );
  });
});
