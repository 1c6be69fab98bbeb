import type { AccountFactory } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { OrganizationTree } from '../../ports/organizations';

interface Leaving {
  readonly tree: OrganizationTree;
  readonly controlTower: Pick<ControlTower, 'enrollmentOf' | 'governanceOf' | 'landingZone' | 'registrationOf'>;
  readonly factory: AccountFactory;
}

/** Control Tower has let go at once what was moved, or whose product was terminated. */
export function dryRunRemoval({ tree, controlTower, factory }: Leaving): Leaving {
  let isGone = false;
  return {
    tree: {
      ...tree,
      moveAccount: (move) => {
        isGone = true;
        return tree.moveAccount(move);
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
      enrollmentOf: (...asked) => controlTower.enrollmentOf(...asked),
      governanceOf: (accountArn) => (isGone ? Promise.resolve('none') : controlTower.governanceOf(accountArn)),
    },
  };
}
