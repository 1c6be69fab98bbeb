import type { CheckReport } from '../../../functions/domain/fleet/preflight';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../../sandbox/organization/example-organization';
import { awsLimits } from '../../../sandbox/organization/organization-limits';
import type { OrganizationSeed, ServiceRoleSeed, UnitSeed } from '../../../sandbox/organization/organization-seed';
import { CONFIGURATION, findingsIn, type PlantedDefects, PreflightWorld } from './preflight-world';

const example = exampleOrganization();
const { accountFactory: factory, identityCenter } = example;
if (factory === undefined) throw new Error('The example organization has no Account Factory.');
if (identityCenter === undefined) throw new Error('The example organization has no IAM Identity Center.');
const stackSets = example.stackSets ?? [];

const MANAGEMENT_ROLE = 'MeshfedServiceRole-Read';
const CREATING_ROLE = 'MeshfedServiceRole-Create';
const ENROLLING_ROLE = 'MeshfedServiceRole-ControlTower';
const AUTOMATION_ROLE = 'MeshfedAutomationRole-Read';

type Roles = NonNullable<PlantedDefects['roles']>;

const without =
  (name: string): Roles =>
  (roles) =>
    roles.filter((role) => role.name !== name);

const changed =
  (name: string, change: (role: ServiceRoleSeed) => Partial<ServiceRoleSeed>): Roles =>
  (roles) =>
    roles.map((role) => (role.name === name ? { ...role, ...change(role) } : role));

/** The trust as it is, but for what it asks of the ExternalId. */
function openTrust({ trust }: ServiceRoleSeed): Partial<ServiceRoleSeed> {
  const text = JSON.stringify(trust, (key, value: unknown) => (key === 'StringEquals' ? undefined : value));
  return { trust: JSON.parse(text) as ServiceRoleSeed['trust'] };
}

/** The trust as it is, but for some of what it says. */
const trusting =
  (said: string | RegExp, instead: string) =>
  ({ trust }: ServiceRoleSeed): Partial<ServiceRoleSeed> => {
    const text = JSON.stringify(trust);
    if (text.replace(said, instead) === text) throw new Error(`The trust does not say ${String(said)}.`);
    return { trust: JSON.parse(text.replaceAll(said, instead)) as ServiceRoleSeed['trust'] };
  };

/** The trust of the role, and one statement more. */
const trustingAlso =
  (statement: object) =>
  ({ trust }: ServiceRoleSeed): Partial<ServiceRoleSeed> => ({
    trust: { ...trust, Statement: [...[trust['Statement']].flat(), statement] },
  });

const functionRole = (name: string): string => `arn:aws:iam::111111111111:role/vending-${name}`;

/** The inline policies of the role without one action. */
const withoutAction =
  (action: string) =>
  ({ inlinePolicies }: ServiceRoleSeed): Partial<ServiceRoleSeed> => ({
    inlinePolicies: JSON.parse(JSON.stringify(inlinePolicies).replaceAll(`"${action}"`, '"none:None"')) as NonNullable<
      ServiceRoleSeed['inlinePolicies']
    >,
  });

const units = (change: (unit: UnitSeed) => Partial<UnitSeed>): Partial<OrganizationSeed> => ({
  organizationalUnits: example.organizationalUnits.map((unit) => ({ ...unit, ...change(unit) })),
});

const scp = (targetId: string, statement: object): Partial<OrganizationSeed> => ({
  serviceControlPolicies: [
    { name: 'guard', targetIds: [targetId], document: { Version: '2012-10-17', Statement: [statement] } },
  ],
});

const rcp = (targetId: string, statement: object): Partial<OrganizationSeed> => ({
  resourceControlPolicies: [
    { name: 'perimeter', targetIds: [targetId], document: { Version: '2012-10-17', Statement: [statement] } },
  ],
});

const DEV = 'ou-ab12-cdefgh34';
const SANDBOX = 'ou-ab12-legacy01';

const { enrollmentConfiguration } = CONFIGURATION.platform;
const enrollingByMove: Configuration = {
  ...CONFIGURATION,
  platform: {
    ...CONFIGURATION.platform,
    ...(enrollmentConfiguration === undefined
      ? {}
      : { enrollmentConfiguration: { ...enrollmentConfiguration, strategy: 'auto-enroll' } }),
  },
};

