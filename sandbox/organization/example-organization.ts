import { AUTOMATION_CLASSES, MANAGEMENT_CLASSES } from '../../functions/aws/permissions/step-permissions';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { accountOfRole } from '../../functions/domain/configuration/service-accounts';
import { isOptIn } from '../../functions/domain/places/partitions';
import { arnIn } from './arn';
import { type ExamplePlace, hasControlTower, homeRegion, isLacking, placeOf } from './example-place';
import { EXAMPLE_SOURCES } from './example-sources';
import { invitedAccounts } from './invited-accounts';
import type {
  AccountFactorySeed,
  AccountSeed,
  CostSeed,
  FunctionSeed,
  IdentityCenterSeed,
  OrganizationSeed,
  PolicyDocument,
  StackSetSeed,
} from './organization-seed';

const MANAGEMENT = '222222222222';
const AUTOMATION = '333333333333';
const MESHCLOUD = '111111111111';
const ROOT = 'r-ab12';

export interface ExampleOptions {
  /** What the service roles' trust asks for; two during a rotation. */
  readonly externalIds?: readonly string[];
  /** The roles of the meshcloud account that may assume the service roles. Default: all of them. */
  readonly functionRoles?: readonly string[];
  /** The configuration of this Control Tower: it enrolls every moved account, if the configuration says so. */
  readonly configuration?: Configuration;
}

/** Answers what the landing-zone function was given for an account. */
export const RECALL_FUNCTION = 'landing-zone-recall';

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
  const place = placeOf(options.configuration);
  const trust = serviceRoleTrust(options, place);
  const strategy = options.configuration?.platform.enrollmentConfiguration?.strategy;
  return {
    partition: place.partition,
    organizationId: 'o-exampleorg1',
    rootId: ROOT,
    managementAccountId: MANAGEMENT,
    automationAccountId: AUTOMATION,
    meshcloudAccountId: MESHCLOUD,
    organizationalUnits: [
      { id: 'ou-ab12-cdefgh34', name: 'Dev', parentId: ROOT, registered: hasControlTower(place) },
      { id: 'ou-ab12-devteam1', name: 'Team', parentId: 'ou-ab12-cdefgh34', registered: hasControlTower(place) },
      { id: 'ou-ab12-prod0001', name: 'Prod', parentId: ROOT, registered: hasControlTower(place) },
      { id: 'ou-ab12-legacy01', name: 'Legacy', parentId: ROOT, registered: false },
      { id: 'ou-ab12-infra001', name: 'Infrastructure', parentId: ROOT, registered: false },
    ],
    accounts: [
      ...accounts(place),
      ...(options.configuration === undefined ? [] : invitedAccounts(options.configuration, ROOT)),
    ],
    standaloneAccounts: [{ id: '666666666666', name: 'acquired', email: 'aws+acquired@corp.example' }],
    serviceRoles: [
      // The roles of the classes, and the single ones of the document.
      ...['', ...MANAGEMENT_CLASSES.map((one) => `-${one}`)].map((suffix) => ({
        accountId: MANAGEMENT,
        name: `MeshfedServiceRole${suffix}`,
        trust,
      })),
      { accountId: MANAGEMENT, name: 'MeshCostExplorerServiceRole', trust },
      ...['', ...AUTOMATION_CLASSES.map((one) => `-${one}`)].map((suffix) => ({
        accountId: AUTOMATION,
        name: `MeshfedAutomationRole${suffix}`,
        trust,
      })),
      {
        accountId: AUTOMATION,
        name: 'AWSCloudFormationStackSetAdministrationRole',
        trust: allow('sts:AssumeRole', { Principal: { Service: 'cloudformation.amazonaws.com' } }),
        inlinePolicies: {
          AssumeExecutionRoles: allow('sts:AssumeRole', {
            Resource: arnIn(place, 'iam::*:role/AWSCloudFormationStackSetExecutionRole'),
          }),
        },
      },
    ],
    ...accountFactory(place),
    controlTower: { ...homeRegion(place), enrollsByItself: strategy === 'auto-enroll' },
    stackSets: stackSets(place),
    functions: functions(place),
    buildSources: EXAMPLE_SOURCES,
    identityCenter: { ...identityCenter(place), ...delegatedTo(options.configuration) },
    costs: costs(place),
    foreignEmails: ['taken@elsewhere.example'],
    foreignAliases: ['taken-elsewhere'],
  };
}

