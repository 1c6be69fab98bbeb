import { type Governance, unitArnBeside } from '../../domain/enrollment/governance';
import { accountOf, type Vending } from '../../domain/run/vending';
import { isOutsideControlTower, type WithdrawalSituation } from '../../domain/enrollment/withdrawal';
import type { ProvisionedProduct } from '../../ports/account-factory';
import type { UnenrollAccountPorts } from './ports';

/** How the account stands to Control Tower, and where it is. */
export interface Found extends WithdrawalSituation<ProvisionedProduct> {
  readonly parentId: string;
}

/** What has to be known before anything is moved or terminated. Reads alone. */
export async function lookAtAccount(ports: UnenrollAccountPorts, vending: Vending): Promise<Found> {
  const { id, arn } = accountOf(vending);
  const products = await productsOf(ports, vending);
  const governance = await ports.controlTower.governanceOf(arn);
  const parentId = await ports.tree.parentOf(id);
  const followsMoves = await readWhetherMovesAreFollowed(ports, vending, governance, products);
  return {
    ...{ governance, products, followsMoves, parentId },
    isOutside: !followsMoves || (await readWhetherOutside(ports, vending, parentId)),
  };
}

/** One whose first operation has failed may not know its account. */
async function productsOf({ factory }: UnenrollAccountPorts, vending: Vending): Promise<readonly ProvisionedProduct[]> {
  const known = await factory.productsOf(accountOf(vending).id);
  const name = vending.tenant.enrollment?.productName ?? null;
  if (name === null || known.some((product) => product.name === name)) return known;
  const unknowing = await factory.findByName(name);
  return unknowing === undefined ? known : [...known, unknowing];
}

/**
 * Without a product, a move is what is left, and Control Tower is asked whether it follows moves although accounts are
 * enrolled otherwise.
 */
async function readWhetherMovesAreFollowed(
  { controlTower }: UnenrollAccountPorts,
  { plan }: Vending,
  governance: Governance,
  products: readonly ProvisionedProduct[],
): Promise<boolean> {
  if (plan.enrollment?.strategy === 'auto-enroll') return true;
  if (governance === 'none' || products.length > 0) return false;
  return (await controlTower.landingZone())?.enrollsByItself === true;
}

async function readWhetherOutside(
  { controlTower }: UnenrollAccountPorts,
  vending: Vending,
  parentId: string,
): Promise<boolean> {
  if (parentId.startsWith('r-') || parentId === vending.plan.enrollment?.suspendedOrgUnitId) return true;
  return isOutsideControlTower(await controlTower.registrationOf(unitArnBeside(accountOf(vending).arn, parentId)));
}
