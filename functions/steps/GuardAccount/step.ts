import { RejectedError } from '../../domain/errors';
import type { Account } from '../../domain/ledger-records';
import { TENANT_TAG_KEY } from '../../domain/tenant-tag';
import { accountOf, type Step } from '../../domain/vending';
import type { AccountDirectory } from '../../ports/account-directory';

export interface GuardAccountPorts {
  readonly directory: Pick<AccountDirectory, 'describeAccount' | 'listTags'>;
}

/**
 * Stands before everything that takes something away: the account has to carry the tag with this tenant's uuid, which it has had since it was made
 * or imported, and it is never the management account. The ledger alone is not believed here. It reads and writes nothing, so a second run looks again.
 *
 * An account that has left the organization, or that AWS has deleted for good, is no fault: groups and their members are left to be removed.
 *
 * @throws RejectedError when the account is the management account, or is not tagged as this tenant's
 */
export function guardAccount({ directory }: GuardAccountPorts): Step {
  return async (vending) => {
    const account = accountOf(vending);
    const { tenant, plan } = vending;
    if (account.id === plan.closing?.managementAccountId) throw isManagementAccount(account);
    const found = await directory.describeAccount(account.id);
    if (found === undefined)
      return { result: { accountThere: false }, remark: `${account.id} is in the organization no more.` };
    const tag = (await directory.listTags(account.id))[TENANT_TAG_KEY] ?? null;
    if (tag !== tenant.tenantUuid) throw isNotTheirs(account, tag, tenant.tenantUuid);
    return { result: { accountThere: true } };
  };
}

const isManagementAccount = ({ id }: Account): RejectedError =>
  new RejectedError(
    `The account ${id} is the management account of the organization: it is never taken out of use.`,
    'Find out how it became the account of this tenant, and send the desired state as ACTIVE with a higher replicationSequence.',
  );

const isNotTheirs = ({ id, name }: Account, tag: string | null, tenantUuid: string): RejectedError =>
  new RejectedError(
    `The account ${id} ("${name}") ${tag === null ? `has no tag ${TENANT_TAG_KEY}` : `belongs to tenant ${tag} by its tag ${TENANT_TAG_KEY}`}: nothing was taken from it.`,
    `If it is this tenant's, tag it in AWS Organizations with ${TENANT_TAG_KEY} = ${tenantUuid} and replay this vending; if not, leave it as it is.`,
  );