function accounts({ region }: ExamplePlace): readonly AccountSeed[] {
  // An operator who deploys to an opt-in region has enabled it in the accounts of the application.
  const enabledRegions = [region].filter(isOptIn);
  return [
    { id: MANAGEMENT, name: 'management', email: 'aws+management@corp.example', parentId: ROOT, enabledRegions },
    {
      id: AUTOMATION,
      name: 'automation',
      email: 'aws+automation@corp.example',
      parentId: 'ou-ab12-infra001',
      enabledRegions,
    },
    {
      id: MESHCLOUD,
      name: 'meshcloud',
      email: 'aws+meshcloud@corp.example',
      parentId: 'ou-ab12-infra001',
      enabledRegions,
    },
  ];
}

/** Control Tower's product is where Service Catalog is. */
function accountFactory(place: ExamplePlace): Pick<OrganizationSeed, 'accountFactory'> {
  const homeRegion = place.controlTowerRegion;
  const isThere = hasControlTower(place) && !isLacking('serviceCatalog', homeRegion);
  return isThere ? { accountFactory: { ...productIn(place), homeRegion } } : {};
}

/** Four versions as they come about in time: a withdrawn one, a deprecated one, and two that can be provisioned. */
const productIn = (place: ExamplePlace): Omit<AccountFactorySeed, 'homeRegion'> => ({
  productId: 'prod-abcd1234',
  productName: 'AWS Control Tower Account Factory',
  artifacts: [
    { id: 'pa-withdrawn001', name: 'v1', createdAt: '2024-02-01T00:00:00Z', active: false, guidance: 'DEFAULT' },
    { id: 'pa-current00001', name: 'v4', createdAt: '2026-06-01T00:00:00Z', active: true, guidance: 'DEFAULT' },
    { id: 'pa-previous0001', name: 'v3', createdAt: '2025-06-01T00:00:00Z', active: true, guidance: 'DEFAULT' },
    { id: 'pa-deprecated01', name: 'v5-beta', createdAt: '2026-09-01T00:00:00Z', active: true, guidance: 'DEPRECATED' },
  ],
  launchPaths: [
    {
      id: 'lpv3-accountfactory',
      name: 'AWS Control Tower Account Factory Portfolio',
      // The role that enrolls, and the one that checks whether it could.
      principals: ['ControlTower', 'Read'].map((one) =>
        arnIn(place, `iam::${MANAGEMENT}:role/MeshfedServiceRole-${one}`),
      ),
    },
  ],
});

/** One that takes one operation at a time and declares some of the known parameters, and one that takes several. */
const stackSets = ({ region }: ExamplePlace): readonly StackSetSeed[] => [
  {
    accountId: AUTOMATION,
    region,
    name: 'baseline',
    parameters: {
      AccountName: null,
      AccountId: null,
      ContactEmail: 'nobody@corp.example',
      tagEnvironment: 'dev',
      Retention: '30',
    },
  },
  {
    accountId: AUTOMATION,
    region,
    name: 'network',
    parameters: { Stage: null },
    managedExecution: true,
  },
];

const functions = ({ region }: ExamplePlace): readonly FunctionSeed[] => [
  { accountId: AUTOMATION, region, name: 'landing-zone', does: 'record' },
  { accountId: AUTOMATION, region, name: RECALL_FUNCTION, does: 'recall' },
  { accountId: AUTOMATION, region, name: 'landing-zone-broken', does: 'fail' },
];

/** One of each way to pay; the longest terms there are, so that they do not expire while the example is in use. */
const costs = (place: ExamplePlace): CostSeed => ({
  subscriptions: [
    {
      kind: 'RESERVED_INSTANCE',
      id: '1573784',
      service: 'Amazon Elastic Compute Cloud - Compute',
      buyerAccountId: AUTOMATION,
      user: { accountId: MESHCLOUD, percent: 40 },
      paymentOption: 'All Upfront',
      startsAt: '2026-06-15T00:00:00.000Z',
      years: 3,
      upfrontFee: '1200.0',
      hourlyFee: '0.0',
    },
    {
      kind: 'RESERVED_INSTANCE',
      id: '1573785',
      service: 'Amazon Relational Database Service',
      buyerAccountId: MESHCLOUD,
      user: { accountId: MESHCLOUD, percent: 100 },
      paymentOption: 'No Upfront',
      startsAt: '2026-03-01T12:00:00.000Z',
      years: 3,
      upfrontFee: '0.0',
      hourlyFee: '0.021',
    },
    {
      kind: 'SAVINGS_PLAN',
      id: arnIn(place, `savingsplans::${MANAGEMENT}:savingsplan/0f1e2d3c-0000-4000-8000-000000000001`),
      service: 'Savings Plans for AWS Compute usage',
      buyerAccountId: MANAGEMENT,
      user: null,
      paymentOption: 'Partial Upfront',
      startsAt: '2026-09-10T00:00:00.000Z',
      years: 3,
      upfrontFee: '2630.4',
      hourlyFee: '0.1',
    },
  ],
});

