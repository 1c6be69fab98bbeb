import {
  accountRemedy,
  accountState,
  isLongKnown,
  leftOrganization,
  notClosed,
} from '../../../../functions/domain/account/account-state';
import { account, vending } from '../../../fakes/vending';

describe('what AWS says of an account', () => {
  it.each([
    [null, 'open'],
    ['ACTIVE', 'open'],
    ['PENDING_CLOSURE', 'closing'],
    ['CLOSED', 'closed'],
    ['SUSPENDED', 'barred'],
    ['PENDING_ACTIVATION', 'barred'],
    ['HIBERNATING', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s means %s', (state, standing) => {
    expect(accountState(state)).toBe(standing);
  });

  it.each([
    ['PENDING_CLOSURE', 'reopen'],
    ['CLOSED', 'reopen'],
    [null, 'console'],
    ['SUSPENDED', 'unpaid bill'],
    ['PENDING_ACTIVATION', 'complete its registration'],
    ['HIBERNATING', 'console'],
  ])('%s has a remedy: %s', (state, says) => {
    expect(accountRemedy(state)).toContain(says);
  });

  it('names the account and its state where it is not closed', () => {
    expect(notClosed('444444444444', 'SUSPENDED').message).toContain('444444444444 (SUSPENDED)');
    expect(notClosed('444444444444', 'PENDING_ACTIVATION').message).toContain('never activated (PENDING_ACTIVATION)');
  });
});

describe('an account in which nothing can be done', () => {
  it('is told by the state that AWS gives, where it gives one, and with what to do', () => {
    const error = notClosed('444444444444', 'SUSPENDED');
    expect(error.reason).toBe(
      'AWS has suspended the account 444444444444 (SUSPENDED): it is not closed, and nothing can be done in it. Its people have lost their access.',
    );
    expect(error.remedy).toMatch(/unpaid bill .*; once AWS shows the account as ACTIVE or CLOSED, replay this run\.$/);
    expect(notClosed('444444444444', null).message).toContain('444444444444 (no state)');
  });

  it('has left the organization for good', () => {
    const error = leftOrganization('444444444444');
    expect(error.reason).toBe('The account 444444444444 has left the organization.');
    expect(error.remedy).toContain('Invite it back and replay this run, or mark its tenant for deletion');
    expect(error.accountLost).toBe(true);
  });

  it.each([
    [15 * 60 - 1, false],
    [15 * 60, true],
    [15 * 60 + 1, true],
  ])('%s seconds after it became known it is long known: %s', (at, expected) => {
    expect(isLongKnown(vending({ tenant: { account }, at }))).toBe(expected);
  });
});
