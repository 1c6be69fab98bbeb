import type { ServiceAccount } from '../plan/plan';
import type { PlatformConfiguration } from './platform-configuration';

/** The account of a role: `arn:aws:iam::333333333333:role/…`. */
export const accountOfRole = (roleArn: string): string => roleArn.split(':')[4] ?? '';

/** The part of the platform's configuration that names them. */
export type ServiceAccountConfiguration = Pick<
  PlatformConfiguration,
  | 'accessConfig'
  | 'automationAccountRole'
  | 'enrollmentConfiguration'
  | 'identityCenterRole'
  | 'meshcloudAccountId'
  | 'sharedAccountIds'
>;

/**
 * Those that the configuration names. The account of the application itself is mostly known by AWS's word alone:
 * `ownAccount`.
 */
export function configuredServiceAccounts(platform: ServiceAccountConfiguration): readonly ServiceAccount[] {
  const {
    accessConfig,
    automationAccountRole,
    enrollmentConfiguration,
    identityCenterRole,
    meshcloudAccountId,
    sharedAccountIds = [],
  } = platform;
  const all: readonly ServiceAccount[] = [
    { id: accountOfRole(accessConfig.organizationRootAccountRole), what: MANAGEMENT },
    ...(enrollmentConfiguration === undefined
      ? []
      : [{ id: enrollmentConfiguration.managementAccountId, what: MANAGEMENT }]),
    { id: accountOfRole(automationAccountRole), what: 'the automation account' },
    ...(identityCenterRole === undefined
      ? []
      : [
          { id: accountOfRole(identityCenterRole), what: 'the delegated administrator account of IAM Identity Center' },
        ]),
    ...(meshcloudAccountId === undefined ? [] : [ownAccount(meshcloudAccountId)]),
    ...sharedAccountIds.map((id) => ({ id, what: 'an account that others share (sharedAccountIds in platform.json)' })),
  ];
  return [...new Map(all.toReversed().map((account) => [account.id, account])).values()].toReversed();
}

const MANAGEMENT = 'the management account';

export const ownAccount = (id: string): ServiceAccount => ({ id, what: 'the account that this application runs in' });

/** As the manifest of the landing zone names it; `part` is where. */
export const accountOfLandingZone = ({ id, part }: { readonly id: string; readonly part: string }): ServiceAccount => ({
  id,
  what: `an account that Control Tower shares (${part} of its landing zone)`,
});

/** The service account with this id, if there is one among these. */
export const serviceAccountOf = (id: string, accounts: readonly ServiceAccount[]): ServiceAccount | undefined =>
  accounts.find((account) => account.id === id);
