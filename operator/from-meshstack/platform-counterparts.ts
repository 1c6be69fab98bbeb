import { type Counterparts, isObject, type Json } from './carried-over';

const IDENTITY_CENTER = ['arn', 'groupNamePattern', 'signInUrl', 'awsRoleMappings'];

const TAKEN_AS_THEY_ARE = [
  'waitForExternalAvm',
  'automationAccountRole',
  'accountAccessRole',
  'accountAliasPattern',
  'enforceAccountAlias',
  'accountEmailPattern',
  'tenantTags.namespacePrefix',
  'tenantTags.tagMappers',
  'awsIdentityStore.identityStoreId',
  ...IDENTITY_CENTER.map((field) => `awsIdentityStore.${field}`),
  'awsSso.scimEndpoint',
  ...IDENTITY_CENTER.map((field) => `awsSso.${field}`),
  'enrollmentConfiguration.managementAccountId',
  'enrollmentConfiguration.accountFactoryProductId',
  'selfDowngradeAccessRole',
  'skipUserGroupPermissionCleanup',
  'allowHierarchicalOrganizationalUnitAssignment',
] as const;

const LOGIN = 'functions have roles of their own here, and no key opens them (docs/iam.md)';
const EXTERNAL_ID =
  'the ExternalId is in a secret of the stack, one for all roles; put this value there only if accounts know it (docs/setup.md)';

/**
 * The fields of an AWS platform, by their paths in `spec.config.aws`, as meshcloud's own client has them
 * (terraform-provider-meshstack v0.25.0, client/platform_config_aws.go), and those of API v1 that differ.
 */
export const PLATFORM_COUNTERPARTS: Counterparts = {
  taken: {
    region: 'region',
    'replication.accessConfig.organizationRootAccountRole': 'accessConfig.organizationRootAccountRole',
    ...Object.fromEntries(TAKEN_AS_THEY_ARE.map((field) => [`replication.${field}`, field])),
    'metering.filter': 'metering.filter',
    'metering.reservedInstanceFairChargeback': 'metering.reservedInstanceFairChargeback',
    'metering.savingsPlanFairChargeback': 'metering.savingsPlanFairChargeback',
    'metering.processing.deleteRawDataAfterDays': 'metering.processing.deleteRawDataAfterDays',
  },
  left: {
    'replication.accessConfig.auth': LOGIN,
    'replication.accessConfig.serviceUserConfig': LOGIN,
    'replication.accessConfig.organizationRootAccountExternalId': EXTERNAL_ID,
    'replication.automationAccountExternalId': EXTERNAL_ID,
    'replication.awsSso.ssoAccessToken':
      'the token is in a secret of yours, whose ARN is awsSso.ssoAccessToken.secretArn (docs/configuration.md)',
    'metering.accessConfig': 'costs are read by a role of this application (docs/metering.md)',
    'metering.processing.compactTimelinesAfterDays':
      'nothing is compacted here: there are reports by month, and no timelines',
  },
};

/** The same of a landing zone, by their paths in `spec` (client/landingzone.go, client/platform_properties_aws.go). */
export const LANDING_ZONE_COUNTERPARTS: Counterparts = {
  taken: {
    'platformProperties.aws.awsTargetOrgUnitId': 'awsTargetOrgUnitId',
    'platformProperties.aws.awsEnrollAccount': 'awsEnrollAccount',
    'platformProperties.aws.awsLambdaArn': 'awsLambdaArn',
    'platformProperties.aws.awsRoleMappings': 'awsRoleMappings',
  },
  left: {
    automateDeletionReplication:
      'whether accounts are closed is decided here: set closeAccount (and closeImportedAccounts, for those that meshStack has made) yourself (docs/closing.md)',
    automateDeletionApproval:
      'meshStack goes on deciding that; the poller waits for what it decides (docs/meshstack.md)',
    ...Object.fromEntries(
      ['displayName', 'description', 'infoLink', 'restricted', 'platformRef', 'platformProperties.type'].map(
        (field) => [field, 'stays in meshStack, which shows and offers the landing zone'],
      ),
    ),
    ...Object.fromEntries(
      ['mandatoryBuildingBlockRefs', 'recommendedBuildingBlockRefs', 'quotas'].map((field) => [
        field,
        'stays in meshStack, which carries them out itself (docs/left-out.md)',
      ]),
    ),
  },
};

/** API v1 has the mappings of `awsSso` by the names of project roles. */
export function withListedMappings(aws: Json): Json {
  const { replication } = aws;
  const awsSso = isObject(replication) ? replication['awsSso'] : undefined;
  const mappings = isObject(awsSso) ? awsSso['roleMappings'] : undefined;
  if (!isObject(replication) || !isObject(awsSso) || !isObject(mappings)) return aws;
  const awsRoleMappings = Object.entries(mappings).map(([name, mapping]) => {
    const { awsRoleName, permissionSetArns } = isObject(mapping) ? mapping : {};
    return { projectRoleRef: { name, kind: 'meshProjectRole' }, awsRole: awsRoleName, permissionSetArns };
  });
  return { ...aws, replication: { ...replication, awsSso: { ...awsSso, roleMappings: null, awsRoleMappings } } };
}
