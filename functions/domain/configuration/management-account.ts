import { faultIf, type Fault } from '../base/fault';
import { identityCenterOf } from './configured-identity-center';
import type { LandingZone } from './landing-zone';
import type { PlatformConfiguration } from './platform-configuration';

/** What of `platform.json` does not go with access to the management account. */
export const managementAccessFaults = (platform: PlatformConfiguration): readonly Fault[] => {
  const { identityCenterRole, managementAccountAccess } = platform;
  if (managementAccountAccess === undefined) return [];
  return [
    ...faultIf(
      identityCenterOf(platform) === undefined,
      'managementAccountAccess',
      undefined,
      'needs awsIdentityStore or awsSso, which are missing. Add one, or leave this out.',
    ),
    ...faultIf(
      identityCenterRole !== undefined,
      'managementAccountAccess',
      undefined,
      'stands beside identityCenterRole: a delegated administrator cannot assign anybody in the management account. Remove one of the two, or let an ' +
        'administrator of the organization assign the groups there.',
    ),
  ];
};

type ManagementZone = Pick<
  LandingZone,
  | 'accessRoleProfile'
  | 'accessStack'
  | 'awsEnrollAccount'
  | 'awsLambdaArn'
  | 'awsRoleMappings'
  | 'awsTargetOrgUnitId'
  | 'closeAccount'
  | 'customizations'
  | 'managementAccount'
  | 'releaseAlias'
  | 'stackSets'
>;

/** A landing zone of the management account gives access, and touches nothing else: so it asks for nothing else. */
export function managementZoneFaults(
  landingZone: ManagementZone,
  platform: PlatformConfiguration | undefined,
): readonly Fault[] {
  if (landingZone.managementAccount !== true) return [];
  const { awsRoleMappings, awsTargetOrgUnitId } = landingZone;
  const access = platform?.managementAccountAccess;
  return [
    ...faultIf(
      platform !== undefined && access === undefined,
      'managementAccount',
      true,
      'needs managementAccountAccess in platform.json, which is missing. Add it, or remove this.',
    ),
    ...ASKED_IN_VAIN.flatMap(([field, isAsked]) =>
      faultIf(
        isAsked(landingZone),
        field,
        undefined,
        'is nothing that is done to the management account (managementAccount), where people get access and nothing else changes. Remove it.',
      ),
    ),
    ...faultIf(
      awsTargetOrgUnitId === null,
      'awsTargetOrgUnitId',
      awsTargetOrgUnitId,
      'has to name the unit in which the management account is, mostly the root (r-...); the account is not moved.',
    ),
    ...faultIf(
      awsRoleMappings.length === 0,
      'awsRoleMappings',
      undefined,
      "is empty: the management account (managementAccount) does not take the platform's mappings. Map the roles that may enter it.",
    ),
    ...(access === undefined ? [] : notAllowed(awsRoleMappings, access.permissionSetArns)),
  ];
}

const ASKED_IN_VAIN: readonly (readonly [keyof ManagementZone, (zone: ManagementZone) => boolean])[] = [
  ['awsEnrollAccount', ({ awsEnrollAccount }) => awsEnrollAccount],
  ['awsLambdaArn', ({ awsLambdaArn }) => awsLambdaArn !== null],
  ['accessStack', ({ accessStack }) => accessStack !== undefined],
  ['stackSets', ({ stackSets }) => stackSets.length > 0],
  ['customizations', ({ customizations }) => (customizations ?? []).length > 0],
  ['closeAccount', ({ closeAccount }) => closeAccount],
  ['releaseAlias', ({ releaseAlias }) => releaseAlias === true],
  ['accessRoleProfile', ({ accessRoleProfile }) => accessRoleProfile !== undefined],
];

const notAllowed = (mappings: LandingZone['awsRoleMappings'], allowed: readonly string[]): readonly Fault[] =>
  mappings.flatMap(({ permissionSetArns }, index) =>
    permissionSetArns
      .filter((arn) => !allowed.includes(arn))
      .flatMap((arn) =>
        faultIf(
          true,
          `awsRoleMappings[${index}]`,
          arn,
          'names a permission set that managementAccountAccess.permissionSetArns in platform.json does not list. List it there, or map another one.',
        ),
      ),
  );
