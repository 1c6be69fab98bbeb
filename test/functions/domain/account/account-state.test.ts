import { accountRemedy, accountState, notClosed } from '../../../../functions/domain/account/account-state';

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
    ['CLOSED', 'reopen'],
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
