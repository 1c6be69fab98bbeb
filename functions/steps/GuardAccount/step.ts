import { accountStanding } from '../../domain/account-standing';
import { guardedAccount, notManagement } from '../../domain/guarded-account';
import type { Step } from '../../domain/vending';
import type { AccountDirectory } from '../../ports/account-directory';

export interface GuardAccountPorts {
  readonly directory: Pick<AccountDirectory, 'describeAccount' | 'listTags'>;
}

/**
 * Stands before everything that takes something away: the account has to carry the tag with this tenant's uuid, which it has had since it was made
 * or imported, and it is never the management account. The ledger alone is not believed here. It reads and writes nothing, so a second run looks again.
 *
 * An account that has left the organization, or that AWS has deleted for good, is no fault: groups and their members are left to be removed.
 * `accountOpen`: something can still be done in it.
 *
 * @throws RejectedError when the account is the management account, or is not tagged as this tenant's
 */
export function guardAccount({ directory }: GuardAccountPorts): Step {
  return async (vending) => {
    const { id } = notManagement(vending);
    const found = await directory.describeAccount(id);
    if (found === undefined) {
      return { result: { accountThere: false, accountOpen: false }, remark: `${id} is in the organization no more.` };
    }
    guardedAccount(vending, await directory.listTags(id));
    const { state } = found;
    if (accountStanding(state) === 'open') return { result: { accountThere: true, accountOpen: true } };
    return { result: { accountThere: true, accountOpen: false }, remark: `${id} is ${state} in AWS.` };
  };
}
