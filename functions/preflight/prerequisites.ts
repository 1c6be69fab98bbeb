import { executionRoleInMembers } from '../domain/planning/planned-platform';
import type { Configuration } from '../domain/configuration/configuration';
import type { LandingZone } from '../domain/configuration/landing-zone';
import type {
  AccountQuota,
  OrganizationalUnits,
  OrganizationInventory,
  OrganizationTree,
  ServiceControlPolicies,
} from '../ports/organizations';
import type { ControlTower } from '../ports/control-tower';
import type { FactoryUserAssignments } from '../ports/identity-center';
import type { GrantedRights } from '../ports/iam';
import type { LandingZoneFunctionLookup } from '../ports/invoked-functions';
import type { CalledHost, OwnAccount, OwnRuntime, ServiceRoles } from '../ports/own-account';
import type { StackSetKey, StackSets } from '../ports/stack-sets';
import type { Check } from './check';
import { identityCenterOf } from '../domain/configuration/configured-identity-center';
import { accountClosingChecks, closingShareChecks, type ClosingSharePorts } from './checks/account-closing';
import { accountFactoryChecks, type AccountFactoryPorts } from './checks/account-factory';
import { staleProductChecks } from './checks/stale-products';
import { fleetLimitChecks } from './checks/fleet-limits';
import { accountQuotaChecks } from './checks/account-quota';
import { canBeEntered, type ServiceRole, serviceRoleChecks } from './checks/service-roles';
import { type ClassRole, classRoleChecks } from './checks/class-roles';
import { delegatedAdministratorChecks } from './checks/delegated-administrator';
import { controlTowerChecks, type LandingZoneUpdateActions, landingZoneUpdateChecks } from './checks/control-tower';
import { factoryUserChecks, identityCenterChecks, type IdentityCenterPorts } from './checks/identity-center';
import { landingZoneFunctionChecks, stackSetChecks } from './checks/landing-zones';
import { optInRegionChecks, uniqueNameChecks } from './checks/configured-names-and-regions';
import { workspaceUnitChecks } from './checks/workspace-units';
import { organizationalUnitChecks, suspendedUnitChecks, type ZoneInUnit } from './checks/organizational-units';
import { ownRuntimeChecks, type OwnSubnets, wayOutChecks } from './checks/own-runtime';
import { resourceControlPolicyChecks, serviceControlPolicyChecks } from './checks/service-control-policies';
import { allServiceAccounts, serviceAccountChecks } from './checks/service-accounts';
import { accessRoleToBe, type ActionsByStep, memberActions } from './member-actions';

export interface PrerequisitePorts {
  readonly roles: ServiceRoles;
  /** Null where somebody runs the preflight with their own credentials. */
  readonly ownAccount: OwnAccount | null;
  readonly ownRuntime: OwnRuntime | null;
  readonly ownSubnets: OwnSubnets | null;
  readonly tree: OrganizationTree;
  readonly units: Pick<OrganizationalUnits, 'unitsIn'>;
  readonly policies: ServiceControlPolicies;
  readonly quota: AccountQuota;
  /** Null where there is no ledger to look into. */
  readonly closingShare: ClosingSharePorts['closingShare'];
  readonly now: () => Date;
  /** Rights of the roles in the management account. */
  readonly rights: GrantedRights;
  /** Rights of the roles in the automation account. */
  readonly automationRights: Pick<GrantedRights, 'trustOf'>;
  /** Rights in the delegated administrator account of IAM Identity Center. Null: nobody looks there. */
  readonly identityCenterRights: Pick<GrantedRights, 'trustOf'> | null;
  readonly inventory: Pick<OrganizationInventory, 'delegatedAdministrators'>;
  /** The agreed one. */
  readonly externalId: () => Promise<string>;
  readonly stackSets: Pick<StackSets, 'describe'>;
  readonly functions: LandingZoneFunctionLookup;
  /** Null where accounts are not enrolled. */
  readonly enrollment: (Omit<AccountFactoryPorts, 'rights'> & { readonly controlTower: ControlTower }) | null;
  /** Null where nobody is given access. */
  readonly identityCenter: IdentityCenterPorts | null;
  /** Null where the Account Factory has no user, or one who is to stay. */
  readonly factoryUser: FactoryUserAssignments | null;
}

