import {
  deletionRemark,
  hasNothing,
  isBeingClosed,
  tooLateToKeep,
} from '../../../../functions/domain/desired-state/deletion';
import type { TenantRecord } from '../../../../functions/domain/records/ledger-records';
import { account, creation, NOW, tenant } from '../../../fakes/vending';

const at = NOW.toISOString();
const closure = (phase: 'asked' | 'accepted' | 'failed' | 'closed') => ({ phase, askedAt: at, failures: 0 });
const deletion = { replicationSequence: 18, at, landingZone: 'aws-dev' };

describe('a tenant', () => {
  it.each<[Partial<TenantRecord>, boolean]>([
    [{ account: null, creation: null }, true],
    [{ account: null, creation: creation({ attempt: 0 }) }, true],
    [{ account: null, creation: creation() }, false],
    [{ account, creation: null }, false],
  ])('with %o has nothing: %s', (changes, expected) => {
    expect(hasNothing(tenant(changes))).toBe(expected);
  });

  it.each([
    [null, false],
    [closure('asked'), true],
    [closure('accepted'), true],
    [closure('closed'), true],
    [closure('failed'), false],
  ])('with the closure %o is being closed: %s', (found, expected) => {
    expect(isBeingClosed({ closure: found })).toBe(expected);
  });

  it('whose account is being closed cannot be kept', () => {
    const fault = tooLateToKeep({ account });
    expect(fault).toMatchObject({ field: 'tenant.status.lifecycle.state', value: 'ACTIVE' });
    expect(fault.message).toContain('AWS was asked to close the account 444444444444 of this tenant');
    expect(fault.message).toContain('Make a new tenant, which has a uuid of its own');
    expect(tooLateToKeep({ account: null }).message).toContain('to close the account  of this tenant');
  });
});

describe('what happens to a tenant that is to be deleted', () => {
  const going = (changes: Partial<TenantRecord> = {}): string =>
    deletionRemark(tenant({ deletion, account, activeRun: null, status: 'CLOSED', ...changes }));
  const running = (replicationSequence: number) => ({ activeRun: { replicationSequence, run: 1 } });

  it.each<[string, Partial<TenantRecord>, string]>([
    ['nothing runs', {}, 'Nothing more is vended for this tenant. '],
    ['its run has failed', { status: 'FAILED' }, 'The account could not be taken out of use: see the error of the run'],
    ['its run is at work', running(18), 'The account is being taken out of use. '],
    ['an earlier run is at work', running(17), 'The run of sequence 17 goes to its end; then nothing more is vended'],
    ['an earlier run is at work, and the deletion is not known', { ...running(17), deletion: null }, 'The run of seq'],
  ])('where %s', (_, changes, said) => {
    expect(going(changes).startsWith(said)).toBe(true);
  });

  it.each<[string, Partial<TenantRecord>, string]>([
    ['an account may come', { account: null, ...running(17) }, 'An account that AWS has been asked for is waited for'],
    ['there is no account', { account: null }, 'It has no account: nothing is left to close.'],
    [
      'AWS was asked for an account in vain',
      { account: null, creation: creation() },
      `AWS was asked for its account (${account.email}) and has made none.`,
    ],
    ['the account was never asked for', { account: null, creation: creation({ attempt: 0 }) }, 'It has no account'],
    [
      'the account is closed',
      { closure: closure('closed') },
      `AWS has closed its account 444444444444 ("retail.webshop-dev"), and keeps the e-mail ${account.email}:`,
    ],
    ['AWS is being asked to close it', { closure: closure('asked') }, 'AWS is closing its account 444444444444 ("r'],
    ['AWS closes it', { closure: closure('accepted') }, 'AWS is closing its account 444444444444 ("r'],
    [
      'it is in the organization no more',
      { deletion: { ...deletion, accountGone: true } },
      'Its account 444444444444 ("retail.webshop-dev") is in the organization no more',
    ],
    [
      'it stays',
      { closure: closure('failed') },
      'Its people lose their access, and the account stays: to stop its costs, close account 444444444444',
    ],
    [
      'its landing zone decides',
      running(18),
      'its account 444444444444 ("retail.webshop-dev") is closed if the landing zone "aws-dev" closes accounts',
    ],
    ['nobody knows the landing zone', { ...running(17), deletion: null }, 'is closed if the landing zone "" closes'],
  ])('and to its account, where %s', (_, changes, said) => {
    expect(going(changes)).toContain(said);
  });
});
