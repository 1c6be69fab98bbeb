import type { TrustInMembers } from '../domain/access/role-trust';
import type { AccountFactory } from '../ports/account-factory';
import type { Builds } from '../ports/builds';
import type { ControlTower } from '../ports/control-tower';
import type { AccessRole, MemberAccess, MemberAlias, MemberRoles, RegionSetups, SamlAccess } from '../ports/iam';
import type { AccountAssignments, GroupDirectory } from '../ports/identity-center';
import type { LaneTurns } from '../ports/lane-queue';
import type { AccountDirectory, AccountTags, OrganizationalUnits, OrganizationTree } from '../ports/organizations';
import type { OwnAccount } from '../ports/own-account';
import type { StackSets } from '../ports/stack-sets';
import { dryRunAssignments, dryRunDirectory } from './ports/dry-run-access';
import { dryRunAccessRole, dryRunAlias, dryRunRoles, dryRunSaml } from './ports/dry-run-member';
import { dryRunTags, dryRunTree, dryRunUnits } from './ports/dry-run-organization';
import { dryRunBuilds, dryRunFactory, dryRunStackSets } from './ports/dry-run-provisioning';
import type { DryRunRepository } from './ports/dry-run-repository';

/** AWS, as steps see it. A dry run reads by these ports and writes by none. */
export interface DryRunPorts {
  readonly access: MemberAccess;
  readonly alias: MemberAlias;
  readonly roles: MemberRoles;
  readonly role: AccessRole;
  readonly tree: OrganizationTree;
  readonly units: OrganizationalUnits;
  readonly tags: AccountTags;
  readonly directory: AccountDirectory;
  readonly factory: AccountFactory;
  readonly controlTower: Pick<ControlTower, 'registrationOf' | 'enrollmentOf' | 'governanceOf' | 'landingZone'>;
  readonly regions: RegionSetups;
  readonly own: OwnAccount;
  readonly stackSets: StackSets;
  readonly groupDirectory: GroupDirectory;
  readonly assignments: AccountAssignments;
  readonly saml: SamlAccess;
  readonly trust: TrustInMembers;
  readonly partition: string;
}

/** All that a step may be given, by the names that the steps have for it. Nothing of it writes to AWS or the ledger. */
export interface StepPorts extends DryRunPorts {
  readonly repository: DryRunRepository;
  readonly turns: LaneTurns;
  readonly builds: Builds;
}

/** The ports with what the steps of this dry run have changed, and would find changed. */
export function stepPortsOf(ports: DryRunPorts, repository: DryRunRepository): StepPorts {
  const tree = dryRunTree(ports.tree);
  const assignments = dryRunAssignments(ports.assignments);
  return {
    ...ports,
    repository,
    turns: repository,
    builds: dryRunBuilds,
    alias: dryRunAlias(ports.alias),
    roles: dryRunRoles(ports.roles),
    role: dryRunAccessRole(ports.role),
    tree,
    units: dryRunUnits(ports.units),
    tags: dryRunTags(ports.tags),
    // An enrolled account is in its unit, and the user of the Account Factory its administrator.
    factory: dryRunFactory(ports.factory, (unitId) => {
      tree.place(repository.tenant.account?.id ?? '', unitId);
      assignments.enrolled();
    }),
    stackSets: dryRunStackSets(ports.stackSets),
    groupDirectory: dryRunDirectory(ports.groupDirectory),
    assignments,
    saml: dryRunSaml(ports.saml),
  };
}
