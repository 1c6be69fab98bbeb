import { accessOnlyPlan, isOfManagement, managementAccountOf } from './management-account';
import { approvalRemarks, creationApproval } from '../run/approval';
import { aliasFaults, sanitizedAlias, emailFaults, accountNameFaults } from '../account/account-names';
import { accountTags } from '../account/account-tags';
import type { Configuration } from '../configuration/configuration';
import type { DesiredState } from '../desired-state/desired-state';
import {
  plannedExternalAvm,
  plannedImport,
  plannedControlTower,
  plannedUnit,
  plannedEnrollment,
  plannedExecutionRole,
  plannedIdentityStore,
  plannedStackSets,
  plannedSamlAccess,
} from './planned-platform';
import { plannedCustomizations } from '../customizations/planned-customizations';
import { factoryUserIn } from '../access/factory-user';
import { checked, type Checked, type Fault } from '../base/fault';
import { importRemarks, tenantFaults } from './tenant-faults';
import { KNOWN_OFFLINE, type KnownAccounts } from '../records/tenant-account';
import type { LandingZone } from '../configuration/landing-zone';
import { landingZoneParameters } from '../stack-sets/landing-zone-parameters';
import { mergedTags, tagValues, type TenantTag } from '../desired-state/merged-tags';
import { mapperValues, placeholderValues, type Planned, renderedPattern } from './rendered-pattern';
import { uniquenessRemarks } from '../configuration/pattern-uniqueness';
import { planSizeFaults } from './plan-size';
import type { VendingPlan } from '../plan/plan';
import { meshIdentifiersByEuid, plannedGroups } from './planned-groups';
import type { PlatformConfiguration } from '../configuration/platform-configuration';
import { requestFaults } from '../desired-state/request-faults';
import type { PlaceholderValues } from '../templates/string-template';

/**
 * Decides everything about a vending before anything is written to AWS. Pure: the same desired state and configuration
 * give the same plan, today and in a year. All faults at once.
 */
export function planVending(
  desiredState: DesiredState,
  configuration: Configuration,
  known: KnownAccounts = KNOWN_OFFLINE,
): Checked<VendingPlan> {
  const { tenant } = desiredState;
  const { platform } = configuration;
  const landingZone = landingZoneOf(configuration, tenant.spec.landingZoneRef.name);
  const merged = mergedTags(desiredState);
  const tags = tagValues(merged);
  const values = placeholderValues(desiredState, tags.value);
  const account = plannedAccount(desiredState, platform, landingZone, values);
  const awsTags = plannedTags(desiredState, platform, merged, tags.value);
  const faults = [
    ...tenantFaults({ ...tenant.spec, lifecycleState: tenant.status.lifecycle.state, landingZone }, platform, known),
    ...requestFaults(identifiersOf(desiredState), configuration),
    ...account.faults,
    ...tags.faults,
    ...awsTags.faults,
  ];
  if (landingZone === undefined) return { ok: false, faults };
  const approval = creationApproval(landingZone, tenant.spec, known);
  const unit = plannedUnit(tenant.metadata.ownedByWorkspace, platform, landingZone);
  const groups = plannedGroups(desiredState, configuration, landingZone, values);
  const plan: VendingPlan = {
    planVersion: 1,
    tenantUuid: tenant.metadata.uuid,
    landingZone: landingZone.name,
    account: account.value,
    ...plannedImport(platform, tenant.spec),
    ...unit.value,
    allowHierarchicalOrganizationalUnitAssignment: platform.allowHierarchicalOrganizationalUnitAssignment,
    tags: awsTags.value,
    tagNamespacePrefix: platform.tenantTags?.namespacePrefix ?? null,
    stackSetExecutionRole: plannedExecutionRole(platform),
    ...plannedControlTower(platform, landingZone),
    ...factoryUserIn(platform),
    ...approval,
    ...plannedLandingZone(platform, landingZone, landingZoneParameters(desiredState, account.value, tags.value)),
    // Known once the tenant is: `withRemovals`.
    stackSetRemovals: [],
    externalAvm: plannedExternalAvm(platform, desiredState),
    identityStore: plannedIdentityStore(platform),
    groups: [...groups.value],
    ...groups.existing,
    samlAccess: plannedSamlAccess(platform),
    skipUserGroupPermissionCleanup: platform.skipUserGroupPermissionCleanup,
    membersKnown: desiredState.userPermissions !== undefined,
    meshIdentifiers: groups.value.length === 0 ? {} : meshIdentifiersByEuid(desiredState),
    selfDowngrade: platform.selfDowngradeAccessRole,
    accessRoleProfile: landingZone.accessRoleProfile ?? platform.accessRoleProfile,
    remarks: [
      ...approvalRemarks(approval, 'AWS is asked for an account'),
      ...contradictions(desiredState),
      ...importRemarks(tenant.spec, platform, known),
      ...groups.remarks,
      ...uniquenessRemarks(platform),
    ],
  };
  const wanted = isOfManagement(landingZone, platform) ? accessOnlyPlan(plan, managementAccountOf(platform)) : plan;
  return checked(wanted, sizeFaultsAfter([...faults, ...unit.faults, ...groups.faults], wanted));
}

