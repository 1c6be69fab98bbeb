import { accessOnlyPlan, managementAccountOf } from './management-account';
import { approvalRemarks, plannedApproval } from '../run/approval';
import { accountOfRole, configuredServiceAccounts } from '../configuration/service-accounts';
import type { Configuration } from '../configuration/configuration';
import { plannedDestructions } from '../customizations/planned-customizations';
import { factoryUserIn } from '../access/factory-user';
import type { LandingZone } from '../configuration/landing-zone';
import type { TenantRecord } from '../records/ledger-records';
import type { VendingPlan } from '../plan/plan';
import type { PlatformConfiguration } from '../configuration/platform-configuration';
import { plannedEnrollment, plannedIdentityStore, plannedStackSets } from './planned-platform';
import { withRemovals } from '../stack-sets/stack-set-removal';

/**
 * Decides how the account of a tenant that is to go is taken out of use. It is a plan in which nobody has access, so
 * that the steps which take away what is not wanted take away everything. What the tenant once wanted is not needed for
 * that, and may be gone. Pure.
 */
export function planClosing(tenant: TenantRecord, configuration: Configuration): VendingPlan {
  const { platform, landingZones } = configuration;
  const name = tenant.deletion?.landingZone ?? '';
  const landingZone = Object.hasOwn(landingZones, name) ? landingZones[name] : undefined;
  const kept = whyKept(tenant, name, landingZone);
  const closesAccount = kept === null;
  const approval = plannedApproval(landingZone, 'close');
  const plan: VendingPlan = {
    planVersion: 1,
    tenantUuid: tenant.tenantUuid,
    landingZone: name,
    account: { ...namesOf(tenant), alias: '', accessRole: platform.accountAccessRole, enforceAlias: false },
    existingAccountId: null,
    import: null,
    serviceAccounts: [...configuredServiceAccounts(platform)],
    ...inLandingZone(platform, landingZone, closesAccount),
    allowHierarchicalOrganizationalUnitAssignment: platform.allowHierarchicalOrganizationalUnitAssignment,
    tags: {},
    tagNamespacePrefix: null,
    stackSetRemovals: [],
    stackSetExecutionRole: null,
    controlTowerRegion: platform.enrollmentConfiguration?.region ?? null,
    controlTowerFollowsMoves: platform.enrollmentConfiguration?.strategy === 'auto-enroll',
    ...factoryUserIn(platform),
    ...approval,
    ...plannedDestructions(platform, landingZone, tenant.customizations ?? []),
    landingZoneFunction: null,
    externalAvm: null,
    identityStore: plannedIdentityStore(platform),
    groups: [],
    samlAccess: null,
    skipUserGroupPermissionCleanup: platform.skipUserGroupPermissionCleanup,
    membersKnown: true,
    meshIdentifiers: {},
    selfDowngrade: false,
    accessRoleProfile: platform.accessRoleProfile,
    closing: {
      managementAccountId: accountOfRole(platform.accessConfig.organizationRootAccountRole),
      closesAccount,
      releasesAlias: closesAccount || landingZone?.releaseAlias === true,
    },
    remarks: [...approvalRemarks(approval, 'the account is taken out of use'), ...(kept === null ? [] : [kept])],
  };
  const management = managementAccountOf(platform);
  // Where nobody may be given access to that account, no tenant can have it: GuardAccount refuses the closing.
  return hasManagementAccount(tenant, platform)
    ? accessOnlyPlan(plan, management)
    : withRemovals(plan, tenant, configuration, []);
}

const hasManagementAccount = ({ account }: TenantRecord, platform: PlatformConfiguration): boolean =>
  platform.managementAccountAccess !== undefined && account?.id === managementAccountOf(platform);

/** As AWS knows the account, or was asked for it. */
function namesOf({ account, creation }: TenantRecord): Pick<VendingPlan['account'], 'name' | 'email'> {
  if (account !== null) return { name: account.name, email: account.email };
  return { name: creation?.accountName ?? '', email: creation?.email ?? '' };
}

/**
 * The account stays where it is: the landing zone tells where its turns in lanes may be. One that is closed is taken
 * out of Control Tower first, no matter who has enrolled it.
 */
const inLandingZone = (
  platform: PlatformConfiguration,
  landingZone: LandingZone | undefined,
  closesAccount: boolean,
): Pick<VendingPlan, 'targetOrgUnitId' | 'enrollment' | 'stackSets'> =>
  landingZone === undefined
    ? { targetOrgUnitId: '', enrollment: null, stackSets: [] }
    : {
        targetOrgUnitId: landingZone.awsTargetOrgUnitId,
        enrollment: plannedEnrollment(
          platform,
          closesAccount ? { ...landingZone, awsEnrollAccount: true } : landingZone,
        ),
        stackSets: plannedStackSets(platform, landingZone, {}),
      };

/** Why the account is not closed, for people; null where it is. */
function whyKept(
  { account }: Pick<TenantRecord, 'account'>,
  name: LandingZone['name'],
  landingZone: LandingZone | undefined,
): string | null {
  if (landingZone === undefined) {
    return `The landing zone '${name}' is not configured any more: people lose their access, and nothing else is taken from the account.`;
  }
  if (!landingZone.closeAccount) {
    return `The landing zone '${name}' does not close accounts (closeAccount): people lose their access, and the account stays.`;
  }
  if (account?.imported === true && !landingZone.closeImportedAccounts) {
    return (
      `The account was there before its tenant, and the landing zone '${name}' does not close such accounts (closeImportedAccounts): ` +
      'people lose their access, and the account stays.'
    );
  }
  return null;
}
