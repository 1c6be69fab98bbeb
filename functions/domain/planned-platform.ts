import { accountOfRole } from './account-of-role';
import type { LandingZone } from './landing-zone';
import type { VendingPlan } from './plan';
import { PlannedEnrollmentSchema } from './planned-enrollment';
import type { PlatformConfiguration } from './platform-configuration';

/** Enrollment in Control Tower, when both the landing zone and the platform want it; what becomes of its user afterwards is planned for all accounts. */
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
  return { ...stackSetExecutionRole, trustedAccountId: accountOfRole(automationAccountRole) };
}

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
