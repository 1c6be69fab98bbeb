import { accountState } from '../../domain/account/account-state';
import { guardedAccount, noServiceAccount } from '../../domain/account/guarded-account';
import { accountOfLandingZone, ownAccount } from '../../domain/configuration/service-accounts';
import type { ServiceAccount } from '../../domain/plan/plan';
import { accountOf, type Step, type StepContext } from '../../domain/run/step-context';
import type { AccountDirectory } from '../../ports/organizations';
import type { AccountFactory } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { OwnAccount } from '../../ports/own-account';

export interface GuardAccountPorts {
  readonly directory: Pick<AccountDirectory, 'describeAccount' | 'listTags'>;
  readonly own: OwnAccount;
  readonly controlTower: Pick<ControlTower, 'landingZone'>;
  /** Asked about an account that was closed by somebody else. */
  readonly factory: Pick<AccountFactory, 'productsOf'>;
}

/**
 * Stands before everything that takes something away: the account has to carry the tag with this tenant's uuid, which
 * it has had since it was made or imported, and it is no account that serves others: that of the application itself,
 * the management and the automation account, and those that Control Tower shares. The ledger alone is not believed
 * here. It reads and writes nothing, so a second run looks again.
 *
 * An account that has left the organization, or that AWS has deleted for good, is no fault: groups and their members
 * are left to be removed. `accountOpen`: something can still be done in it.
 *
 * @throws RejectedError when the account serves others, or is not tagged as this tenant's
 */
export function guardAccount({ directory, own, controlTower, factory }: GuardAccountPorts): Step {
  return async (context) => {
    const served = [ownAccount(await own.id()), ...(await sharedAccounts(controlTower, context))];
    const { id } = noServiceAccount(context, served);
    const found = await directory.describeAccount(id);
    if (found === undefined) {
      return { result: { accountThere: false, accountOpen: false }, remark: `${id} is in the organization no more.` };
    }
    guardedAccount(context, await directory.listTags(id), served);
    const { state } = found;
    const standing = accountState(state);
    if (standing === 'open') return { result: { accountThere: true, accountOpen: true } };
    const left = standing === 'closed' || standing === 'closing' ? await productsLeft(factory, context) : '';
    return { result: { accountThere: true, accountOpen: false }, remark: `${id} is ${state} in AWS${left}.` };
  };
}

/**
 * Lists the products of an account that was closed before it was unenrolled. Nothing is terminated: it would fail, and
 * leave the product worse than it was.
 *
 * @evidence documented controltower/userguide/troubleshooting: the product of a closed account is in the way of
 *   updates, and may show that AWSControlTowerExecution cannot be assumed
 * @evidence documented controltower/userguide/delete-account: it has to be deleted once the 90 days are over
 */
async function productsLeft(factory: GuardAccountPorts['factory'], context: StepContext): Promise<string> {
  if (context.plan.enrollment === null) return '';
  const names = (await factory.productsOf(accountOf(context).id)).map(({ name }) => name).join(', ');
  return names === ''
    ? ''
    : `; its provisioned product ${names} stays in Service Catalog, since AWS cannot enter the account any more. Terminate it once the account is gone, 90 days ` +
        'after it was closed; updates of the landing zone may fail until then. Preflight lists it (stale-products)';
}

async function sharedAccounts(
  controlTower: GuardAccountPorts['controlTower'],
  { plan }: StepContext,
): Promise<readonly ServiceAccount[]> {
  if (plan.controlTowerRegion === null) return [];
  return ((await controlTower.landingZone())?.sharedAccounts ?? []).map(accountOfLandingZone);
}
