import { accountStanding } from '../../domain/account-standing';
import { guardedAccount, noServiceAccount } from '../../domain/guarded-account';
import { accountOfLandingZone, ownAccount, type ServiceAccount } from '../../domain/service-accounts';
import type { Step, Vending } from '../../domain/vending';
import type { AccountDirectory } from '../../ports/account-directory';
import type { ControlTower } from '../../ports/control-tower';
import type { OwnAccount } from '../../ports/own-account';

export interface GuardAccountPorts {
  readonly directory: Pick<AccountDirectory, 'describeAccount' | 'listTags'>;
  readonly own: OwnAccount;
  readonly controlTower: Pick<ControlTower, 'landingZone'>;
}

/**
 * Stands before everything that takes something away: the account has to carry the tag with this tenant's uuid, which it has had since it was made
 * or imported, and it is no account that serves others: that of the application itself, the management and the automation account, and those that Control
 * Tower shares. The ledger alone is not believed here. It reads and writes nothing, so a second run looks again.
 *
 * An account that has left the organization, or that AWS has deleted for good, is no fault: groups and their members are left to be removed.
 * `accountOpen`: something can still be done in it.
 *
 * @throws RejectedError when the account serves others, or is not tagged as this tenant's
 */
export function guardAccount({ directory, own, controlTower }: GuardAccountPorts): Step {
  return async (vending) => {
    const served = [ownAccount(await own.id()), ...(await sharedAccounts(controlTower, vending))];
    const { id } = noServiceAccount(vending, served);
    const found = await directory.describeAccount(id);
    if (found === undefined) {
      return { result: { accountThere: false, accountOpen: false }, remark: `${id} is in the organization no more.` };
    }
    guardedAccount(vending, await directory.listTags(id), served);
    const { state } = found;
    if (accountStanding(state) === 'open') return { result: { accountThere: true, accountOpen: true } };
    return { result: { accountThere: true, accountOpen: false }, remark: `${id} is ${state} in AWS.` };
  };
}

async function sharedAccounts(
  controlTower: GuardAccountPorts['controlTower'],
  { plan }: Vending,
): Promise<readonly ServiceAccount[]> {
  if (plan.controlTowerRegion === null) return [];
  return ((await controlTower.landingZone())?.sharedAccounts ?? []).map(accountOfLandingZone);
}
