import { RejectedError } from './errors';
import type { Account } from './ledger-records';
import { TENANT_TAG_KEY } from './tenant-tag';
import { accountOf, type Vending } from './vending';

/**
 * The account, if it is neither the management account nor, by its tag, anybody else's. AWS's word is asked for that, not the ledger's alone.
 *
 * @param tags of the account, as AWS has them
 * @throws RejectedError when it is not to be touched
 */
export function guardedAccount(vending: Vending, tags: Readonly<Record<string, string>>): Account {
  const account = notManagement(vending);
  const { tenantUuid } = vending.tenant;
  const tag = tags[TENANT_TAG_KEY] ?? null;
  if (tag !== tenantUuid) throw isNotTheirs(account, tag, tenantUuid);
  return account;
}

/** The same without a look: the management account is never to be touched, whatever it carries. */
export function notManagement(vending: Vending): Account {
  const account = accountOf(vending);
  if (account.id === vending.plan.closing?.managementAccountId) throw isManagementAccount(account);
  return account;
}

const isManagementAccount = ({ id }: Account): RejectedError =>
  new RejectedError(
    `The account ${id} is the management account of the organization: it is never taken out of use.`,
    'Find out how it became the account of this tenant, and send the desired state as ACTIVE with a higher replicationSequence.',
  );

const isNotTheirs = ({ id, name }: Account, tag: string | null, tenantUuid: string): RejectedError =>
  new RejectedError(
    `The account ${id} ("${name}") ${tag === null ? `has no tag ${TENANT_TAG_KEY}` : `belongs to tenant ${tag} by its tag ${TENANT_TAG_KEY}`}: nothing was taken from it.`,
    `If it is this tenant's, tag it in AWS Organizations with ${TENANT_TAG_KEY} = ${tenantUuid} and replay this run; if not, leave it as it is.`,
  );