export interface PrerequisiteFacts {
  readonly managementRole: ServiceRole;
  readonly automationRole: ServiceRole;
  readonly costExplorerRole: ServiceRole;
  /** The roles of all classes, those of which a preflight works with two. */
  readonly classRoles: readonly Pick<ClassRole, 'arn' | 'stack' | 'trusted'>[];
  /** The role in the delegated administrator account of IAM Identity Center. Null: none is looked at. */
  readonly identityCenterRole:
    | (Pick<ClassRole, 'arn' | 'stack' | 'trusted'> & { readonly reading: ServiceRole })
    | null;
  /** The role that creates and closes accounts. */
  readonly creatingRoleArn: string;
  /** What functions in subnets need a way to. */
  readonly calledHosts: readonly CalledHost[];
  /** The name of the role that a preflight works with, where it is the application itself that looks. */
  readonly ownRoleName: string;
  /** The role by which functions enter member accounts. */
  readonly enteringRoleArn: string;
  /** The role that works with the Account Factory. */
  readonly enrollingRoleArn: string;
  /** What each step does in a member account. */
  readonly memberActions: ActionsByStep;
  /** What the Account Factory takes of the role that works with it. */
  readonly enrollmentActions: readonly string[];
  /** What the same role does to bring accounts to an update of the landing zone. */
  readonly updateActions: LandingZoneUpdateActions;
}

/** All that has to be so in AWS before accounts can be vended with this configuration, what others need first. */
export function prerequisites(
  configuration: Configuration,
  ports: PrerequisitePorts,
  facts: PrerequisiteFacts,
): readonly Check[] {
  const { platform, landingZones } = configuration;
  const all = Object.values(landingZones).map((zone) => inUnit(zone, platform));
  const { enrollmentConfiguration: enrollment } = platform;
  const management = canBeEntered(facts.managementRole);
  const automation = canBeEntered(facts.automationRole);
  const controlTower = ports.enrollment?.controlTower ?? null;
  const quota = countedOnce(ports.quota);
  return [
    ...wayOutChecks(ports.ownSubnets, facts.calledHosts),
    ...ownRuntimeChecks(ports.ownRuntime, facts.managementRole.arn, facts.ownRoleName),
    ...roleChecks(configuration, ports, facts),
    ...(enrollment === undefined || controlTower === null
      ? []
      : controlTowerChecks(controlTower, enrollment, management)),
    ...serviceAccountChecks({ ...ports, controlTower }, platform),
    ...organizationalUnitChecks({ tree: ports.tree, controlTower }, all, management),
    ...workspaceUnitChecks(ports, all, platform.workspaceOrgUnits, management),
    ...suspendedUnitChecks({ tree: ports.tree, controlTower }, enrollment?.suspendedOrgUnitId, management),
    ...(enrollment?.strategy !== 'account-factory' || ports.enrollment === null
      ? []
      : accountFactoryChecks(
          { ...ports.enrollment, rights: ports.rights },
          {
            productId: enrollment.accountFactoryProductId,
            region: enrollment.region,
            roleArn: facts.enrollingRoleArn,
            readingRoleArn: facts.managementRole.arn,
            actions: facts.enrollmentActions,
          },
          management,
        )),
    ...landingZoneUpdateChecks(
      ports.rights,
      { region: enrollment?.region, roleArn: facts.enrollingRoleArn, actions: facts.updateActions },
      management,
    ),
    ...serviceControlPolicyChecks(ports, all, (landingZone) =>
      memberActions(facts.memberActions, platform, landingZone),
    ),
    ...resourceControlPolicyChecks(ports, all, facts.enteringRoleArn, accessRoleToBe(platform)),
    ...stackSetChecks(ports.stackSets, stackSetsOf(all, platform.region), executionRoleInMembers(platform), automation),
    ...optInRegionChecks(configuration),
    ...landingZoneFunctionChecks(ports.functions, all, automation),
    ...delegatedAdministratorChecks(ports.inventory, platform.identityCenterRole, management),
    ...identityCenterChecks(ports.identityCenter, configuration, management),
    ...factoryUserChecks(ports.factoryUser, platform, management),
    ...fleetChecks(configuration, ports, quota, management),
    ...accountQuotaChecks(quota, platform.accessConfig.organizationRootAccountRole, management),
    ...accountClosingChecks(ports.rights, all, facts.creatingRoleArn, management, () =>
      allServiceAccounts({ ...ports, controlTower }, platform),
    ),
    ...closingShareChecks({ ...ports, quota }, all, management),
    ...uniqueNameChecks(platform),
  ];
}

