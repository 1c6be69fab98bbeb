import type { OrganizationSeed, PolicyDocument } from './organization-seed';

const MANAGEMENT = '222222222222';
const AUTOMATION = '333333333333';
const MESHCLOUD = '111111111111';
const ROOT = 'r-ab12';

export interface ExampleOptions {
  /** What the service roles' trust asks for; two during a rotation. */
  readonly externalIds?: readonly string[];
  /** The roles of the meshcloud account that may assume the service roles. Default: all of them. */
  readonly functionRoles?: readonly string[];
}

export const EXAMPLE_EXTERNAL_ID = 'example-external-id-5f0c2a';

/**
 * The organization that demo and tests start from; its ids are those of the example configuration.
 *
 * ```
 * Root (r-ab12)
 * ├── Dev             registered   ou-ab12-cdefgh34, of landing zone aws-dev
 * │   └── Team        registered   a nested OU
 * ├── Prod            registered
 * ├── Legacy          not registered
 * └── Infrastructure  not registered: the automation and the meshcloud account
 * ```
 */
export function exampleOrganization(options: ExampleOptions = {}): OrganizationSeed {
  const trust = serviceRoleTrust(options);
  return {
    organizationId: 'o-exampleorg1',
    rootId: ROOT,
    managementAccountId: MANAGEMENT,
    automationAccountId: AUTOMATION,
    meshcloudAccountId: MESHCLOUD,
    organizationalUnits: [
      { id: 'ou-ab12-cdefgh34', name: 'Dev', parentId: ROOT, registered: true },
      { id: 'ou-ab12-devteam1', name: 'Team', parentId: 'ou-ab12-cdefgh34', registered: true },
      { id: 'ou-ab12-prod0001', name: 'Prod', parentId: ROOT, registered: true },
      { id: 'ou-ab12-legacy01', name: 'Legacy', parentId: ROOT, registered: false },
      { id: 'ou-ab12-infra001', name: 'Infrastructure', parentId: ROOT, registered: false },
    ],
    accounts: [
      { id: MANAGEMENT, name: 'management', email: 'aws+management@corp.example', parentId: ROOT },
      { id: AUTOMATION, name: 'automation', email: 'aws+automation@corp.example', parentId: 'ou-ab12-infra001' },
      { id: MESHCLOUD, name: 'meshcloud', email: 'aws+meshcloud@corp.example', parentId: 'ou-ab12-infra001' },
    ],
    serviceRoles: [
      { accountId: MANAGEMENT, name: 'MeshfedServiceRole', trust },
      { accountId: MANAGEMENT, name: 'MeshCostExplorerServiceRole', trust },
      { accountId: AUTOMATION, name: 'MeshfedAutomationRole', trust },
      {
        accountId: AUTOMATION,
        name: 'AWSCloudFormationStackSetAdministrationRole',
        trust: allow('sts:AssumeRole', { Principal: { Service: 'cloudformation.amazonaws.com' } }),
        inlinePolicies: {
          AssumeExecutionRoles: allow('sts:AssumeRole', {
            Resource: 'arn:aws:iam::*:role/AWSCloudFormationStackSetExecutionRole',
          }),
        },
      },
    ],
    foreignEmails: ['taken@elsewhere.example'],
    foreignAliases: ['taken-elsewhere'],
  };
}

/** The meshcloud account's root as principal, narrowed to the functions' roles and to the ExternalId. */
function serviceRoleTrust({
  externalIds = [EXAMPLE_EXTERNAL_ID],
  functionRoles = ['*'],
}: ExampleOptions): PolicyDocument {
  return allow('sts:AssumeRole', {
    Principal: { AWS: `arn:aws:iam::${MESHCLOUD}:root` },
    Condition: {
      StringEquals: { 'sts:ExternalId': externalIds },
      ArnLike: { 'aws:PrincipalArn': functionRoles.map((name) => `arn:aws:iam::${MESHCLOUD}:role/${name}`) },
    },
  });
}

function allow(action: string, further: object): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, ...further }] };
}
