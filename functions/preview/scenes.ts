import type { TenantRecord } from '../domain/records/ledger-records';
import type { VendingPlan } from '../domain/plan/plan';
import type { TrustInMembers } from '../domain/access/role-trust';
import { removalKey } from '../domain/stack-sets/stack-set-removal';
import type { StepReport } from '../domain/run/vending';
import type { AccessRole, MemberAccess, MemberAlias, MemberRoles, RegionSetups, SamlAccess } from '../ports/iam';
import type { AccountAssignments, GroupDirectory } from '../ports/identity-center';
import type { AccountDirectory, AccountTags, OrganizationTree } from '../ports/organizations';
import type { AccountFactory } from '../ports/account-factory';
import type { ControlTower } from '../ports/control-tower';
import type { OwnAccount } from '../ports/own-account';
import type { StackSets } from '../ports/stack-sets';
import { checkAccess } from '../steps/CheckAccess/step';
import { checkGrants } from '../steps/CheckGrants/step';
import { confirmDowngrade } from '../steps/ConfirmDowngrade/step';
import { deployStackInstances } from '../steps/DeployStackInstances/step';
import { downgradeAccessRole } from '../steps/DowngradeAccessRole/step';
import { enrollAccount } from '../steps/EnrollAccount/step';
import { grantAccess } from '../steps/GrantAccess/step';
import { importAccount } from '../steps/ImportAccount/step';
import { moveAccount } from '../steps/MoveAccount/step';
import { openAccount } from '../steps/OpenAccount/step';
import { removeStackInstances } from '../steps/RemoveStackInstances/step';
import { revokeAccess } from '../steps/RevokeAccess/step';
import { setAccountAlias } from '../steps/SetAccountAlias/step';
import { tagAccount } from '../steps/TagAccount/step';
import { rehearsedAssignments, rehearsedDirectory } from './rehearsal/rehearsed-access';
import { rehearsedFactory, rehearsedStackSets } from './rehearsal/rehearsed-furnishing';
import { DryRunRepository } from './rehearsal/dry-run-repository';
import { rehearsedAccessRole, rehearsedAlias, rehearsedRoles, rehearsedSaml } from './rehearsal/rehearsed-member';
import { rehearsedTags, rehearsedTree } from './rehearsal/rehearsed-organization';
import type { Scene } from './rehearse';

/** AWS, as steps see it. A rehearsal reads by these ports and writes by none. */
export interface RehearsalPorts {
  readonly access: MemberAccess;
  readonly alias: MemberAlias;
  readonly roles: MemberRoles;
  readonly role: AccessRole;
  readonly tree: OrganizationTree;
  readonly tags: AccountTags;
  readonly directory: AccountDirectory;
  readonly factory: AccountFactory;
  readonly controlTower: Pick<ControlTower, 'registrationOf' | 'enrollmentOf' | 'governanceOf' | 'landingZone'>;
  readonly regions: RegionSetups;
  readonly own: OwnAccount;
  readonly stackSets: StackSets;
  readonly groups: GroupDirectory;
  readonly assignments: AccountAssignments;
  readonly saml: SamlAccess;
  readonly trust: TrustInMembers;
  readonly partition: string;
}

export const isWaiting = ({ result }: StepReport): boolean => result['ready'] === false;
const isAsking = ({ result }: StepReport): boolean => result['asked'] === true;
const hasStarted = ({ result }: StepReport): boolean => result['started'] === true;

/**
 * The states of a run over an account, in the order of the workflow, and the ledger that they write to. Left out are
 * those that change nothing: they wait, or they look how an operation goes on, which ends at once here. The landing
 * zone's function is called by every run, and is no change.
 */
export function scenesOf(
  ports: RehearsalPorts,
  plan: VendingPlan,
  tenant: TenantRecord,
  imports: boolean,
): { readonly scenes: readonly Scene[]; readonly ledger: DryRunRepository } {
  const repository = new DryRunRepository(tenant);
  const tree = rehearsedTree(ports.tree);
  const tags = rehearsedTags(ports.tags);
  const role = rehearsedAccessRole(ports.role);
  const roles = rehearsedRoles(ports.roles);
  const assignments = rehearsedAssignments(ports.assignments);
  const factory = rehearsedFactory(ports.factory, (to) => {
    enrolled(to, { repository, tree, assignments });
  });
  const directory = rehearsedDirectory(ports.groups);
  const saml = rehearsedSaml(ports.saml);
  const stackSets = rehearsedStackSets(ports.stackSets);
  const { directory: accounts, access, controlTower, partition } = ports;
  const scenes: readonly Scene[] = [
    ...(imports
      ? [{ state: 'ImportAccount', step: importAccount({ ...ports, repository, tags, tree }), isImpatient: true }]
      : []),
    {
      state: 'RevokeAccess',
      step: revokeAccess({ repository, directory, assignments, saml }),
      isUnfinished: isWaiting,
    },
    { state: 'CheckAccess', step: checkAccess({ access, directory: accounts }), isImpatient: true },
    { state: 'OpenAccount', step: openAccount({ role, roles, tree, controlTower, factory, trust: ports.trust }) },
    { state: 'MoveAccount', step: moveAccount({ tree, factory, controlTower }) },
    { state: 'TagAccount', step: tagAccount({ tags }) },
    { state: 'SetAccountAlias', step: setAccountAlias({ repository, alias: rehearsedAlias(ports.alias) }) },
    ...plan.stackSetRemovals.map((removal) => ({
      state: 'RemoveStackInstances',
      step: removeStackInstances({ repository, stackSets, turns: repository, removal: removalKey(removal) }),
    })),
    ...(plan.enrollment === null
      ? []
      : [
          {
            state: 'EnrollAccount',
            step: enrollAccount({ repository, factory, directory: accounts, tree, controlTower }),
            isUnfinished: hasStarted,
          },
        ]),
    ...plan.stackSets.map(({ name: stackSet }) => ({
      state: 'DeployStackInstances',
      step: deployStackInstances({ repository, stackSets, turns: repository, stackSet }),
      isUnfinished: isAsking,
    })),
    { state: 'GrantAccess', step: grantAccess({ repository, directory, saml }) },
    { state: 'CheckGrants', step: checkGrants({ repository, assignments }), isUnfinished: isWaiting },
    { state: 'DowngradeAccessRole', step: downgradeAccessRole({ role, partition }) },
    { state: 'ConfirmDowngrade', step: confirmDowngrade({ role, repository, partition }) },
  ];
  return { scenes, ledger: repository };
}

interface Enrolled {
  readonly repository: DryRunRepository;
  readonly tree: ReturnType<typeof rehearsedTree>;
  readonly assignments: ReturnType<typeof rehearsedAssignments>;
}

/** The account is in its unit then, and the user of the Account Factory its administrator. */
function enrolled(unitId: string, { repository, tree, assignments }: Enrolled): void {
  tree.place(repository.tenant.account?.id ?? '', unitId);
  assignments.enrolled();
}
