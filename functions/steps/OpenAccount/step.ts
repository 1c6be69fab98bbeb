import { isSeal } from '../../domain/access-role-seal';
import { RejectedError } from '../../domain/errors';
import type { Change } from '../../domain/ledger-records';
import type { VendingPlan } from '../../domain/plan';
import { accountOf, partitionOfAccount, type Step } from '../../domain/vending';
import type { AccessRole } from '../../ports/access-role';
import type { MemberEntry, MemberRoles, WantedRole } from '../../ports/member-account';
import type { OrganizationTree } from '../../ports/organization-tree';

export interface OpenAccountPorts {
  readonly role: Pick<AccessRole, 'boundaryOf'>;
  readonly roles: MemberRoles;
  readonly tree: OrganizationTree;
}

/** Control Tower's own, fixed names. Source: AWS Control Tower User Guide, "Prerequisites for enrollment". */
const CONTROL_TOWER_ROLE = 'AWSControlTowerExecution';
const ADMINISTRATOR = 'iam::aws:policy/AdministratorAccess';

/** IAM is eventually consistent; AWS reckons with half a minute, and StackSets fail where they come sooner. */
const PROPAGATION_SECONDS = 30;

/**
 * Makes the roles through which stack sets and Control Tower will work in the account. It comes before the move: in an OU that is
 * registered with Control Tower a service control policy forbids it, so an account that is to be enrolled and sits in some OU already goes to the
 * root first. `waitSeconds`: how long the workflow leaves the new roles alone where nothing else takes that long. A second run finds the roles and
 * writes nothing.
 *
 * @throws RejectedError when a service control policy forbids it, or the account is sealed and lacks a role: nothing is written then
 */
export function openAccount({ role: accessRole, roles, tree }: OpenAccountPorts): Step {
  return async (vending) => {
    const entry = { accountId: accountOf(vending).id, accessRole: vending.plan.account.accessRole };
    const wanted = rolesOf(vending.plan, partitionOfAccount(vending));
    if (vending.tenant.seal !== null) await checkSealed({ accessRole, roles, entry, wanted });
    const isUnprepared = isEnrolledByFactory(vending.plan) && !(await roles.hasRole(entry, CONTROL_TOWER_ROLE));
    const changes = isUnprepared ? [...(await moveToRoot(tree, entry.accountId))] : [];
    for (const role of wanted) {
      for (const to of await roles.ensureRole(entry, role)) changes.push({ what: `role ${role.name}`, from: null, to });
    }
    return wanted.length === 0
      ? { result: { roles: 0, waitSeconds: 0 }, remark: 'The landing zone needs no role in the account.' }
      : { result: { roles: wanted.length, waitSeconds: changes.length === 0 ? 0 : PROPAGATION_SECONDS }, changes };
  };
}

/** Where Control Tower follows moves, it needs no role. Source: AWS Control Tower User Guide, "Move and enroll accounts with auto-enrollment". */
const isEnrolledByFactory = ({ enrollment }: VendingPlan): boolean => enrollment?.strategy === 'account-factory';

interface SealedAccount {
  readonly accessRole: Pick<AccessRole, 'boundaryOf'>;
  readonly roles: MemberRoles;
  readonly entry: MemberEntry;
  readonly wanted: readonly WantedRole[];
}

/** A sealed access role can look at roles, and make or change none. The ledger may be behind: an operator may have opened the account. */
async function checkSealed({ accessRole, roles, entry, wanted }: SealedAccount): Promise<void> {
  for (const role of wanted) {
    if ((await roles.differences(entry, role)).length === 0) continue;
    if (isSeal(await accessRole.boundaryOf(entry))) throw sealed(entry, role);
  }
}

function sealed({ accountId, accessRole }: MemberEntry, { name }: WantedRole): RejectedError {
  return new RejectedError(
    `Account ${accountId} is sealed: ${accessRole} can neither make the role ${name} nor change it, and the landing zone needs it.`,
    'Open the account as docs/iam.md describes under "Opening a sealed account", and replay this run, which seals it again; or send the desired ' +
      'state with a landing zone that does without that role.',
  );
}

async function moveToRoot(tree: OrganizationTree, accountId: string): Promise<readonly Change[]> {
  const from = await tree.parentOf(accountId);
  const to = await tree.rootAbove(from);
  if (from === to) return [];
  await tree.moveAccount({ accountId, from, to });
  return [{ what: 'organizational unit', from, to }];
}

function rolesOf(
  { stackSets, stackSetRemovals, stackSetExecutionRole, enrollment }: VendingPlan,
  partition: string,
): readonly WantedRole[] {
  return [
    // CloudFormation removes what it has rolled out by the same role.
    ...(stackSets.length + stackSetRemovals.length === 0 || stackSetExecutionRole === null
      ? []
      : [stackSetExecutionRole]),
    ...(enrollment?.strategy !== 'account-factory'
      ? []
      : [
          {
            name: CONTROL_TOWER_ROLE,
            trustedAccountId: enrollment.managementAccountId,
            managedPolicyArns: [`arn:${partition}:${ADMINISTRATOR}`],
          },
        ]),
  ];
}
