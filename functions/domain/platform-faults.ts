import { faultIf, faultOf, type Fault } from './fault';
import type { PlatformConfiguration } from './platform-configuration';
import { mappedTwice } from './role-mapping-faults';
import { ACCOUNT_PLACEHOLDERS, GROUP_PLACEHOLDERS, problemsOfStringTemplate } from './string-template';
import { problemsOfTagValuePattern } from './tag-value-pattern';
import { TENANT_TAG_KEY } from './tenant-tag';

/** What the schema of `platform.json` cannot say: templates, and what only several fields together get wrong. */
export const platformFaults = (platform: PlatformConfiguration): readonly Fault[] => [
  ...templateFaults('accountEmailPattern', platform.accountEmailPattern, ACCOUNT_PLACEHOLDERS),
  ...templateFaults('accountAliasPattern', platform.accountAliasPattern, ACCOUNT_PLACEHOLDERS),
  ...(platform.awsIdentityStore === undefined ? [] : identityStoreFaults(platform.awsIdentityStore)),
  ...(platform.tenantTags === undefined ? [] : tagFaults(platform.tenantTags)),
  ...faultIf(
    platform.selfDowngradeAccessRole && platform.accountAccessRole === 'AWSControlTowerExecution',
    'accountAccessRole',
    platform.accountAccessRole,
    'is the role by which Control Tower works, which must keep its rights. Choose another role, or set selfDowngradeAccessRole to false.',
  ),
];

const templateFaults = (field: string, pattern: string, placeholders: typeof ACCOUNT_PLACEHOLDERS): readonly Fault[] =>
  problemsOfStringTemplate(pattern, placeholders).map((problem) => faultOf(field, pattern, problem));

const identityStoreFaults = ({
  groupNamePattern,
  awsRoleMappings,
}: NonNullable<PlatformConfiguration['awsIdentityStore']>): readonly Fault[] => [
  ...templateFaults('awsIdentityStore.groupNamePattern', groupNamePattern, GROUP_PLACEHOLDERS),
  ...mappedTwice('awsIdentityStore.awsRoleMappings', awsRoleMappings),
];

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
    ...tagMappers.flatMap(({ key, valuePattern }, index) => [
      ...faultIf(
        keys.indexOf(key) < index,
        `tenantTags.tagMappers[${index}].key`,
        key,
        'is the key of another tag mapper too. Remove one of them.',
      ),
      ...problemsOfTagValuePattern(valuePattern).map((problem) =>
        faultOf(`tenantTags.tagMappers[${index}].valuePattern`, valuePattern, problem),
      ),
    ]),
  ];
}