const INSTANCE = 'ssoins-1234567890abcdef';
const permissionSet = (place: ExamplePlace, id: string): string =>
  arnIn(place, `sso:::permissionSet/${INSTANCE}/ps-${id}`);

/** The operator has registered the account that the configuration names. */
const delegatedTo = (
  configuration: Configuration | undefined,
): Pick<IdentityCenterSeed, 'delegatedAdministratorId'> => {
  const role = configuration?.platform.identityCenterRole;
  return role === undefined ? {} : { delegatedAdministratorId: accountOfRole(role) };
};

/** People as the company's identity provider brings them, and what Control Tower has set up for itself. */
const identityCenter = (place: ExamplePlace): IdentityCenterSeed => ({
  region: place.identityCenterRegion,
  instanceArn: arnIn(place, `sso:::instance/${INSTANCE}`),
  identityStoreId: 'd-1234567890',
  permissionSets: [
    { arn: permissionSet(place, 'ad00000000000001'), name: 'AdministratorAccess' },
    { arn: permissionSet(place, 'b000000000000002'), name: 'PowerUserAccess' },
    { arn: permissionSet(place, 'c000000000000003'), name: 'ViewOnlyAccess' },
    { arn: permissionSet(place, 'e000000000000005'), name: 'AWSOrganizationsFullAccess' },
    { arn: permissionSet(place, 'f000000000000006'), name: 'AWSReadOnlyAccess' },
    // What Control Tower gives the Account Factory's user.
    { arn: permissionSet(place, 'a000000000000007'), name: 'AWSAdministratorAccess' },
  ],
  users: [
    // An identity provider may spell names as it likes.
    { userName: 'Jane@corp.example', givenName: 'Jane', familyName: 'Doe', email: 'jane@corp.example' },
    { userName: 'omar@corp.example', givenName: 'Omar', familyName: 'Haddad', email: 'omar@corp.example' },
    { userName: 'mei@corp.example', givenName: 'Mei', familyName: 'Lindqvist', email: 'mei@corp.example' },
    { userName: 'luis.ferreira@corp.example', givenName: 'Luis', familyName: 'Ferreira' },
    { userName: 'cloud@corp.example', givenName: 'Cloud', familyName: 'Foundation', email: 'cloud@corp.example' },
  ],
  groups: [
    { name: 'AWSControlTowerAdmins', members: ['cloud@corp.example'] },
    { name: 'AWSSecurityAuditors', members: ['cloud@corp.example'] },
  ],
  controlTowerAssignments: [
    { group: 'AWSControlTowerAdmins', permissionSetArn: permissionSet(place, 'e000000000000005') },
    { group: 'AWSSecurityAuditors', permissionSetArn: permissionSet(place, 'f000000000000006') },
    // A permission set that tenants have as well.
    { group: 'AWSSecurityAuditors', permissionSetArn: permissionSet(place, 'c000000000000003') },
  ],
});

/** The meshcloud account's root as principal, narrowed to the functions' roles and to the ExternalId. */
function serviceRoleTrust(
  { externalIds = [EXAMPLE_EXTERNAL_ID], functionRoles = ['*'] }: ExampleOptions,
  place: ExamplePlace,
): PolicyDocument {
  return allow('sts:AssumeRole', {
    Principal: { AWS: arnIn(place, `iam::${MESHCLOUD}:root`) },
    Condition: {
      StringEquals: { 'sts:ExternalId': externalIds },
      ArnLike: { 'aws:PrincipalArn': functionRoles.map((name) => arnIn(place, `iam::${MESHCLOUD}:role/${name}`)) },
    },
  });
}

function allow(action: string, further: object): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, ...further }] };
}