/** Accounts leave Control Tower by a unit that belongs to it. */
const leavingInto = (suspendedOrgUnitId: string): Configuration => ({
  ...CONFIGURATION,
  platform: {
    ...CONFIGURATION.platform,
    ...(enrollmentConfiguration === undefined
      ? {}
      : { enrollmentConfiguration: { ...enrollmentConfiguration, suspendedOrgUnitId } }),
  },
});

interface Defect {
  readonly defect: string;
  readonly planted: PlantedDefects;
  readonly finds: readonly string[];
  readonly remedy: RegExp;
}

const defects: readonly Defect[] = [
  {
    defect: 'another ExternalId in the secret than in the trust',
    planted: { externalId: 'another-external-id-0a1b2c' },
    finds: [
      'role-lets-in:MeshfedServiceRole-Read',
      'role-lets-in:MeshfedAutomationRole-Read',
      'role-lets-in:MeshCostExplorerServiceRole',
    ],
    remedy: /npx cdk deploy ManagementAccountStack --parameters MeshcloudAccountId=.* --parameters ExternalId=/u,
  },
  {
    defect: 'no MeshfedServiceRole-Read',
    planted: { roles: without(MANAGEMENT_ROLE) },
    finds: ['role-lets-in:MeshfedServiceRole-Read'],
    remedy: /Deploy ManagementAccountStack in account 222222222222/u,
  },
  {
    defect: 'no MeshfedAutomationRole-Read',
    planted: { roles: without(AUTOMATION_ROLE) },
    finds: ['role-lets-in:MeshfedAutomationRole-Read'],
    remedy: /Deploy AutomationAccountStack in account 333333333333/u,
  },
  {
    defect: 'a role for costs that does not know us',
    planted: { roles: without('MeshCostExplorerServiceRole') },
    finds: ['role-lets-in:MeshCostExplorerServiceRole'],
    remedy: /keep with --context costExplorerRole=existing has to trust our functions by a statement that you add/u,
  },
  {
    defect: 'no role that moves and tags accounts',
    planted: { roles: without('MeshfedServiceRole-Arrange') },
    finds: ['role-exists:MeshfedServiceRole-Arrange'],
    remedy: /Deploy ManagementAccountStack in account 222222222222/u,
  },
  {
    defect: 'a trust that asks for no ExternalId',
    planted: { roles: changed(MANAGEMENT_ROLE, openTrust) },
    finds: ['role-asks-for-external-id:MeshfedServiceRole-Read', 'role-trust:MeshfedServiceRole-Read'],
    remedy: /"StringEquals": \{ "sts:ExternalId"/u,
  },
  {
    defect: 'no role that calls the functions of landing zones',
    planted: { roles: without('MeshfedAutomationRole-Functions') },
    finds: ['role-exists:MeshfedAutomationRole-Functions'],
    remedy: /Deploy AutomationAccountStack in account 333333333333/u,
  },
  {
    defect: 'a creating role whose trust asks for no ExternalId',
    planted: { roles: changed(CREATING_ROLE, openTrust) },
    finds: ['role-trust:MeshfedServiceRole-Create'],
    remedy: /Deploy ManagementAccountStack again in account 222222222222/u,
  },
  {
    defect: 'a creating role whose trust has another ExternalId',
    planted: { roles: changed(CREATING_ROLE, trusting(EXAMPLE_EXTERNAL_ID, 'the-external-id-of-yesterday')) },
    finds: ['role-trust:MeshfedServiceRole-Create'],
    remedy: /--parameters ExternalId=/u,
  },
  {
    defect: 'a role that does not trust a function of its class',
    planted: { roles: changed(ENROLLING_ROLE, trusting(functionRole('UnenrollAccount'), functionRole('NoFunction'))) },
    finds: ['role-trust:MeshfedServiceRole-ControlTower'],
    remedy: /Deploy ManagementAccountStack again/u,
  },
  {
    defect: 'a role that trusts a function of another class as well',
    planted: {
      roles: changed(
        'MeshfedServiceRole-Enter',
        trusting(functionRole('OpenAccount'), `${functionRole('OpenAccount')}","${functionRole('CheckClosure')}`),
      ),
    },
    finds: ['role-trust:MeshfedServiceRole-Enter'],
    remedy: /take out of the trust policy whom you do not know/u,
  },
  {
    defect: 'a role that trusts another account as a whole',
    planted: {
      roles: changed(
        'MeshfedAutomationRole-StackSets',
        trustingAlso({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::999999999999:root' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': EXAMPLE_EXTERNAL_ID } },
        }),
      ),
    },
    finds: ['role-trust:MeshfedAutomationRole-StackSets'],
    remedy: /Deploy AutomationAccountStack again in account 333333333333/u,
  },
  {
    defect: 'a role whose trust denies one of its functions',
    planted: {
      roles: changed(
        'MeshfedServiceRole-Arrange',
        trustingAlso({
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:AssumeRole',
          Condition: { ArnLike: { 'aws:PrincipalArn': functionRole('Move*') } },
        }),
      ),
    },
    finds: ['role-trust:MeshfedServiceRole-Arrange'],
    remedy: /Deploy ManagementAccountStack again/u,
  },
  {
    defect: 'an organizational unit that is not there',
    planted: {
      seed: { organizationalUnits: example.organizationalUnits.filter(({ id }) => id !== SANDBOX) },
    },
    finds: ['unit-exists:aws-sandbox', 'unit-exists:aws-sealed'],
    remedy: /Correct awsTargetOrgUnitId in landing-zones\/aws-sandbox\.json/u,
  },
  {
    defect: 'an organizational unit that is not registered with Control Tower',
    planted: {
      seed: { ...units(({ id }) => (id === DEV ? { registered: false } : {})), controlTower: { version: '3.3' } },
    },
    finds: ['unit-is-registered:aws-dev'],
    remedy: /"Register organizational unit"/u,
  },
  {
    defect: 'no Control Tower in the configured region',
    planted: { seed: { accountFactory: { ...factory, homeRegion: 'eu-west-1' } } },
    finds: ['control-tower-is-set-up', 'account-factory-product'],
    remedy: /correct region of enrollmentConfiguration/u,
  },
  {
    defect: 'a landing zone of Control Tower that has failed',
    planted: { seed: { controlTower: { status: 'FAILED' } } },
    finds: ['control-tower-is-set-up'],
    remedy: /Repair it/u,
  },
  {
    defect: 'a Control Tower that enrolls by itself',
    planted: { seed: { controlTower: { enrollsByItself: true } } },
    finds: ['control-tower-leaves-enrolling-to-us'],
    remedy: /turn "Automatic account enrollment" off/u,
  },
  {
    defect: 'a Control Tower that does not enroll by itself, although the configuration counts on it',
    planted: { configuration: enrollingByMove },
    finds: ['control-tower-enrolls-by-itself'],
    remedy: /turn "Automatic account enrollment" on/u,
  },
  {
    defect: 'a unit by which accounts leave Control Tower that is registered with it',
    planted: { configuration: leavingInto('ou-ab12-prod0001') },
    finds: ['suspended-unit-is-not-registered'],
    remedy: /Set enrollmentConfiguration\.suspendedOrgUnitId/u,
  },
  {
    defect: 'a unit by which accounts leave Control Tower that does not exist',
    planted: { configuration: leavingInto('ou-ab12-nowhere1') },
    finds: ['suspended-unit-is-not-registered'],
    remedy: /or leave it out/u,
  },
  {
    defect: 'another Account Factory product than the configured one',
    planted: { seed: { accountFactory: { ...factory, productId: 'prod-other1234' } } },
    finds: ['account-factory-product'],
    remedy: /Correct accountFactoryProductId and region/u,
  },
  {
    defect: 'a product in no portfolio',
    planted: { seed: { accountFactory: { ...factory, launchPaths: [] } } },
    finds: ['account-factory-portfolio', 'account-factory-launch-path'],
    remedy: /Account Factory Portfolio/u,
  },
  {
    defect: 'a product without an active version',
    planted: {
      seed: {
        accountFactory: {
          ...factory,
          artifacts: factory.artifacts.filter(({ active, guidance }) => !active || guidance === 'DEPRECATED'),
        },
      },
    },
    finds: ['account-factory-version'],
    remedy: /publishes a new version/u,
  },
  {
    defect: 'a portfolio that is open to somebody else alone',
    planted: {
      seed: {
        accountFactory: {
          ...factory,
          launchPaths: factory.launchPaths.map((path) => ({
            ...path,
            principals: ['arn:aws:iam::222222222222:role/AWSServiceCatalogAdmin'],
          })),
        },
      },
    },
    finds: ['account-factory-principal', 'account-factory-launch-path'],
    remedy:
      /aws servicecatalog associate-principal-with-portfolio --portfolio-id port-accountfactory --principal-arn arn:aws:iam::222222222222:role\/MeshfedServiceRole-ControlTower .* --principal-arn arn:aws:iam::222222222222:role\/MeshfedServiceRole-Read/u,
  },
  {
    defect: 'a role for Control Tower without the policy of Service Catalog',
    planted: {
      roles: changed(ENROLLING_ROLE, ({ attachedPolicyArns = [] }) => ({
        attachedPolicyArns: attachedPolicyArns.filter((arn) => !arn.endsWith('EndUserFullAccess')),
      })),
    },
    finds: ['account-factory-rights'],
    remedy: /AWSServiceCatalogEndUserFullAccess/u,
  },
  {
    defect: 'a stack set that is not there',
    planted: { seed: { stackSets: stackSets.filter(({ name }) => name !== 'network') } },
    finds: ['stack-set-exists:eu-central-1/network'],
    remedy: /create-stack-set --permission-model SELF_MANAGED/u,
  },
  {
    defect: 'a stack set in another region',
    planted: {
      seed: { stackSets: stackSets.map((set) => (set.name === 'network' ? { ...set, region: 'eu-west-1' } : set)) },
    },
    finds: ['stack-set-exists:eu-central-1/network'],
    remedy: /homeRegion/u,
  },
  {
    defect: 'a stack set whose template asks for something that nobody gives',
    planted: {
      seed: {
        stackSets: stackSets.map((set) =>
          set.name === 'network' ? { ...set, parameters: { Stage: null, Acountname: null } } : set,
        ),
      },
    },
    finds: ['stack-set-parameters:eu-central-1/network'],
    remedy: /Give each a default/u,
  },
  {
    defect: 'a stack set with another execution role',
    planted: {
      seed: { stackSets: stackSets.map((set) => ({ ...set, executionRoleName: 'OtherRole' })) },
    },
    finds: ['stack-set-permissions:eu-central-1/baseline', 'stack-set-permissions:eu-central-1/network'],
    remedy:
      /update-stack-set --stack-set-name baseline .* --execution-role-name AWSCloudFormationStackSetExecutionRole/u,
  },
  {
    defect: 'a stack set that is administered by a role which accounts do not trust',
    planted: {
      seed: {
        stackSets: stackSets.map((set) =>
          set.name === 'network' ? { ...set, administrationRoleArn: 'arn:aws:iam::333333333333:role/Other' } : set,
        ),
      },
    },
    finds: ['stack-set-permissions:eu-central-1/network'],
    remedy: /stackSetExecutionRole\.administrationRoleArns/u,
  },
  {
    defect: 'a stack set with service-managed permissions',
    planted: {
      seed: {
        stackSets: stackSets.map((set) =>
          set.name === 'network' ? { ...set, permissionModel: 'SERVICE_MANAGED' as const } : set,
        ),
      },
    },
    finds: ['stack-set-permissions:eu-central-1/network'],
    remedy: /cannot be changed/u,
  },
  {
    defect: 'a landing-zone function that is not there',
    planted: { seed: { functions: [] } },
    finds: ['landing-zone-function:aws-dev'],
    remedy: /correct awsLambdaArn in landing-zones\/aws-dev\.json/u,
  },
  {
    defect: 'an organization that is full',
    planted: { limits: { ...awsLimits, accounts: 3 } },
    finds: ['account-quota'],
    remedy: /request-service-quota-increase --region us-east-1 .* --desired-value 53/u,
  },
  {
    defect: 'a policy on the root that forbids making roles',
    planted: { seed: scp(example.rootId, { Effect: 'Deny', Action: 'iam:CreateRole', Resource: '*' }) },
    finds: [
      'service-control-policies:aws-dev',
      'service-control-policies:aws-sandbox',
      'service-control-policies:aws-sealed',
    ],
    remedy: /Exempt the access role/u,
  },
  {
    defect: 'a resource control policy that forbids the way into accounts',
    planted: { seed: rcp(DEV, { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }) },
    finds: ['resource-control-policies:aws-dev'],
    remedy: /Exempt MeshfedServiceRole-Enter/u,
  },
  {
    defect: 'a policy on a unit that protects the access role',
    planted: {
      seed: scp(DEV, {
        Effect: 'Deny',
        Action: ['iam:PutRolePolicy', 'iam:DetachRolePolicy'],
        Resource: 'arn:aws:iam::*:role/MeshstackAccountAccessRole',
      }),
    },
    finds: ['service-control-policies:aws-dev'],
    remedy: /Exempt the access role/u,
  },
  {
    defect: 'a policy on a unit that forbids making the seal',
    planted: {
      seed: scp(SANDBOX, {
        Effect: 'Deny',
        Action: 'iam:CreatePolicy',
        Resource: 'arn:aws:iam::*:policy/account-vending-seal-*',
      }),
    },
    // Accounts of aws-sandbox get into the same unit, and are not sealed.
    finds: ['service-control-policies:aws-sealed'],
    remedy: /Exempt the access role/u,
  },
  {
    defect: 'a policy on a unit that forbids the access role a permissions boundary',
    planted: {
      seed: scp(SANDBOX, {
        Effect: 'Deny',
        Action: 'iam:PutRolePermissionsBoundary',
        Resource: 'arn:aws:iam::*:role/MeshstackAccountAccessRole',
      }),
    },
    finds: ['service-control-policies:aws-sealed'],
    remedy: /Exempt the access role/u,
  },
  {
    defect: 'a policy whose condition only the call itself decides',
    planted: {
      seed: scp(DEV, {
        Effect: 'Deny',
        Action: 'iam:*',
        Resource: '*',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
      }),
    },
    finds: ['service-control-policies:aws-dev'],
    remedy: /Read the conditions/u,
  },
  {
    defect: 'an identity store that is not there',
    planted: { seed: { identityCenter: { ...identityCenter, identityStoreId: 'd-0987654321' } } },
    finds: ['identity-store'],
    remedy: /Correct identityStoreId and region of awsIdentityStore in platform\.json and deploy all stacks/u,
  },
  {
    defect: 'an instance of IAM Identity Center that is not there',
    planted: {
      seed: { identityCenter: { ...identityCenter, instanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000' } },
    },
    finds: ['permission-sets'],
    remedy: /Correct arn and region of awsIdentityStore/u,
  },
  {
    defect: 'an IAM Identity Center in another region',
    planted: { seed: { identityCenter: { ...identityCenter, region: 'eu-west-1' } } },
    finds: ['identity-store', 'permission-sets'],
    remedy: /aws sso-admin list-instances/u,
  },
  {
    defect: 'a permission set that is not there',
    planted: {
      seed: {
        identityCenter: {
          ...identityCenter,
          permissionSets: identityCenter.permissionSets.filter(({ name }) => name !== 'PowerUserAccess'),
        },
      },
    },
    finds: ['permission-sets'],
    remedy: /Create what is missing, or correct awsRoleMappings there/u,
  },
  {
    defect: 'no right to close accounts',
    planted: { roles: changed(CREATING_ROLE, withoutAction('organizations:CloseAccount')) },
    finds: ['account-closing-rights'],
    remedy: /Deploy ManagementAccountStack with this configuration: .* Or set closeAccount/u,
  },
];

/** The Account Factory takes some of them as well, and its own check fails without. */
const rights: readonly (readonly [action: string, unknown: string, failed: readonly string[]])[] = [
  ['organizations:DescribeOrganizationalUnit', 'unit-exists:aws-dev', []],
  ['organizations:ListPoliciesForTarget', 'service-control-policies:aws-dev', []],
  ['organizations:DescribePolicy', 'service-control-policies:aws-dev', []],
  ['controltower:ListLandingZones', 'control-tower-is-set-up', []],
  ['controltower:GetLandingZone', 'control-tower-is-set-up', []],
  ['controltower:ListEnabledBaselines', 'unit-is-registered:aws-dev', []],
  ['servicequotas:GetServiceQuota', 'account-quota', []],
  ['organizations:ListAccounts', 'account-quota', []],
  ['identitystore:GetGroupId', 'identity-store', []],
  ['sso:ListPermissionSets', 'permission-sets', []],
  ['identitystore:GetUserId', 'factory-user', []],
  ['sso:ListAccountAssignmentsForPrincipal', 'factory-user', []],
  ['iam:SimulatePrincipalPolicy', 'account-factory-rights', []],
  ['iam:GetRole', 'role-exists:MeshfedServiceRole-Create', []],
];

beforeAll(loadPolicyTables);

describe('a preflight', () => {
  it('of what the stacks deploy finds nothing', async () => {
    const reports = await new PreflightWorld().look();

    expect(findingsIn(reports)).toEqual([]);
    expect(reports.filter(({ result }) => result === 'skipped').map(({ id }) => id)).toEqual([
      'unit-is-registered:aws-sandbox',
      'unit-is-registered:aws-sealed',
    ]);
  });

  it('writes nothing', async () => {
    const world = new PreflightWorld();

    await world.look();

    expect(world.organization.calls.filter(({ write }) => write)).toEqual([]);
  });

  it('uses every right that it is given', async () => {
    const world = new PreflightWorld();

    await world.look();

    const unused = world.organization.unusedActions.filter(({ role }) => role === 'vending-RunPreflight');
    expect(unused).toEqual([]);
  });

  it.each(defects)('finds $defect, and nothing else', async ({ planted, finds, remedy }) => {
    const reports = await new PreflightWorld(planted).look();

    expect(findingsIn(reports)).toEqual(finds);
    expect(reportOf(reports, finds[0])?.remedy).toMatch(remedy);
  });

  it.each(rights)('cannot tell without the right to %s, and says so', async (action, id, failed) => {
    const reports = await new PreflightWorld({ roles: changed(MANAGEMENT_ROLE, withoutAction(action)) }).look();

    expect(reports.filter(({ result }) => result === 'failed').map((report) => report.id)).toEqual(failed);
    expect(reportOf(reports, id)).toMatchObject({
      result: 'unknown',
      detail: expect.stringContaining(`not authorized to perform: ${action}`) as string,
      remedy: expect.stringContaining('Deploy ManagementAccountStack') as string,
    });
  });

  it('skips what cannot be looked at because of another finding, and says of which', async () => {
    const reports = await new PreflightWorld({ roles: without(MANAGEMENT_ROLE) }).look();

    expect(reportOf(reports, 'account-quota')).toMatchObject({
      result: 'skipped',
      detail: 'It takes that role-lets-in:MeshfedServiceRole-Read is ok.',
    });
  });

  it('asks for no right to close where no landing zone closes accounts', async () => {
    const landingZones = Object.fromEntries(
      Object.entries(CONFIGURATION.landingZones).map(([name, one]) => [name, { ...one, closeAccount: false }]),
    );
    const reports = await new PreflightWorld({
      configuration: { ...CONFIGURATION, landingZones },
      roles: changed(CREATING_ROLE, withoutAction('organizations:CloseAccount')),
    }).look();

    expect(findingsIn(reports)).toEqual([]);
    expect(reportOf(reports, 'account-closing-rights')).toMatchObject({
      result: 'skipped',
      detail: 'No landing zone closes accounts (closeAccount).',
    });
  });

  it('asks nothing of Control Tower where accounts are not enrolled', async () => {
    const { enrollmentConfiguration: enrollment, ...platform } = CONFIGURATION.platform;
    expect(enrollment).toBeDefined();
    const landingZones = Object.fromEntries(
      Object.entries(CONFIGURATION.landingZones).map(([name, one]) => [name, { ...one, awsEnrollAccount: false }]),
    );
    const world = new PreflightWorld({ configuration: { platform, landingZones } });

    const reports = await world.look();

    expect(findingsIn(reports)).toEqual([]);
    expect(reports.filter(({ id }) => /control-tower|account-factory/u.test(id))).toEqual([]);
    expect(world.organization.calls.filter(({ service }) => /controltower|catalog/u.test(service))).toEqual([]);
  });

  it('tries again when AWS turns a call away, and leaves it alone between the tries', async () => {
    let refusals = 3;
    const faults: PlantedDefects['faults'] & object = {
      beforeCall: ({ operation }) => {
        if (operation !== 'ListLandingZones' || refusals === 0) return undefined;
        refusals -= 1;
        return { kind: 'error', code: 'ThrottlingException', status: 429, message: 'Rate exceeded' };
      },
    };
    const world = new PreflightWorld({ faults });

    expect(findingsIn(await world.look())).toEqual([]);
    expect(world.pauses.slice(0, 3)).toEqual([1, 2, 4]);
  });
});

const reportOf = (reports: readonly CheckReport[], id: string | undefined): CheckReport | undefined =>
  reports.find((report) => report.id === id);
