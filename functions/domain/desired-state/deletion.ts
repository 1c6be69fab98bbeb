import { pinnedCreation, type Account } from '../records/account-records';
import type { Fault } from '../base/fault';
import type { TenantRecord } from '../records/ledger-records';

/** Whether there is certainly no account, and none to come: nothing is left that could need this tenant's names. */
export const hasNothing = (tenant: TenantRecord): boolean => tenant.account === null && pinnedCreation(tenant) === null;

/** Whether AWS was asked to close the account: there is no way back from there. */
export const isBeingClosed = ({ closure }: Pick<TenantRecord, 'closure'>): boolean =>
  closure !== null && closure.phase !== 'failed';

/** What is wrong with a tenant that is to be kept after AWS was asked to close its account. */
export const tooLateToKeep = ({ account }: Pick<TenantRecord, 'account'>): Fault => ({
  field: 'tenant.status.lifecycle.state',
  message:
    `is 'ACTIVE', but AWS was asked to close the account ${account?.id ?? ''} of this tenant, and a closed account serves nobody any more. ` +
    'Make a new tenant, which has a uuid of its own: it gets an account of its own, with another e-mail, since AWS keeps that of a closed one.',
  value: 'ACTIVE',
});

type Going = Pick<TenantRecord, 'account' | 'activeRun' | 'closure' | 'creation' | 'deletion' | 'status'>;

/** What happens to a tenant that is to be deleted, in sentences for a person. */
export const deletionRemark = (tenant: Going): string => `${whatHappens(tenant)} ${whatIsLeft(tenant)}`;

function whatHappens({ activeRun, deletion, status }: Going): string {
  if (activeRun === null) {
    return status === 'FAILED'
      ? 'The account could not be taken out of use: see the error of the run, and replay it.'
      : 'Nothing more is vended for this tenant.';
  }
  return activeRun.replicationSequence === deletion?.replicationSequence
    ? 'The account is being taken out of use.'
    : `The run of sequence ${activeRun.replicationSequence} goes to its end; then nothing more is vended for this tenant.`;
}

function whatIsLeft(tenant: Going): string {
  const { account, activeRun, creation } = tenant;
  if (account !== null) return whatBecomesOf(account, tenant);
  if (activeRun !== null) return 'An account that AWS has been asked for is waited for, and taken out of use then.';
  return pinnedCreation({ creation }) === null
    ? 'It has no account: nothing is left to close.'
    : `AWS was asked for its account (${creation?.email ?? ''}) and has made none.`;
}

function whatBecomesOf({ id, name, email }: Account, { activeRun, closure, deletion }: Going): string {
  const account = `account ${id} ("${name}")`;
  if (closure?.phase === 'closed') {
    return `AWS has closed its ${account}, and keeps the e-mail ${email}: a tenant that comes after it needs another one.`;
  }
  if (closure?.phase === 'asked' || closure?.phase === 'accepted') return `AWS is closing its ${account}.`;
  if (deletion?.accountGone === true) {
    return `Its ${account} is in the organization no more: somebody has removed it, or AWS has deleted it for good. Who owns it now has its costs.`;
  }
  return activeRun === null
    ? `Its people lose their access, and the account stays: to stop its costs, close ${account} in the AWS Organizations console.`
    : `Its people lose their access; its ${account} is closed if the landing zone "${deletion?.landingZone ?? ''}" closes accounts (closeAccount), and stays if not.`;
}
