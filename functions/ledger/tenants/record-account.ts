import { RejectedError } from '../../domain/base/errors';
import type { Account } from '../../domain/records/account-records';
import { ClaimRecordSchema, type TenantRecord } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, snapshotsOf } from '../base/decide';
import { accountClaim, claimKey, tenantKey } from '../base/keys';
import { replaceTenant, tenantOf } from './tenant-items';

/**
 * Writes down which account belongs to the tenant and claims it, in one transaction: no second tenant can ever get it.
 *
 * @throws RejectedError when another tenant has this account, or this tenant has another one
 */
export async function recordAccount(store: LedgerStore, tenantUuid: string, account: Account): Promise<void> {
  await decide(store, [tenantKey(tenantUuid), claimKey(accountClaim(account.id))], (tenantItem, claimItem) => {
    const tenant = tenantOf(tenantItem);
    if (tenant === undefined) return { writes: [], result: undefined };
    const holder = contentOf(ClaimRecordSchema, claimItem)?.tenantUuid ?? tenantUuid;
    if (holder !== tenantUuid || (tenant.account !== null && tenant.account.id !== account.id)) {
      throw conflicting(account, holder, tenant);
    }
    if (tenant.account !== null) return { writes: [], result: undefined };
    const claims = [...new Set([...tenant.claims, accountClaim(account.id)])];
    return {
      writes: [replaceTenant(tenantItem, { ...tenant, account, claims }), replace(claimItem, { tenantUuid })],
      result: undefined,
    };
  });
}

/**
 * Looks whether an account is free, or the tenant's own. Nothing is claimed.
 *
 * @throws RejectedError when another tenant has it
 */
export async function checkAccountClaim(store: LedgerStore, accountId: string, tenant: TenantRecord): Promise<void> {
  const [item] = await snapshotsOf(store, [claimKey(accountClaim(accountId))]);
  const holder = contentOf(ClaimRecordSchema, item)?.tenantUuid ?? tenant.tenantUuid;
  if (holder !== tenant.tenantUuid) throw conflicting({ id: accountId }, holder, tenant);
}

function conflicting(account: Pick<Account, 'id'>, holder: string, tenant: TenantRecord): RejectedError {
  return holder === tenant.tenantUuid
    ? new RejectedError(
        `This tenant already has account ${tenant.account?.id ?? ''}; ${account.id} would be a second one.`,
        'Find out in AWS Organizations where the second account comes from before anything else is vended for this tenant.',
      )
    : new RejectedError(
        `Account ${account.id} belongs to another tenant (${holder}).`,
        'One account serves one tenant, also after that one was deleted. Correct tenant.spec.platformTenantId, or leave it null to have a new account ' +
          'made, and send the desired state with a higher replicationSequence.',
      );
}
