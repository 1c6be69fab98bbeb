import type { Configuration } from '../configuration/configuration';
import type { TenantRecord } from '../records/ledger-records';
import { unitNameFaults } from '../account/account-names';
import { accountOfRole, configuredServiceAccounts } from '../configuration/service-accounts';
import type { LandingZone } from '../configuration/landing-zone';
import type { Mode } from '../configuration/landing-zone-mode';
import { EXTERNAL_AVM_TAGS } from '../account/account-tags';
import { type VendingPlan, PlannedEnrollmentSchema } from '../plan/plan';
import type { PlatformConfiguration } from '../configuration/platform-configuration';
import type { ExecutionRole } from '../access/role-trust';
import type { DesiredState } from '../desired-state/desired-state';
import type { MeshIdB } from '../configuration/access-configuration';
import { type Planned, renderedPattern } from './rendered-pattern';
import type { ImportConfiguration } from './tenant-faults';

/**
 * Enrollment in Control Tower, when both the landing zone and the platform want it; what becomes of its user afterwards
 * is planned for all accounts.
 */
export function plannedEnrollment(
  { enrollmentConfiguration }: PlatformConfiguration,
  { awsEnrollAccount }: LandingZone,
): VendingPlan['enrollment'] {
  if (!awsEnrollAccount || enrollmentConfiguration === undefined) return null;
  return PlannedEnrollmentSchema.parse(enrollmentConfiguration);
}

/** @param parameters all that could be passed */
export const plannedStackSets = (
  platform: PlatformConfiguration,
  { stackSets }: LandingZone,
  parameters: Record<string, string>,
): VendingPlan['stackSets'] =>
  stackSets.map(({ name, homeRegion, regions, removeStackInstances }) => ({
    name,
    homeRegion: homeRegion ?? platform.region,
    regions,
    parameters,
    ...(removeStackInstances === true ? { removeStackInstances } : {}),
  }));

/** StackSets of the automation account may assume the role; it is made even before a landing zone has stack sets. */
export function plannedExecutionRole({
  stackSetExecutionRole,
  automationAccountRole,
}: PlatformConfiguration): VendingPlan['stackSetExecutionRole'] {
  if (stackSetExecutionRole === undefined) return null;
  const { name, managedPolicyArns } = stackSetExecutionRole;
  return { name, managedPolicyArns, trustedAccountId: accountOfRole(automationAccountRole) };
}

/** The role of stack sets that name no other. */
const ADMINISTRATION_ROLE_NAME = 'AWSCloudFormationStackSetAdministrationRole';

/** The roles by which the stack sets of the automation account enter members. */
const administrationRoleArns = ({
  stackSetExecutionRole,
  automationAccountRole,
}: Pick<PlatformConfiguration, 'stackSetExecutionRole' | 'automationAccountRole'>): readonly string[] =>
  stackSetExecutionRole?.administrationRoleArns ?? [
    automationAccountRole.replace(/:role\/.*$/u, `:role/${ADMINISTRATION_ROLE_NAME}`),
  ];

/**
 * The execution role as it is made in accounts. It goes into the environment of the function that makes it: a function
 * that could write a plan could otherwise have an administrator made whom somebody else may assume.
 */
export const executionRoleInMembers = (
  platform: Pick<PlatformConfiguration, 'stackSetExecutionRole' | 'automationAccountRole'>,
): ExecutionRole | null =>
  platform.stackSetExecutionRole === undefined
    ? null
    : {
        name: platform.stackSetExecutionRole.name,
        managedPolicyArns: [...platform.stackSetExecutionRole.managedPolicyArns],
        trustedAccountId: accountOfRole(platform.automationAccountRole),
        trustedRoleArns: [...administrationRoleArns(platform)],
      };

export function plannedIdentityStore({
  awsIdentityStore,
  awsSso,
  region,
}: PlatformConfiguration): VendingPlan['identityStore'] {
  if (awsIdentityStore !== undefined) {
    const { identityStoreId, arn } = awsIdentityStore;
    return { region: awsIdentityStore.region ?? region, identityStoreId, instanceArn: arn, scim: null };
  }
  if (awsSso === undefined) return null;
  const { scimEndpoint: endpoint, ssoAccessToken, identityStoreId = endpoint, arn } = awsSso;
  const scim = { endpoint, tokenSecretArn: ssoAccessToken.secretArn };
  return { region: awsSso.region ?? region, identityStoreId, instanceArn: arn, scim };
}

/**
 * The account that a desired state names, and by what it is judged whether it may be imported. Where it names none,
 * nothing has to be judged.
 */
export function plannedImport(
  platform: ImportConfiguration & Pick<PlatformConfiguration, 'adoptGroups'>,
  { platformTenantId }: Pick<DesiredState['tenant']['spec'], 'platformTenantId'>,
): Pick<VendingPlan, 'existingAccountId' | 'import' | 'serviceAccounts' | 'adoptGroups'> {
  if (platformTenantId === null || platformTenantId === undefined) {
    return { existingAccountId: null, import: null, serviceAccounts: [] };
  }
  return {
    existingAccountId: platformTenantId,
    import: importRulesOf(platform),
    serviceAccounts: [...configuredServiceAccounts(platform)],
    ...(platform.adoptGroups === true ? { adoptGroups: true } : {}),
  };
}

