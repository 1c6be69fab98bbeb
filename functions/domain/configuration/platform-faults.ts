import { faultIf, type Fault } from '../base/fault';
import { accountOfRole } from './service-accounts';
import { EXTERNAL_AVM_TAGS } from '../account/account-tags';
import { TENANT_TAG_KEY } from '../plan/plan';
import type { AccessRoleProfile } from '../access/access-role-profile';
import type { PlatformConfiguration } from './platform-configuration';
import type { MeshIdB } from './access-configuration';
import { identityCenterOf } from './configured-identity-center';
import { managementAccessFaults } from './management-account';
import { mappedTwice, roleMappingFaults } from './role-mapping-faults';
import { platformPlaceFaults } from './platform-place-faults';
import { workspaceOrgUnitsFaults } from './workspace-org-units';

/** What the schema of `platform.json` cannot say: what only several fields together get wrong. */
export const platformFaults = (platform: PlatformConfiguration): readonly Fault[] => [
  ...roleMappingFaults('awsIdentityStore.awsRoleMappings', platform.awsIdentityStore?.awsRoleMappings ?? []),
  ...roleMappingFaults('awsSso.awsRoleMappings', platform.awsSso?.awsRoleMappings ?? []),
  ...faultIf(
    platform.awsIdentityStore !== undefined && platform.awsSso !== undefined,
    'awsSso',
    platform.awsSso?.scimEndpoint,
    'stands beside awsIdentityStore: groups are made in one way. Remove one of the two.',
  ),
  ...(platform.meshIdB === undefined ? [] : meshIdBFaults(platform, platform.meshIdB)),
  ...(platform.tenantTags === undefined ? [] : tagFaults(platform.tenantTags)),
  ...externalAvmFaults(platform),
  ...importFaults(platform),
  ...platformPlaceFaults(platform),
  ...workspaceOrgUnitsFaults(platform),
  ...administrationFaults(platform),
  ...delegationFaults(platform),
  ...managementAccessFaults(platform),
  ...faultIf(
    isSealedInVain(platform.accessRoleProfile, platform),
    'accessRoleProfile',
    platform.accessRoleProfile,
    IN_VAIN,
  ),
  ...faultIf(
    platform.selfDowngradeAccessRole && platform.accountAccessRole === 'AWSControlTowerExecution',
    'accountAccessRole',
    platform.accountAccessRole,
    'is the role by which Control Tower works, which must keep its rights. Choose another role, or set selfDowngradeAccessRole to false.',
  ),
];

/** Stack sets are administered in the account in which they are. */
const administrationFaults = ({
  stackSetExecutionRole,
  automationAccountRole,
}: PlatformConfiguration): readonly Fault[] =>
  (stackSetExecutionRole?.administrationRoleArns ?? []).flatMap((arn, index) =>
    faultIf(
      accountOfRole(arn) !== accountOfRole(automationAccountRole),
      `stackSetExecutionRole.administrationRoleArns[${index}]`,
      arn,
      `is not a role of the automation account ${accountOfRole(automationAccountRole)}, in which the stack sets are. Name the role there by which they are administered.`,
    ),
  );

/** A delegated administrator account is another account than the one that delegates. */
const delegationFaults = (platform: PlatformConfiguration): readonly Fault[] => {
  const { identityCenterRole: arn = '', accessConfig } = platform;
  const isManagement = accountOfRole(arn) === accountOfRole(accessConfig.organizationRootAccountRole);
  return [
    ...faultIf(
      isManagement,
      'identityCenterRole',
      arn,
      'is in the management account. Name a role in the delegated administrator account, or leave this out.',
    ),
    ...faultIf(
      arn !== '' && identityCenterOf(platform) === undefined,
      'identityCenterRole',
      arn,
      'needs awsIdentityStore or awsSso, which are missing. Add one, or leave this out.',
    ),
  ];
};

/** Sealing is what the downgrade does: without it the role stays an administrator. */
export const isSealedInVain = (
  profile: AccessRoleProfile | undefined,
  { selfDowngradeAccessRole }: PlatformConfiguration,
): boolean => profile === 'sealed' && !selfDowngradeAccessRole;

export const IN_VAIN =
  "has no effect while selfDowngradeAccessRole is false: the access role stays administrator. Set that to true, or the profile to 'meshstack'.";

function meshIdBFaults(platform: PlatformConfiguration, { awsRoleMappings }: MeshIdB): readonly Fault[] {
  const ofOthers = [platform.accountAccessRole, platform.stackSetExecutionRole?.name, 'AWSControlTowerExecution'];
  const other = platform.awsIdentityStore === undefined ? 'awsSso' : 'awsIdentityStore';
  return [
    ...mappedTwice('meshIdB.awsRoleMappings', awsRoleMappings),
    ...faultIf(
      platform[other] !== undefined,
      'meshIdB',
      undefined,
      `stands beside ${other}: access is given in one way. Remove one of the two.`,
    ),
    ...faultIf(
      platform.accessRoleProfile === 'sealed',
      'accessRoleProfile',
      platform.accessRoleProfile,
      "leaves no right to make the roles of meshIdB. Set it to 'meshstack', or use awsIdentityStore.",
    ),
    ...awsRoleMappings.flatMap(({ awsRole }, index) =>
      faultIf(
        ofOthers.includes(awsRole),
        `meshIdB.awsRoleMappings[${index}].awsRole`,
        awsRole,
        'is a role that accounts are worked on with. Choose another name.',
      ),
    ),
  ];
}

/** A block that allows nothing was meant to allow something. */
function importFaults({ import: rules }: PlatformConfiguration): readonly Fault[] {
  if (rules === undefined) return [];
  const allowsNothing = rules.organizationalUnits === undefined && rules.tag === undefined;
  return [
    ...(allowsNothing
      ? [
          {
            field: 'import',
            message: 'allows no account. Give it organizationalUnits or a tag, or leave it out: then imports are off.',
          },
        ]
      : []),
    ...faultIf(
      rules.tag?.key === TENANT_TAG_KEY,
      'import.tag.key',
      rules.tag?.key,
      'is the tag by which an account belongs to its tenant. Choose another key.',
    ),
  ];
}

/** Tags with our prefix are made as planned: those of somebody else would be taken away. */
function externalAvmFaults({ waitForExternalAvm, tenantTags }: PlatformConfiguration): readonly Fault[] {
  const prefix = tenantTags?.namespacePrefix;
  const taken = EXTERNAL_AVM_TAGS.find((key) => prefix !== undefined && key.startsWith(prefix));
  return faultIf(
    waitForExternalAvm && taken !== undefined,
    'tenantTags.namespacePrefix',
    prefix,
    `would take away the tag ${taken ?? ''}, which waitForExternalAvm waits for. Choose another prefix.`,
  );
}

function tagFaults({
  namespacePrefix,
  tagMappers,
}: NonNullable<PlatformConfiguration['tenantTags']>): readonly Fault[] {
  const keys = tagMappers.map(({ key }) => key);
  return [
    ...faultIf(
      TENANT_TAG_KEY.startsWith(namespacePrefix),
      'tenantTags.namespacePrefix',
      namespacePrefix,
      `would make the constant tag ${TENANT_TAG_KEY} one of the tags that come and go. Choose another prefix.`,
    ),
    ...keys.flatMap((key, index) =>
      faultIf(
        keys.indexOf(key) < index,
        `tenantTags.tagMappers[${index}].key`,
        key,
        'is the key of another tag mapper too. Remove one of them.',
      ),
    ),
  ];
}
