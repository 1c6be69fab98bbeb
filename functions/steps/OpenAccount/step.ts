import type { VendingPlan } from '../../domain/plan';
import { accountOf, type Step } from '../../domain/vending';
import type { MemberRoles, WantedRole } from '../../ports/member-account';

export interface OpenAccountPorts {
  readonly roles: MemberRoles;
}

/** Control Tower's own, fixed names. Source: AWS Control Tower User Guide, "Prerequisites for enrollment". */
const CONTROL_TOWER_ROLE = 'AWSControlTowerExecution';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/**
 * Makes the roles through which stack sets and Control Tower will work in the account. It comes before the move: in an OU that is
 * registered with Control Tower a service control policy forbids it. A second run finds the roles and writes nothing.
 *
 * @throws RejectedError when a service control policy forbids it already
 */
export function openAccount({ roles }: OpenAccountPorts): Step {
  return async (vending) => {
    const entry = { accountId: accountOf(vending).id, accessRole: vending.plan.account.accessRole };
    const wanted = rolesOf(vending.plan);
    const changes: { what: string; from: null; to: string }[] = [];
    for (const role of wanted) {
      for (const to of await roles.ensureRole(entry, role)) changes.push({ what: `role ${role.name}`, from: null, to });
    }
    return wanted.length === 0
      ? { result: { roles: 0 }, remark: 'The landing zone needs no role in the account.' }
      : { result: { roles: wanted.length }, changes };
  };
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
