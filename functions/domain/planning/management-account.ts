import type { LandingZone } from '../configuration/landing-zone';
import type { PlatformConfiguration } from '../configuration/platform-configuration';
import { accountOfRole } from '../configuration/service-accounts';
import type { VendingPlan } from '../plan/plan';

/** The management account of the organization. */
export const managementAccountOf = ({ accessConfig }: Pick<PlatformConfiguration, 'accessConfig'>): string =>
  accountOfRole(accessConfig.organizationRootAccountRole);

/** Whether tenants of a landing zone are the management account. Both files have to say so. */
export const isOfManagement = (
  landingZone: Pick<LandingZone, 'managementAccount'> | undefined,
  { managementAccountAccess }: Pick<PlatformConfiguration, 'managementAccountAccess'>,
): boolean => landingZone?.managementAccount === true && managementAccountAccess !== undefined;

/**
 * What is left of a plan where people get access to the management account and nothing else of it is touched: groups,
 * members and assignments. It is neither moved, tagged, named, enrolled nor provisioned, nor closed, and nobody enters
 * it.
 */
export function accessOnlyPlan(plan: VendingPlan, managementAccountId: string): VendingPlan {
  const { planVersion, tenantUuid, landingZone, existingAccountId, targetOrgUnitId, identityStore, remarks } = plan;
  const { groups, existingGroups, adoptGroups, membersKnown, meshIdentifiers, approval, shadow, closing } = plan;
  return {
    planVersion,
    tenantUuid,
    landingZone,
    existingAccountId,
    targetOrgUnitId,
    accessOnly: true,
    account: { ...plan.account, alias: '', enforceAlias: false },
    import: null,
    serviceAccounts: plan.serviceAccounts.filter(({ id }) => id !== managementAccountId),
    allowHierarchicalOrganizationalUnitAssignment: plan.allowHierarchicalOrganizationalUnitAssignment,
    tags: {},
    tagNamespacePrefix: null,
    enrollment: null,
    controlTowerRegion: null,
    controlTowerFollowsMoves: false,
    stackSetExecutionRole: null,
    stackSets: [],
    stackSetRemovals: [],
    landingZoneFunction: null,
    externalAvm: null,
    samlAccess: null,
    identityStore,
    groups,
    membersKnown,
    meshIdentifiers,
    ...(existingGroups === undefined ? {} : { existingGroups }),
    ...(adoptGroups === undefined ? {} : { adoptGroups }),
    skipUserGroupPermissionCleanup: plan.skipUserGroupPermissionCleanup,
    selfDowngrade: false,
    accessRoleProfile: plan.accessRoleProfile,
    ...(approval === undefined ? {} : { approval }),
    ...(shadow === undefined ? {} : { shadow }),
    ...(closing === undefined ? {} : { closing: { ...closing, closesAccount: false, releasesAlias: false } }),
    remarks,
  };
}
