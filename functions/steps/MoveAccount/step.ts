import { accountOf, type Step } from '../../domain/vending';
import type { AccountFactory } from '../../ports/account-factory';
import type { OrganizationTree } from '../../ports/organization-tree';

export interface MoveAccountPorts {
  readonly tree: OrganizationTree;
  readonly factory: Pick<AccountFactory, 'findByAccount'>;
}

/**
 * Moves the account to the landing zone's OU from wherever it is. Where hierarchical assignment is allowed, an account that is
 * already somewhere below that OU stays. An account that Control Tower has enrolled is left to EnrollAccount: moved by anybody but the Account
 * Factory, it would have drifted. A second run finds the account there and writes nothing.
 *
 * @throws RejectedError when the OU does not exist; TransientError while the account is not visible yet
 */
export function moveAccount({ tree, factory }: MoveAccountPorts): Step {
  return async (vending) => {
    const { targetOrgUnitId: target, allowHierarchicalOrganizationalUnitAssignment: hierarchical } = vending.plan;
    const accountId = accountOf(vending).id;
    const parent = await tree.parentOf(accountId);
    if (parent === target) return { result: { moved: false }, remark: `The account is in ${target}.` };
    if (hierarchical && (await isBelow(tree, parent, target))) {
      return { result: { moved: false }, remark: `The account stays in ${parent}, which is below ${target}.` };
    }
    if (vending.plan.enrollment !== null && (await factory.findByAccount(accountId))?.hasSucceeded === true) {
      return { result: { moved: false }, remark: 'The account is enrolled: the Account Factory is going to move it.' };
    }
    await tree.moveAccount({ accountId, from: parent, to: target });
    return { result: { moved: true }, changes: [{ what: 'organizational unit', from: parent, to: target }] };
  };
}

async function isBelow(tree: OrganizationTree, unit: string, ancestor: string): Promise<boolean> {
  for (let above = unit; !above.startsWith('r-');) {
    above = await tree.parentOf(above);
    if (above === ancestor) return true;
  }
  return false;
}