/** By what it is judged whether an account may be imported; null: none may. */
export const importRulesOf = ({ import: rules }: ImportConfiguration): VendingPlan['import'] =>
  rules === undefined ? null : { organizationalUnits: [...(rules.organizationalUnits ?? [])], tag: rules.tag ?? null };

/** What of an external account vending machine is waited for; null where none is. */
export function plannedExternalAvm(
  { waitForExternalAvm }: PlatformConfiguration,
  { tenant }: DesiredState,
): VendingPlan['externalAvm'] {
  if (!waitForExternalAvm) return null;
  const { ownedByWorkspace, ownedByProject } = tenant.metadata;
  const [workspace, project] = EXTERNAL_AVM_TAGS;
  return { tags: { [workspace]: ownedByWorkspace, [project]: ownedByProject } };
}

/**
 * One role for each AWS role of the mappings; several project roles may share one, and then its policies are the union.
 */
export function plannedSamlAccess({ meshIdB }: PlatformConfiguration): VendingPlan['samlAccess'] {
  if (meshIdB === undefined) return null;
  const { samlProvider, failIfSAMLIdpOrRoleNotFound, awsRoleMappings } = meshIdB;
  return {
    provider: { name: samlProvider.name, metadataDocument: samlProvider.metadataDocument ?? null },
    roles: [...new Set(awsRoleMappings.map(({ awsRole }) => awsRole))].map((name) =>
      plannedRole(name, awsRoleMappings),
    ),
    failIfNotFound: failIfSAMLIdpOrRoleNotFound,
  };
}

function plannedRole(
  name: string,
  mappings: MeshIdB['awsRoleMappings'],
): NonNullable<VendingPlan['samlAccess']>['roles'][number] {
  const own = mappings.filter(({ awsRole }) => awsRole === name);
  return {
    name,
    projectRoles: sorted(own.map(({ projectRoleRef }) => projectRoleRef.name)),
    policyArns: sorted(own.flatMap(({ policies }) => policies)),
  };
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

/** Where the account belongs: a unit of its workspace, where its landing zone names none. */
export function plannedUnit(
  workspaceIdentifier: string,
  { workspaceOrgUnits }: Pick<PlatformConfiguration, 'workspaceOrgUnits'>,
  { awsTargetOrgUnitId: targetOrgUnitId }: Pick<LandingZone, 'awsTargetOrgUnitId'>,
): Planned<Pick<VendingPlan, 'targetOrgUnitId' | 'workspaceOrgUnit'>> {
  if (targetOrgUnitId !== null || workspaceOrgUnits === undefined) return { value: { targetOrgUnitId }, faults: [] };
  const { parentOrgUnitId, namePattern } = workspaceOrgUnits;
  const values = new Map([['workspaceIdentifier', workspaceIdentifier]]);
  const { value: name, faults } = renderedPattern('workspaceOrgUnits.namePattern', namePattern, values);
  return {
    value: { targetOrgUnitId, workspaceOrgUnit: { parentOrgUnitId, name } },
    faults: faults.length > 0 ? faults : unitNameFaults(name),
  };
}

/** Enrollment, and what is to be known of Control Tower in any case: an account may be enrolled by somebody else. */
export const plannedControlTower = (
  platform: PlatformConfiguration,
  landingZone: LandingZone,
): Pick<VendingPlan, 'enrollment' | 'controlTowerRegion' | 'controlTowerFollowsMoves'> => ({
  enrollment: plannedEnrollment(platform, landingZone),
  controlTowerRegion: platform.enrollmentConfiguration?.region ?? null,
  controlTowerFollowsMoves: platform.enrollmentConfiguration?.strategy === 'auto-enroll',
});

/**
 * A plan by which an account leaves Control Tower that its tenant's runs have enrolled, where its landing zone enrolls
 * nobody. A desired state alone does not tell what was enrolled before. One that others have enrolled is left to them.
 */
export function withUnenrollment(
  plan: VendingPlan,
  { account, enrollment: known }: Partial<Pick<TenantRecord, 'account' | 'enrollment'>>,
  { platform }: Pick<Configuration, 'platform'>,
): VendingPlan {
  const hasLeft = known?.phase === 'ended' && (known.kind === 'terminate' || known.kind === 'leave');
  const { enrollmentConfiguration } = platform;
  const isEnrolled = account != null && known != null && !hasLeft;
  if (plan.enrollment !== null || enrollmentConfiguration === undefined || !isEnrolled) return plan;
  return { ...plan, unenrollment: PlannedEnrollmentSchema.parse(enrollmentConfiguration) };
}

/** What the configuration says; what an operator has switched since then is in the ledger, and counts. */
export function configuredMode({ platform, landingZones }: Configuration, landingZone: string): Mode {
  const own = Object.hasOwn(landingZones, landingZone) ? landingZones[landingZone]?.mode : undefined;
  return own ?? platform.mode ?? 'act';
}
