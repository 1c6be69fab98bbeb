import { accountOfRole } from './account-of-role';
import type { Configuration } from './configuration';
import type { LandingZone } from './landing-zone';
import type { TenantRecord } from './ledger-records';
import type { VendingPlan } from './plan';
import { plannedEnrollment, plannedIdentityStore, plannedStackSets } from './planned-platform';

/**
 * Decides how the account of a tenant that is to go is taken out of use. It is a plan in which nobody has access, so that the steps which take away
 * what is not wanted take away everything. What the tenant once wanted is not needed for that, and may be gone. Pure.
 */
export function planClosing(tenant: TenantRecord, { platform, landingZones }: Configuration): VendingPlan {
  const name = tenant.deletion?.landingZone ?? '';
  const landingZone = Object.hasOwn(landingZones, name) ? landingZones[name] : undefined;
  const { accountName = '', email = '' } = tenant.creation ?? {};
  return {
    planVersion: 1,
    tenantUuid: tenant.tenantUuid,
    landingZone: name,
    account: {
      name: tenant.account?.name ?? accountName,
      email: tenant.account?.email ?? email,
      alias: '',
      accessRole: platform.accountAccessRole,
      enforceAlias: false,
    },
    existingAccountId: null,
    // The account stays where it is.
    targetOrgUnitId: landingZone?.awsTargetOrgUnitId ?? '',
    allowHierarchicalOrganizationalUnitAssignment: platform.allowHierarchicalOrganizationalUnitAssignment,
    tags: {},
    tagNamespacePrefix: null,
    stackSetExecutionRole: null,
    enrollment: landingZone === undefined ? null : plannedEnrollment(platform, landingZone),
    controlTowerRegion: platform.enrollmentConfiguration?.region ?? null,
    stackSets: landingZone === undefined ? [] : plannedStackSets(platform, landingZone, {}),
    landingZoneFunction: null,
    identityStore: plannedIdentityStore(platform),
    groups: [],
    skipUserGroupPermissionCleanup: platform.skipUserGroupPermissionCleanup,
    membersKnown: true,
    meshIdentifiers: {},
    selfDowngrade: false,
    accessRoleProfile: platform.accessRoleProfile,
    closing: { managementAccountId: accountOfRole(platform.accessConfig.organizationRootAccountRole) },
    remarks: landingZone === undefined ? [unknownLandingZone(name)] : [],
  };
}

const unknownLandingZone = (name: LandingZone['name']): string =>
  `The landing zone '${name}' is not configured any more: people lose their access, and nothing else is taken from the account.`;
