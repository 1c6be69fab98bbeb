import type { FactoryUser, VendingPlan } from '../plan/plan';
import type { Change } from '../records/ledger-records';
import type { PlatformConfiguration } from '../configuration/platform-configuration';

/**
 * What the Account Factory gives its user in each account that it works on. Somebody else may have given that user
 * other permission sets.
 */
export const FACTORY_PERMISSION_SET = 'AWSAdministratorAccess';

/**
 * The user whose direct access to accounts is taken away; undefined: there is none. If accounts are enrolled by moves,
 * there is such a user only if an earlier configuration had one.
 *
 * @evidence documented controltower/userguide/getting-started-prereqs: IAM Identity Center is in Control Tower's home
 *   region, or in us-east-1
 */
export function plannedFactoryUser({
  enrollmentConfiguration: enrollment,
  awsIdentityStore,
  awsSso,
  region,
}: Pick<PlatformConfiguration, 'enrollmentConfiguration' | 'awsIdentityStore' | 'awsSso' | 'region'>):
  | FactoryUser
  | undefined {
  if (enrollment?.ssoUser === undefined || enrollment.keepFactoryUser === true) return undefined;
  const { email } = enrollment.ssoUser;
  const center = awsIdentityStore ?? awsSso;
  if (center === undefined) {
    return { email, region: enrollment.region, instanceArn: null, identityStoreId: null };
  }
  const identityStoreId = center.identityStoreId ?? null;
  return { email, region: center.region ?? region, instanceArn: center.arn, identityStoreId };
}

export function factoryUserIn(platform: PlatformConfiguration): Pick<VendingPlan, 'factoryUser'> {
  const factoryUser = plannedFactoryUser(platform);
  return factoryUser === undefined ? {} : { factoryUser };
}

/** How it is told that this was taken from this user. Its name is a person's, and the timeline is kept for good. */
export const FACTORY_USER_CHANGE: Change = {
  what: "assignment of the Account Factory's user",
  from: FACTORY_PERMISSION_SET,
  to: null,
};

/**
 * The directory that holds the assignments of a plan: the configured IAM Identity Center, or that of the Account
 * Factory's user.
 */
export function identityCenterIn({
  identityStore,
  factoryUser,
  accessOnly,
}: Pick<VendingPlan, 'identityStore' | 'factoryUser' | 'accessOnly'>): AssignmentDirectory | null {
  const directory = identityStore ?? factoryUser ?? null;
  return directory === null || accessOnly !== true ? directory : { ...directory, ofManagement: true };
}

/** Where assignments are, and whether they are those of the management account. */
interface AssignmentDirectory extends Pick<FactoryUser, 'region' | 'instanceArn'> {
  readonly ofManagement?: boolean;
}
