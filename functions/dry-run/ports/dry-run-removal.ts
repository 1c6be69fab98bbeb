import type { AccountFactory } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { OrganizationTree } from '../../ports/organizations';
import { dryRunTree } from './dry-run-organization';

interface Looks {
  readonly tree: OrganizationTree;
  readonly controlTower: Pick<ControlTower, 'governanceOf' | 'landingZone' | 'registrationOf'>;
}

/** Control Tower has let go at once what was moved, or whose product was terminated. */
export function dryRunRemoval(
  { tree, controlTower }: Looks,
  factory: AccountFactory,
): Looks & { readonly factory: AccountFactory } {
  let isGone = false;
  const moved = dryRunTree(tree);
  return {
    tree: {
      ...moved,
      moveAccount: (move) => {
        isGone = true;
        return moved.moveAccount(move);
      },
    },
    factory: {
      ...factory,
      terminate: (product, token) => {
        isGone = true;
        return factory.terminate(product, token);
      },
    },
    controlTower: {
      landingZone: () => controlTower.landingZone(),
      registrationOf: (unitArn) => controlTower.registrationOf(unitArn),
      governanceOf: (accountArn) => (isGone ? Promise.resolve('none') : controlTower.governanceOf(accountArn)),
    },
  };
}
