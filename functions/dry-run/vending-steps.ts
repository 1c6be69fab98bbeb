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
import { dryRunAssignments, dryRunDirectory } from './ports/dry-run-access';
import { dryRunFactory, dryRunStackSets } from './ports/dry-run-provisioning';
import { DryRunRepository } from './ports/dry-run-repository';
import { dryRunAccessRole, dryRunAlias, dryRunRoles, dryRunSaml } from './ports/dry-run-member';
import { dryRunTags, dryRunTree } from './ports/dry-run-organization';
import type { DryRunStep } from './dry-run';

/** AWS, as steps see it. A dry run reads by these ports and writes by none. */
export interface DryRunPorts {
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
export function dryRunStepsOf(
  ports: DryRunPorts,
  plan: VendingPlan,
  tenant: TenantRecord,
  imports: boolean,
): { readonly steps: readonly DryRunStep[]; readonly ledger: DryRunRepository } {
  const repository = new DryRunRepository(tenant);
  const tree = dryRunTree(ports.tree);
  const tags = dryRunTags(ports.tags);
  const role = dryRunAccessRole(ports.role);
  const roles = dryRunRoles(ports.roles);
  const assignments = dryRunAssignments(ports.assignments);
  const factory = dryRunFactory(ports.factory, (to) => {
    enrolled(to, { repository, tree, assignments });
  });
  const directory = dryRunDirectory(ports.groups);
  const saml = dryRunSaml(ports.saml);
  const stackSets = dryRunStackSets(ports.stackSets);
  const { directory: accounts, access, controlTower, partition } = ports;
  const steps: readonly DryRunStep[] = [
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
    { state: 'SetAccountAlias', step: setAccountAlias({ repository, alias: dryRunAlias(ports.alias) }) },
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
  return { steps, ledger: repository };
}

interface Enrolled {
  readonly repository: DryRunRepository;
  readonly tree: ReturnType<typeof dryRunTree>;
  readonly assignments: ReturnType<typeof dryRunAssignments>;
}

/** The account is in its unit then, and the user of the Account Factory its administrator. */
function enrolled(unitId: string, { repository, tree, assignments }: Enrolled): void {
  tree.place(repository.tenant.account?.id ?? '', unitId);
  assignments.enrolled();
}
