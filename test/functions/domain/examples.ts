import { type Configuration, parseConfiguration } from '../../../functions/domain/configuration/configuration';
import { parseDesiredState, type DesiredState } from '../../../functions/domain/desired-state/desired-state';

/** A value at a path such as `tenant.metadata.uuid` or `users.0.roles`; `undefined` removes it. */
export type Change = readonly [path: string, value: unknown];

/** A deep copy of some JSON with a few places changed. */
export function changed(base: unknown, ...changes: readonly Change[]): unknown {
  const copy: unknown = structuredClone(base);
  for (const [path, value] of changes) {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const parent = parts.reduce((node, part) => node[part] as Record<string, unknown>, copy as Record<string, unknown>);
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = value;
  }
  return copy;
}

export const desiredStateJson = {
  replicationSequence: 17,
  trigger: 'PROJECT_PERMISSIONS_CHANGE',
  tenant: {
    apiVersion: 'v4',
    kind: 'meshTenant',
    metadata: {
      uuid: '7d0c1b1e-0000-4000-8000-000000000001',
      ownedByWorkspace: 'retail',
      ownedByProject: 'webshop-dev',
    },
    spec: {
      platformRef: { kind: 'meshPlatform', uuid: '5b0c1b1e-0000-4000-8000-000000000002' },
      landingZoneRef: { kind: 'meshLandingZone', name: 'aws-dev' },
      platformTenantId: null,
    },
    status: {
      tenantName: 'retail.webshop-dev.aws.eu',
      platformTypeIdentifier: 'AWS',
      tags: { environment: ['dev'], costCenter: ['4711'] },
      lifecycle: { state: 'ACTIVE' },
    },
  },
  tenantPlatformNumber: 42,
  meshProjectId: 1003,
  workspace: { metadata: { name: 'retail', tags: {} }, spec: { displayName: 'Retail' } },
  project: {
    metadata: { name: 'webshop-dev', ownedByWorkspace: 'retail' },
    spec: { displayName: 'Webshop Dev', tags: { environment: ['dev'] }, paymentMethodIdentifier: 'retail-2026' },
  },
  paymentMethod: { metadata: { name: 'retail-2026' }, spec: { displayName: 'Retail 2026', tags: {} } },
  projectCreatorEmail: 'jane@corp.example',
  userPermissions: [
    {
      meshIdentifier: 'u-1',
      username: 'jane',
      firstName: 'Jane',
      lastName: 'Doe',
      email: 'jane@corp.example',
      euid: 'jane@corp.example',
      roles: ['admin'],
    },
  ],
};

export const PERMISSION_SET = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef';

export const platformJson = {
  region: 'eu-central-1',
  accessConfig: { organizationRootAccountRole: 'arn:aws:iam::222222222222:role/MeshfedServiceRole' },
  automationAccountRole: 'arn:aws:iam::333333333333:role/MeshfedAutomationRole',
  accountAccessRole: 'MeshstackAccountAccessRole',
  accountEmailPattern: 'aws+#{workspaceIdentifier}.#{projectIdentifier}.#{tenantPlatformNumber}@corp.example',
  accountAliasPattern: 'corp-#{workspaceIdentifier}-#{projectIdentifier}',
  enforceAccountAlias: true,
  tenantTags: {
    namespacePrefix: 'meshstack_',
    tagMappers: [{ key: 'project', valuePattern: '${projectIdentifier}' }],
  },
  identifierLimits: { workspaceIdentifier: 16, projectIdentifier: 30 },
  awsIdentityStore: {
    region: 'eu-west-1',
    identityStoreId: 'd-1234567890',
    arn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
    groupNamePattern: '#{workspaceIdentifier}.#{projectIdentifier}-#{platformGroupAlias}',
    signInUrl: 'https://d-1234567890.awsapps.com/start',
    awsRoleMappings: [
      { projectRoleRef: { name: 'admin' }, awsRole: 'admin', permissionSetArns: [PERMISSION_SET] },
    ] as unknown[],
  },
  enrollmentConfiguration: {
    region: 'eu-central-1',
    managementAccountId: '222222222222',
    accountFactoryProductId: 'prod-abcd1234',
    concurrentEnrollments: 5,
    ssoUser: { email: 'cloud@corp.example', firstName: 'Cloud', lastName: 'Foundation' },
  },
  stackSetExecutionRole: {
    name: 'AWSCloudFormationStackSetExecutionRole',
    managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  },
  selfDowngradeAccessRole: true,
  allowHierarchicalOrganizationalUnitAssignment: false,
};

/** Instead of `awsIdentityStore`. */
export const awsSso = {
  scimEndpoint: 'https://scim.eu-central-1.amazonaws.com/8b1e6a53-3f3a-4f0e-9c1d-2d7f0c9a1b11/scim/v2/',
  ssoAccessToken: { secretArn: 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:scim-token-AbCdEf' },
  arn: platformJson.awsIdentityStore.arn,
  groupNamePattern: platformJson.awsIdentityStore.groupNamePattern,
  signInUrl: platformJson.awsIdentityStore.signInUrl,
  awsRoleMappings: platformJson.awsIdentityStore.awsRoleMappings,
};

export const landingZoneJson = {
  name: 'aws-dev',
  awsTargetOrgUnitId: 'ou-ab12-cdefgh34',
  awsEnrollAccount: true,
  awsLambdaArn: 'arn:aws:lambda:eu-central-1:333333333333:function:provision' as string | null,
  stackSets: [{ name: 'baseline', homeRegion: 'eu-west-1', regions: ['eu-central-1', 'eu-west-1'] }],
  awsRoleMappings: [] as unknown[],
};

/** Opens the management account to people. */
export const MANAGEMENT_ACCESS: Change = ['platform.managementAccountAccess', { permissionSetArns: [PERMISSION_SET] }];

/** A landing zone of the management account, of which only access is given. */
export const MANAGEMENT_ZONE: readonly Change[] = [
  MANAGEMENT_ACCESS,
  ['landingZone.managementAccount', true],
  ['landingZone.awsTargetOrgUnitId', 'r-ab12'],
  ['landingZone.awsEnrollAccount', false],
  ['landingZone.awsLambdaArn', null],
  ['landingZone.stackSets', []],
  [
    'landingZone.awsRoleMappings',
    [{ projectRoleRef: { name: 'admin' }, platformRole: 'admin', policies: [PERMISSION_SET] }],
  ],
];

/** The desired state above, with changes. */
export function desiredState(...changes: readonly Change[]): DesiredState {
  const parsed = parseDesiredState(changed(desiredStateJson, ...changes));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

/** The configuration above, with changes whose paths begin with `platform.` or `landingZone.`. */
export function configuration(...changes: readonly Change[]): Configuration {
  const files = changed({ platform: platformJson, landingZone: landingZoneJson }, ...changes) as {
    readonly platform: unknown;
    readonly landingZone: unknown;
  };
  const parsed = parseConfiguration({
    platform: files.platform,
    landingZones: { 'landing-zones/aws-dev.json': files.landingZone },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}
