import type { Change } from '../../domain/ledger-records';
import type { VendingPlan } from '../../domain/plan';
import { accountOf, type Step } from '../../domain/vending';
import type { MemberRoles, WantedRole } from '../../ports/member-account';
import type { OrganizationTree } from '../../ports/organization-tree';

export interface OpenAccountPorts {
  readonly roles: MemberRoles;
  readonly tree: OrganizationTree;
}

/** Control Tower's own, fixed names. Source: AWS Control Tower User Guide, "Prerequisites for enrollment". */
const CONTROL_TOWER_ROLE = 'AWSControlTowerExecution';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/**
 * Makes the roles through which stack sets and Control Tower will work in the account. It comes before the move: in an OU that is
 * registered with Control Tower a service control policy forbids it, so an account that is to be enrolled and sits in some OU already goes to the
 * root first. A second run finds the roles and writes nothing.
 *
 * @throws RejectedError when a service control policy forbids it
 */
export function openAccount({ roles, tree }: OpenAccountPorts): Step {
  return async (vending) => {
    const entry = { accountId: accountOf(vending).id, accessRole: vending.plan.account.accessRole };
    const wanted = rolesOf(vending.plan);
    const isUnprepared = vending.plan.enrollment !== null && !(await roles.hasRole(entry, CONTROL_TOWER_ROLE));
    const changes = isUnprepared ? [...(await moveToRoot(tree, entry.accountId))] : [];
    for (const role of wanted) {
      for (const to of await roles.ensureRole(entry, role)) changes.push({ what: `role ${role.name}`, from: null, to });
    }
    return wanted.length === 0
      ? { result: { roles: 0 }, remark: 'The landing zone needs no role in the account.' }
      : { result: { roles: wanted.length }, changes };
  };
}

async function moveToRoot(tree: OrganizationTree, accountId: string): Promise<readonly Change[]> {
  const from = await tree.parentOf(accountId);
  const to = await tree.rootAbove(from);
  if (from === to) return [];
  await tree.moveAccount({ accountId, from, to });
  return [{ what: 'organizational unit', from, to }];
}

function rolesOf({ stackSets, stackSetExecutionRole, enrollment }: VendingPlan): readonly WantedRole[] {
  return [
    ...(stackSets.length === 0 || stackSetExecutionRole === null ? [] : [stackSetExecutionRole]),
    ...(enrollment === null
      ? []
      : [
          {
            name: CONTROL_TOWER_ROLE,
            trustedAccountId: enrollment.managementAccountId,
            managedPolicyArns: [ADMINISTRATOR],
          },
        ]),
  ];
}
