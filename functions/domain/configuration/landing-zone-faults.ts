import { faultIf, type Fault } from '../base/fault';
import { lackOf } from '../places/partitions';
import { accessStackFaults } from './access-stack';
import { customizationFaults } from './customization-faults';
import { identityCenterOf } from './configured-identity-center';
import type { LandingZone } from './landing-zone';
import { managementZoneFaults } from './management-account';
import type { PlatformConfiguration } from './platform-configuration';
import { IN_VAIN, isSealedInVain } from './platform-faults';
import { roleMappingFaults } from './role-mapping-faults';
import { partitionIn, regionFaults } from './platform-place-faults';

/**
 * What the schema of a landing zone's file cannot say, the platform's configuration being known; undefined where that
 * could not be read.
 */
export function landingZoneFaults(
  landingZone: LandingZone,
  platform: PlatformConfiguration | undefined,
): readonly Fault[] {
  const { awsEnrollAccount, awsTargetOrgUnitId, awsRoleMappings, stackSets } = landingZone;
  const names = stackSets.map(({ name }) => name);
  return [
    ...faultIf(
      awsEnrollAccount && platform !== undefined && platform.enrollmentConfiguration === undefined,
      'awsEnrollAccount',
      awsEnrollAccount,
      'needs enrollmentConfiguration in platform.json, which is missing. Add it, or set awsEnrollAccount to false.',
    ),
    ...faultIf(
      awsEnrollAccount && awsTargetOrgUnitId?.startsWith('r-') === true,
      'awsTargetOrgUnitId',
      awsTargetOrgUnitId,
      'is the root, where Control Tower cannot enroll accounts. Name a registered organizational unit, or set awsEnrollAccount to false.',
    ),
    ...accessStackFaults(landingZone),
    ...customizationFaults(landingZone, platform),
    ...managementZoneFaults(landingZone, platform),
    ...workspaceUnitFaults(landingZone, platform),
    ...leavingFaults(landingZone, platform),
    ...names.flatMap((name, index) =>
      faultIf(
        names.indexOf(name) < index,
        `stackSets[${index}].name`,
        name,
        'is listed twice. Name all its regions in one entry.',
      ),
    ),
    ...faultIf(
      awsRoleMappings.length > 0 && platform !== undefined && identityCenterOf(platform) === undefined,
      'awsRoleMappings',
      awsRoleMappings.map(({ awsRole }) => awsRole),
      'needs awsIdentityStore or awsSso in platform.json, which are missing. Add one, or remove the mappings.',
    ),
    ...faultIf(
      platform !== undefined && isSealedInVain(landingZone.accessRoleProfile, platform),
      'accessRoleProfile',
      landingZone.accessRoleProfile,
      IN_VAIN,
    ),
    ...faultIf(
      landingZone.accessRoleProfile === 'sealed' && platform?.meshIdB !== undefined,
      'accessRoleProfile',
      landingZone.accessRoleProfile,
      "leaves no right to make the roles of meshIdB in platform.json. Set it to 'meshstack', or use awsIdentityStore there.",
    ),
    ...faultIf(
      landingZone.closeImportedAccounts && !landingZone.closeAccount,
      'closeImportedAccounts',
      landingZone.closeImportedAccounts,
      'permits nothing without closeAccount. Set closeAccount to true, or leave this out.',
    ),
    ...roleMappingFaults('awsRoleMappings', awsRoleMappings),
    ...landingZonePlaceFaults(landingZone, platform),
  ];
}

/**
 * Without a target, accounts go to units that are made for workspaces.
 *
 * @evidence documented controltower/userguide/existing-orgs: units that are made in Control Tower are governed; those
 *   that were made outside of it are brought under its governance by being registered
 */
const workspaceUnitFaults = (
  { awsEnrollAccount, awsTargetOrgUnitId }: LandingZone,
  platform: PlatformConfiguration | undefined,
): readonly Fault[] =>
  awsTargetOrgUnitId !== null
    ? []
    : [
        ...faultIf(
          platform !== undefined && platform.workspaceOrgUnits === undefined,
          'awsTargetOrgUnitId',
          awsTargetOrgUnitId,
          'asks for an organizational unit of the workspace, and needs workspaceOrgUnits in platform.json, which is missing. Add it, or name a unit.',
        ),
        ...faultIf(
          awsEnrollAccount,
          'awsTargetOrgUnitId',
          awsTargetOrgUnitId,
          'asks for an organizational unit of the workspace, where Control Tower cannot enroll accounts (awsEnrollAccount): a unit that was just ' +
            'made is not registered with it. Name a registered unit, or set awsEnrollAccount to false.',
        ),
      ];

/** Accounts are enrolled in a unit, or leave Control Tower by it. */
const leavingFaults = (
  { awsEnrollAccount, awsTargetOrgUnitId }: LandingZone,
  platform: PlatformConfiguration | undefined,
): readonly Fault[] =>
  faultIf(
    awsEnrollAccount && awsTargetOrgUnitId === platform?.enrollmentConfiguration?.suspendedOrgUnitId,
    'awsTargetOrgUnitId',
    awsTargetOrgUnitId,
    'is suspendedOrgUnitId of platform.json, by which accounts leave Control Tower: nothing can be enrolled there. Name another unit in one of the two.',
  );

/** What a landing zone asks of AWS where AWS does not have it. */
function landingZonePlaceFaults(
  { accessStack, stackSets, closeAccount }: Pick<LandingZone, 'accessStack' | 'stackSets' | 'closeAccount'>,
  platform: Pick<PlatformConfiguration, 'accessConfig' | 'region'> | undefined,
): readonly Fault[] {
  const partition = platform === undefined ? undefined : partitionIn(platform);
  if (platform === undefined || partition === undefined) return [];
  const page = lackOf('closeAccount', partition, platform.region)?.page;
  return [
    ...(accessStack?.regions ?? [])
      .flatMap((region) => regionFaults(partition, 'accessStack.regions', region))
      .slice(0, 1),
    ...stackSets.flatMap(({ homeRegion, regions }, index) => [
      ...regionFaults(partition, `stackSets[${index}].homeRegion`, homeRegion),
      ...regions.flatMap((region) => regionFaults(partition, `stackSets[${index}].regions`, region)).slice(0, 1),
    ]),
    ...faultIf(
      closeAccount && page !== undefined,
      'closeAccount',
      closeAccount,
      `is not possible: ${partition.title} closes no account by itself (${page ?? ''}). Set it to false, and close the associated standard account instead.`,
    ),
  ];
}