/** How large a plan is says nothing where it cannot be made. */
const sizeFaultsAfter = (faults: readonly Fault[], plan: VendingPlan): readonly Fault[] =>
  faults.length > 0 ? faults : planSizeFaults(plan);

export const landingZoneOf = ({ landingZones }: Configuration, name: string | undefined): LandingZone | undefined =>
  name !== undefined && Object.hasOwn(landingZones, name) ? landingZones[name] : undefined;

const identifiersOf = ({ tenant: { metadata, spec } }: DesiredState): Parameters<typeof requestFaults>[0] => ({
  workspaceIdentifier: metadata.ownedByWorkspace,
  projectIdentifier: metadata.ownedByProject,
  landingZone: spec.landingZoneRef.name,
});

function plannedAccount(
  { tenant }: DesiredState,
  platform: PlatformConfiguration,
  landingZone: LandingZone | undefined,
  values: PlaceholderValues,
): Planned<VendingPlan['account']> {
  const name = `${tenant.metadata.ownedByWorkspace}.${tenant.metadata.ownedByProject}`;
  const email = renderedPattern('accountEmailPattern', platform.accountEmailPattern, values);
  const rendered = renderedPattern('accountAliasPattern', platform.accountAliasPattern, values);
  const alias = sanitizedAlias(rendered.value);
  const enrollment = landingZone === undefined ? null : plannedEnrollment(platform, landingZone);
  // An account that is there already has its own e-mail address, which no pattern renders.
  const isForFactory = enrollment?.strategy === 'account-factory' && (tenant.spec.platformTenantId ?? null) === null;
  return {
    value: {
      name,
      email: email.value,
      alias,
      accessRole: platform.accountAccessRole,
      enforceAlias: platform.enforceAccountAlias,
    },
    faults: [
      ...accountNameFaults(name),
      ...(email.faults.length > 0 ? email.faults : emailFaults(email.value, isForFactory)),
      ...(rendered.faults.length > 0 ? rendered.faults : aliasFaults(alias)),
    ],
  };
}

/** Without `tenantTags` no tag of the account is ours. */
const plannedTags = (
  desiredState: DesiredState,
  { tenantTags }: PlatformConfiguration,
  merged: readonly TenantTag[],
  tags: ReadonlyMap<string, string>,
): Planned<Readonly<Record<string, string>>> =>
  tenantTags === undefined
    ? { value: {}, faults: [] }
    : accountTags(tenantTags, merged, mapperValues(desiredState, tags));

const plannedLandingZone = (
  platform: PlatformConfiguration,
  landingZone: LandingZone,
  parameters: Record<string, string>,
): Pick<VendingPlan, 'stackSets' | 'customizations' | 'landingZoneFunction'> => ({
  stackSets: plannedStackSets(platform, landingZone, parameters),
  ...plannedCustomizations(platform, landingZone, parameters),
  landingZoneFunction:
    landingZone.awsLambdaArn === null ? null : { arn: landingZone.awsLambdaArn, payload: parameters },
});

/** The tenant's own words count; that others differ from them is worth a remark, since tenants can be moved. */
function contradictions({ tenant, workspace, project }: DesiredState): readonly string[] {
  const { ownedByWorkspace, ownedByProject } = tenant.metadata;
  const told = [
    ['workspace.metadata.name', workspace.metadata.name, 'tenant.metadata.ownedByWorkspace', ownedByWorkspace],
    ['project.metadata.name', project.metadata.name, 'tenant.metadata.ownedByProject', ownedByProject],
    [
      'project.metadata.ownedByWorkspace',
      project.metadata.ownedByWorkspace,
      'tenant.metadata.ownedByWorkspace',
      ownedByWorkspace,
    ],
  ] as const;
  return told
    .filter(([, value, , tenantsValue]) => value !== tenantsValue)
    .map(
      ([field, value, counted, counts]) => `${field} is '${value}' but ${counted} is '${counts}'; the latter counts.`,
    );
}