const inUnit = (zone: LandingZone, { workspaceOrgUnits }: Configuration['platform']): ZoneInUnit => ({
  ...zone,
  unitId: zone.awsTargetOrgUnitId ?? workspaceOrgUnits?.parentOrgUnitId ?? '',
});

/** What AWS lets a whole organization have, and what is left of it. */
function fleetChecks(
  { platform, landingZones }: Configuration,
  { enrollment: enrolling, now }: PrerequisitePorts,
  quota: AccountQuota,
  management: string,
): readonly Check[] {
  const { accountFactoryProductId: productId, strategy = null } = platform.enrollmentConfiguration ?? {};
  const accounts = () => quota.accounts();
  const products =
    enrolling === null || productId === undefined ? null : once(() => enrolling.access.provisionedOf(productId));
  return [
    ...(products === null ? [] : staleProductChecks({ accounts, products, now }, management)),
    ...fleetLimitChecks(
      {
        accounts,
        products: strategy === 'account-factory' ? products : null,
        controlTower: enrolling?.controlTower ?? null,
        now,
      },
      {
        enrollsBy: strategy,
        hasIdentityCenter: identityCenterOf(platform) !== undefined,
        landingZones: Object.values(landingZones),
      },
      management,
    ),
  ];
}

const roleChecks = (
  { platform }: Configuration,
  ports: PrerequisitePorts,
  facts: PrerequisiteFacts,
): readonly Check[] => [
  ...serviceRoleChecks(ports.roles, [
    facts.managementRole,
    facts.automationRole,
    facts.costExplorerRole,
    ...(facts.identityCenterRole === null ? [] : [facts.identityCenterRole.reading]),
  ]),
  ...classRoleChecks([...facts.classRoles.map((role) => entered(role, ports, facts)), ...delegated(ports, facts)], {
    meshcloudAccountId: async () => (await ports.ownAccount?.id()) ?? platform.meshcloudAccountId ?? null,
    externalId: ports.externalId,
  }),
];

/** Chooses between the two roles of a preflight the one that the same stack created as the role that is checked. */
function entered(
  role: Pick<ClassRole, 'arn' | 'stack' | 'trusted'>,
  { rights, automationRights }: PrerequisitePorts,
  { managementRole, automationRole }: PrerequisiteFacts,
): ClassRole {
  const isManagement = role.stack === managementRole.stack;
  const by = isManagement ? managementRole : automationRole;
  return {
    ...role,
    entering: canBeEntered(by),
    isEntered: by.arn === role.arn,
    rights: isManagement ? rights : automationRights,
  };
}

/** The role that works on groups, where a delegated administrator account has it. */
const delegated = (
  { identityCenterRights: rights }: PrerequisitePorts,
  { identityCenterRole: role }: PrerequisiteFacts,
): readonly ClassRole[] =>
  role === null || rights === null ? [] : [{ ...role, entering: canBeEntered(role.reading), isEntered: false, rights }];

/** Counting means listing them all, 20 a page. What could not be counted is counted by the next caller. */
function countedOnce(quota: AccountQuota): AccountQuota {
  const accounts = once(() => quota.accounts());
  return { accounts, limit: () => quota.limit(), count: async () => (await accounts()).length };
}

const once = <Answer>(ask: () => Promise<Answer>): (() => Promise<Answer>) => {
  let known: Answer | undefined;
  return async () => (known ??= await ask());
};

/** Each once, although several landing zones may roll it out. */
function stackSetsOf(landingZones: readonly LandingZone[], region: string): readonly StackSetKey[] {
  const keys = landingZones.flatMap(({ stackSets }) =>
    stackSets.map(({ name, homeRegion = region }) => ({ name, homeRegion })),
  );
  return [...new Map(keys.map((key) => [`${key.homeRegion}/${key.name}`, key])).values()];
}
