import { PERMISSION_SET } from '../examples';
import { FILE, faultsFor } from './faults-for';

const WITHOUT_POLICIES = { projectRoleRef: { name: 'admin' }, existingGroupNamePattern: 'admins' };
const ADMIN_MAPPING = { projectRoleRef: { name: 'admin' }, platformRole: 'admin', policies: [PERMISSION_SET] };

describe('parseConfiguration', () => {
  it.each<readonly [path: string, value: unknown, field: string, message: string]>([
    ['platform.region', 'frankfurt', 'region', "must be an AWS region such as 'eu-central-1', but is 'frankfurt'."],
    ['platform.region', undefined, 'region', 'is missing.'],
    ['platform.enforceAccountAlias', 'true', 'enforceAccountAlias', "must be true or false, but is 'true'."],
    ['platform.accountAccessRole', 'arn:aws:iam::1:role/x', 'accountAccessRole', 'must be the name (not the ARN)'],
    [
      'platform.automationAccountRole',
      'MeshfedAutomationRole',
      'automationAccountRole',
      'must be the ARN of an IAM role',
    ],
    ['platform.acountEmailPattern', 'x', 'acountEmailPattern', 'Did you mean accountEmailPattern?'],
    ['platform.nightlyReconciliation', { hour: 24 }, 'nightlyReconciliation.hour', 'must be at most 23, but is 24.'],
    [
      'platform.nightlyReconciliation',
      { hour: 1.5 },
      'nightlyReconciliation.hour',
      'must be a whole number, but is 1.5.',
    ],
    [
      'platform.nightlyReconciliation',
      { enabled: 'no' },
      'nightlyReconciliation.enabled',
      "must be true or false, but is 'no'.",
    ],
    ['platform.whatever', 1, 'whatever', 'is not a known field, probably misspelt. Known fields here: $schema, region'],
    [
      'platform.awsIdentityStore.awsRoleMappings.0.permissionSetArn',
      [],
      'awsIdentityStore.awsRoleMappings[0].permissionSetArn',
      'Did you mean permissionSetArns?',
    ],
    [
      'platform.accountEmailPattern',
      '#{workspaceIdentifer}@corp.example',
      'accountEmailPattern',
      "'#{workspaceIdentifer}@corp.example' uses the unknown placeholder #{workspaceIdentifer}. Did you mean #{workspaceIdentifier}?",
    ],
    ['platform.accountAliasPattern', '#{projectIdentifier:%d}', 'accountAliasPattern', 'which is for numbers'],
    ['platform.accountAliasPattern', '${projectIdentifier}', 'accountAliasPattern', "Write '#{…}' here"],
    ['platform.accountAliasPattern', '#{platformGroupAlias}', 'accountAliasPattern', 'unknown placeholder'],
    [
      'platform.awsIdentityStore.groupNamePattern',
      '#{platformGroupAlias:%03s}',
      'awsIdentityStore.groupNamePattern',
      "the flag '0'",
    ],
    [
      'platform.tenantTags.tagMappers.0.valuePattern',
      '${projectIdentifier}-${workspaceIdentifier}',
      'tenantTags.tagMappers[0].valuePattern',
      'at most 1 is allowed',
    ],
    ['platform.tenantTags.namespacePrefix', 'aws:', 'tenantTags.namespacePrefix', "not begin with 'aws:'"],
    ['platform.tenantTags.namespacePrefix', 'AWS:mesh_', 'tenantTags.namespacePrefix', "not begin with 'aws:'"],
    ['platform.tenantTags.namespacePrefix', '', 'tenantTags.namespacePrefix', 'must have 1 to 64 characters'],
    ['platform.tenantTags.namespacePrefix', 'mesh*', 'tenantTags.namespacePrefix', 'must have 1 to 64 characters'],
    [
      'platform.tenantTags.namespacePrefix',
      'account-vending:',
      'tenantTags.namespacePrefix',
      'the constant tag account-vending:tenant-uuid',
    ],
    [
      'platform.tenantTags.tagMappers.1',
      { key: 'project', valuePattern: 'x' },
      'tenantTags.tagMappers[1].key',
      'the key of another tag mapper',
    ],
    [
      'platform.identityCenterRole',
      'arn:aws:iam::222222222222:role/Center',
      'identityCenterRole',
      'is in the management account',
    ],
    ['platform.identityCenterRole', 'Center', 'identityCenterRole', 'must be the ARN of an IAM role'],
    [
      'platform.awsIdentityStore.awsRoleMappings.0',
      { ...WITHOUT_POLICIES, awsRole: 'admin', permissionSetArns: [] },
      'awsIdentityStore.awsRoleMappings[0].existingGroupNamePattern',
      'List at least one, or remove the mapping.',
    ],
    [
      'platform.awsIdentityStore.awsRoleMappings.1',
      { projectRoleRef: { name: 'admin' }, awsRole: 'other', permissionSetArns: [PERMISSION_SET] },
      'awsIdentityStore.awsRoleMappings[1].projectRoleRef.name',
      "'admin' is mapped already",
    ],
    ['platform.accessRoleProfile', 'tight', 'accessRoleProfile', "'sealed'"],
    ['platform.accountAccessRole', 'AWSControlTowerExecution', 'accountAccessRole', 'by which Control Tower works'],
    [
      'platform.identifierLimits.workspaceIdentifier',
      0,
      'identifierLimits.workspaceIdentifier',
      'at least 1, but is 0',
    ],
  ])('says with %s = %j what is wrong in platform.json', (path, value, field, message) => {
    expect(faultsFor([path, value])).toEqual([
      expect.objectContaining({
        field: `platform.json: ${field}`,
        message: expect.stringContaining(message) as string,
      }),
    ]);
  });

  it.each<readonly [path: string, value: unknown, field: string, message: string]>([
    ['awsTargetOrgUnitId', 'ou-ab12', 'awsTargetOrgUnitId', "must be the id of an organizational unit such as 'ou-"],
    ['awsTargetOrgUnitId', 'OU-ab12-cdefgh34', 'awsTargetOrgUnitId', "but is 'OU-ab12-cdefgh34'"],
    ['awsTargetOrgUnitId', 'ou-ab12-cdefgh34x!', 'awsTargetOrgUnitId', 'must be the id'],
    ['awsTargetOrgUnitId', 'r-ab12', 'awsTargetOrgUnitId', 'is the root, where Control Tower cannot enroll'],
    ['awsLambdaArn', 'provision', 'awsLambdaArn', 'must be the ARN of a Lambda function'],
    ['stackSets.0.region', 'x', 'stackSets[0].region', 'Did you mean regions?'],
    ['stackSets.0.regions', [], 'stackSets[0].regions', 'must list at least one region, but is [].'],
    ['stackSets.0.name', 'base line', 'stackSets[0].name', 'must be the name of a stack set'],
    ['stackSets.1', { name: 'baseline', regions: ['eu-west-1'] }, 'stackSets[1].name', 'is listed twice'],
    [
      'awsRoleMappings',
      [{ ...WITHOUT_POLICIES, platformRole: 'admin', policies: [] }],
      'awsRoleMappings[0].existingGroupNamePattern',
      'its permission sets are missing',
    ],
    [
      'awsRoleMappings',
      [{ projectRoleRef: { name: 'admin' }, platformRole: 'admin' }],
      'awsRoleMappings[0].policies',
      'is missing',
    ],
    [
      'awsRoleMappings',
      [{ ...ADMIN_MAPPING, existingGroupNamePattern: 'Mst-#{projectIdentifier}' }],
      'awsRoleMappings[0].existingGroupNamePattern',
      "must not begin with 'mst-'",
    ],
    [
      'awsRoleMappings',
      [{ ...ADMIN_MAPPING, existingGroupNamePattern: 'admins-#{nobody}' }],
      'awsRoleMappings[0].existingGroupNamePattern',
      'nobody',
    ],
    [
      'awsRoleMappings',
      [
        { ...ADMIN_MAPPING, existingGroupNamePattern: 'admins' },
        { ...ADMIN_MAPPING, projectRoleRef: { name: 'owner' } },
      ],
      'awsRoleMappings[1].existingGroupNamePattern',
      "differs from that of another mapping to the role 'admin'",
    ],
    ['name', 'aws dev', 'name', 'must have letters, digits'],
  ])('says with %s = %j what is wrong in a landing zone', (path, value, field, message) => {
    expect(faultsFor([`landingZone.${path}`, value])).toEqual([
      expect.objectContaining({ field: `${FILE}: ${field}`, message: expect.stringContaining(message) as string }),
    ]);
  });
});
