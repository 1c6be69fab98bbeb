import { Template } from 'aws-cdk-lib/assertions';

import { rulesOf } from '../../infra/deployment-rules';
import { rolesInTemplate } from '../../sandbox/organization/authorization/template-policies';
import { automationStack, managementStack, serviceUserStack } from './account-stacks';
import { STRICT_CONTEXT } from './strict-context';
import {
  type Context,
  inWords,
  resourceOf,
  resourcesOf,
  statementsOfRole,
  testedApp,
  vendingStack,
  vendingTemplate,
  withMeshStack,
} from './synthesized-stack';

const KEY = 'arn:aws:kms:eu-central-1:111111111111:key/0f0f0f0f-0000-4000-8000-000000000001';

const stacksWith = (context: Context) => [
  vendingStack({ context, configuration: withMeshStack() }),
  managementStack({ context, servesConnector: true }),
  automationStack({ context, servesConnector: true, auditStackSet: true }),
  serviceUserStack({ context, accessKeys: true, kmsKeyArn: KEY }),
];

const templatesWith = (context: Context): readonly Template[] =>
  stacksWith(context).map((one) => Template.fromStack(one));

const propertiesOf = (templates: readonly Template[], ...types: readonly string[]) =>
  templates.flatMap((template) =>
    types.flatMap((type) => Object.values(resourcesOf(template, type)).map(({ Properties }) => Properties)),
  );

/** One at a time: the names of the keys that the context has. */
const only = (...keys: readonly (keyof typeof STRICT_CONTEXT)[]): Context =>
  Object.fromEntries(keys.map((key) => [key, STRICT_CONTEXT[key]]));

/** The quota of IAM, "Role trust policy length", as it is unless AWS has raised it. */
const LONGEST_TRUST = 2048;

describe('a permissions boundary', () => {
  it.each([
    ['boundaries/Vending', 'arn:<AWS::Partition>:iam::<AWS::AccountId>:policy/boundaries/Vending'],
    ['arn:aws:iam::aws:policy/PowerUserAccess', 'arn:aws:iam::aws:policy/PowerUserAccess'],
  ])('%s is that of every role and user, those that the CDK makes among them', (permissionsBoundary, arn) => {
    const all = propertiesOf(templatesWith({ permissionsBoundary }), 'AWS::IAM::Role', 'AWS::IAM::User');

    expect(all.length).toBeGreaterThan(55);
    expect(new Set(all.map(({ PermissionsBoundary }) => inWords(PermissionsBoundary)))).toEqual(new Set([arn]));
  });
});

describe('the boundary in member accounts', () => {
  const knowing = (context: Context) =>
    Object.values(resourcesOf(vendingTemplate({ context }), 'AWS::Lambda::Function')).flatMap(({ Properties }) => {
      const { Variables } = Properties['Environment'] as { Variables: Record<string, string> };
      const boundary = Variables['MEMBER_PERMISSIONS_BOUNDARY'];
      return boundary === undefined ? [] : [[Properties['FunctionName'], boundary]];
    });

  it.each([
    ['its own', only('permissionsBoundary', 'memberPermissionsBoundary'), STRICT_CONTEXT.memberPermissionsBoundary],
    ['that of the stacks', only('permissionsBoundary'), STRICT_CONTEXT.permissionsBoundary],
  ])('is %s, and known to those who make roles there', (_, context, boundary) => {
    expect(knowing(context)).toEqual(
      ['OpenAccount', 'GrantAccess', 'PreviewChanges'].map((name) => [`vending-${name}`, boundary]),
    );
  });

  it('is none where none is asked for', () => {
    expect(knowing({})).toEqual([]);
  });
});

describe('a prefix and a path of names', () => {
  const templates = templatesWith(only('namePrefix', 'iamPath'));
  const [vending, management, automation, users] = templates as [Template, Template, Template, Template];

  it('are those of stacks, and with them of all that CloudFormation names', () => {
    expect(stacksWith(only('namePrefix')).map(({ stackName }) => stackName)).toEqual([
      'corp-VendingStack',
      'corp-ManagementAccountStack',
      'corp-AutomationAccountStack',
      'corp-ServiceUserStack',
    ]);
  });

  it('stand before every fixed name, but those of which AWS looks for the name, and those of the configuration', () => {
    const NAMES = /^(?:(?:Function|Role|User|StateMachine|Topic|Alarm|Dashboard|StackSet|LogGroup)Name|Name)$/u;
    const named = templates.flatMap((template) =>
      Object.values(template.toJSON()['Resources'] as Record<string, { Type: string; Properties?: object }>).flatMap(
        ({ Type, Properties = {} }) =>
          Object.entries(Properties).flatMap(([key, value]) =>
            NAMES.test(key) && typeof value === 'string' && Type !== 'AWS::Lambda::EventSourceMapping' ? [value] : [],
          ),
      ),
    );
    const without = named.filter((name) => !/(?:^|\/)corp-/u.test(name));

    expect(named.length).toBeGreaterThan(130);
    expect(without.filter((name) => !/^Meshfed(?:Service|Automation)Role/u.test(name))).toEqual([
      'AWSCloudFormationStackSetAdministrationRole',
    ]);
  });

  it('are in every ARN and text that names a function, a role, a workflow or the bus', () => {
    const texts = templates.map((template) => JSON.stringify(template.toJSON()));

    expect(texts.join('').match(/(?<!corp-)(?:vending-[A-Z]\w+|(?:vend|close)-account)\b/gu) ?? []).toEqual([
      // The names of policies in roles, which are nobody's but the role's.
    ]);
  });

  it('are in the trust of the service roles, and in what functions may assume', () => {
    const reading = resourceOf(management, 'AWS::IAM::Role', 'CostExplorerRole').Properties;
    const trusted = JSON.stringify(inWords(reading['AssumeRolePolicyDocument']));

    expect(reading).toMatchObject({ RoleName: 'corp-MeshCostExplorerServiceRole', Path: '/platform/' });
    expect(trusted).toContain('role/platform/corp-vending-CollectCosts"');
    expect(trusted).toContain('user/platform/corp-CostExplorerUser"');
    expect(JSON.stringify(statementsOfRole(vending, 'CollectCosts'))).toContain(
      'role/platform/corp-MeshCostExplorerServiceRole"',
    );
    expect(JSON.stringify(users.toJSON())).toContain('role/platform/corp-MeshCostExplorerServiceRole"');
    expect(resourceOf(automation, 'AWS::CloudFormation::StackSet', 'Audit').Properties).toMatchObject({
      StackSetName: 'corp-access-role-audit',
      TemplateBody: expect.anything() as unknown,
    });
  });

  it('are what a preflight knows the roles of functions by, and nobody else has to', () => {
    const knowing = Object.entries(resourcesOf(vending, 'AWS::Lambda::Function')).filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('"FUNCTION_ROLE_PREFIX":"platform/corp-vending-"'),
    );

    expect(knowing.map(([id]) => id.replace(/[0-9A-F]{8}$/u, ''))).toEqual(['RunPreflightFunction']);
  });

  it('leave a role that reads costs and is there already its name', () => {
    const context = { ...only('namePrefix', 'iamPath'), costExplorerRole: 'existing' };

    expect(JSON.stringify(statementsOfRole(vendingTemplate({ context }), 'CollectCosts'))).toContain(
      'role/MeshCostExplorerServiceRole"',
    );
  });

  it.each(['aws', 'aws-us-gov'])('fit into every trust at their longest, in %s', (partition) => {
    const context = { namePrefix: 'a'.repeat(20), iamPath: `/${'b'.repeat(38)}/` };
    const trusts = [managementStack({ context, servesConnector: true }), automationStack({ context })].flatMap(
      (stack) =>
        rolesInTemplate(Template.fromStack(stack).toJSON(), {
          partition,
          region: 'eu-central-1',
          accountId: '222222222222',
          parameters: {
            MeshcloudAccountId: '111111111111',
            ExternalId: 'x'.repeat(128),
            PreviousExternalId: 'y'.repeat(128),
          },
        }).map(({ name, trust }) => [name, JSON.stringify(trust).length] as const),
    );

    expect(trusts.filter(([, length]) => length > LONGEST_TRUST)).toEqual([]);
  });
});

describe('tags', () => {
  it('are on stacks and on every resource that has tags, with whatever stands behind the first equals sign', () => {
    const expected = { costCenter: '4711', owner: 'cloud=team' };
    const stacks = stacksWith(only('tags'));
    const templates = stacks.slice(0, 1).map((stack) => Template.fromStack(stack));
    const tagged = propertiesOf(templates, 'AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::IAM::Role');

    expect(stacks.map((stack) => stack.tags.tagValues())).toEqual(stacks.map(() => expected));
    expect(tagged.length).toBeGreaterThan(90);
    expect(tagged.filter(({ Tags }) => !JSON.stringify(Tags).includes('{"Key":"owner","Value":"cloud=team"}'))).toEqual(
      [],
    );
  });

  it('can be an object of cdk.json', () => {
    expect(rulesOf(testedApp({ tags: { costCenter: 4711 } })).tags).toEqual({ costCenter: '4711' });
  });
});

describe('subnets', () => {
  const context = only('vpcId', 'subnetIds', 'securityGroupIds');
  const template = vendingTemplate({ context });

  it('are those of every function, whose code may do nothing there', () => {
    const functions = propertiesOf([template], 'AWS::Lambda::Function');
    const network = statementsOfRole(template, 'Api').filter(({ Action }) =>
      [Action].flat().includes('ec2:CreateNetworkInterface'),
    );

    expect(new Set(functions.map(({ VpcConfig }) => JSON.stringify(VpcConfig)))).toEqual(
      new Set([
        JSON.stringify({
          SecurityGroupIds: ['sg-0123456789abcdef0'],
          SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        }),
      ]),
    );
    expect(network.map(({ Effect, Condition }) => [Effect, inWords(Condition)])).toEqual([
      ['Allow', undefined],
      [
        'Deny',
        {
          ArnEquals: {
            'lambda:SourceFunctionArn':
              'arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:vending-Api',
          },
        },
      ],
    ]);
    expect(propertiesOf([template], 'AWS::EC2::VPCEndpoint')).toEqual([]);
  });

  it('are known to a preflight, which tries the ways out of them', () => {
    const { Variables } = resourceOf(template, 'AWS::Lambda::Function', 'RunPreflight').Properties['Environment'] as {
      Variables: object;
    };

    expect(Variables).toMatchObject({ FUNCTION_SUBNETS: 'subnet-0123456789abcdef0, subnet-0123456789abcdef1' });
  });

  it('get endpoints for what the application is made of, where they are asked for', () => {
    const made = propertiesOf(
      [vendingTemplate({ context: { ...context, ...only('vpcEndpoints', 'routeTableIds') } })],
      'AWS::EC2::VPCEndpoint',
    );

    expect(made.map(({ ServiceName, VpcEndpointType }) => [inWords(ServiceName), VpcEndpointType])).toEqual([
      ...['sts', 'secretsmanager', 'sqs', 'states', 'events', 'lambda'].map((service) => [
        `com.amazonaws.<AWS::Region>.${service}`,
        'Interface',
      ]),
      ['com.amazonaws.<AWS::Region>.dynamodb', 'Gateway'],
      ['com.amazonaws.<AWS::Region>.s3', 'Gateway'],
    ]);
  });
});

describe('an endpoint in the VPC', () => {
  const context = only('vpcId', 'subnetIds', 'securityGroupIds', 'vpcEndpoints', 'routeTableIds');
  const made = propertiesOf([vendingTemplate({ context })], 'AWS::EC2::VPCEndpoint');
  const ofType = (type: string) =>
    made.flatMap(({ VpcEndpointType, ...rest }) => (VpcEndpointType === type ? [rest] : []));

  it('answers in the subnets of the functions, by the names that clients know', () => {
    expect(ofType('Interface')).toEqual(
      Array.from({ length: 6 }, () => ({
        ServiceName: expect.anything() as unknown,
        VpcId: STRICT_CONTEXT.vpcId,
        PrivateDnsEnabled: true,
        SubnetIds: STRICT_CONTEXT.subnetIds.split(','),
        SecurityGroupIds: STRICT_CONTEXT.securityGroupIds.split(','),
      })),
    );
  });

  it('that is a gateway is a route of the tables that are named', () => {
    expect(ofType('Gateway')).toEqual(
      Array.from({ length: 2 }, () => ({
        ServiceName: expect.anything() as unknown,
        VpcId: STRICT_CONTEXT.vpcId,
        RouteTableIds: STRICT_CONTEXT.routeTableIds.split(','),
      })),
    );
  });
});

describe('a private API', () => {
  it('is reached by its VPC endpoints alone, and by nobody who has no right of their own', () => {
    const { Properties } = resourceOf(
      vendingTemplate({ context: only('apiVpcEndpointIds') }),
      'AWS::ApiGateway::RestApi',
      'VendingApi',
    );

    expect(Properties).toMatchObject({
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-0123456789abcdef0'] },
      Policy: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'execute-api:Invoke',
            Resource: 'execute-api:/*',
            Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-0123456789abcdef0'] } },
          },
        ],
      },
    });
  });
});

describe('logs and keys', () => {
  const template = vendingTemplate({
    kmsKeyArn: KEY,
    configuration: withMeshStack(),
    context: only('logRetentionDays'),
  });

  it('are kept for as long as is asked for, also those that API Gateway writes by itself', () => {
    const logs = propertiesOf([template], 'AWS::Logs::LogGroup');

    expect(new Set(logs.map(({ RetentionInDays }) => RetentionInDays))).toEqual(new Set([365]));
    expect(logs.map(({ LogGroupName }) => inWords(LogGroupName))).toContain(
      'API-Gateway-Execution-Logs_<VendingApiRestApi>/v1',
    );
  });

  it('encrypts every log, table, topic and secret, and every queue but those of dead letters', () => {
    const users = Template.fromStack(serviceUserStack({ accessKeys: true, kmsKeyArn: KEY }));
    const keysOf = (key: string, ...types: readonly string[]) =>
      new Set(propertiesOf([template, users], ...types).map((properties) => properties[key]));
    const open = Object.entries(resourcesOf(template, 'AWS::SQS::Queue')).filter(
      ([, { Properties }]) => Properties['KmsMasterKeyId'] === undefined,
    );

    expect(keysOf('KmsKeyId', 'AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret')).toEqual(new Set([KEY]));
    expect(keysOf('KmsMasterKeyId', 'AWS::SNS::Topic')).toEqual(new Set([KEY]));
    expect(JSON.stringify(propertiesOf([template], 'AWS::DynamoDB::GlobalTable'))).toContain(
      `"KMSMasterKeyId":"${KEY}"`,
    );
    expect(propertiesOf([template], 'AWS::Events::EventBus')).toMatchObject([{ KmsKeyIdentifier: KEY }]);
    expect(open.map(([id]) => id.replace(/[0-9A-F]{8}$/u, '')).toSorted()).toEqual([
      'DesiredStatesDeadLetters',
      'WorkDeadLetters',
    ]);
  });
});

describe('a context value that cannot be used', () => {
  it.each([
    [
      'permissionsBoundary',
      '/boundaries/Vending',
      /context permissionsBoundary has "\/boundaries\/Vending".*without a slash/u,
    ],
    [
      'memberPermissionsBoundary',
      'arn:aws:iam::111111111111:policy/Own',
      /memberPermissionsBoundary has .*Give the name/u,
    ],
    ['namePrefix', '9corp', /context namePrefix has "9corp", which is no prefix.*begin with a letter/u],
    ['namePrefix', 'a'.repeat(21), /up to 20 letters/u],
    ['iamPath', 'platform', /context iamPath has "platform".*begin and end with a slash/u],
    ['tags', 'costCenter', /context tags has "costCenter".*key=value/u],
    ['tags', { 'aws:x': 'y' }, /context tags has "aws:x=y".*no key may begin with aws:/u],
    ['vpcId', 'my-vpc', /context vpcId has "my-vpc", which is no id of a VPC.*vpc-0123456789abcdef0/u],
    ['vpcId', 'vpc-0123456789abcdef0', /lacks subnetIds, securityGroupIds\. Give vpcId/u],
    ['subnetIds', ['subnet-1'], /context subnetIds has "subnet-1"/u],
    ['vpcEndpoints', true, /lacks vpcId, subnetIds, securityGroupIds, routeTableIds/u],
    ['apiVpcEndpointIds', 'vpc-0123456789abcdef0', /context apiVpcEndpointIds has .*no id of a VPC endpoint/u],
    ['apiCallers', 'o-ab12cd34ef,jane', /apiCallers has "jane", which is no account.*12 digits.*ARNs as arn:.*commas/u],
    ['apiCallers', 'arn:aws:iam::444444444444:root', /apiCallers has "arn:aws:iam::444444444444:root"/u],
    ['apiCallers', 'arn:aws:iam::444444444444:role/*', /apiCallers has "arn:aws:iam::444444444444:role\/\*"/u],
    ['stepDurations', 'all', /stepDurations has "all".*leave it out to have one for all/u],
    ['logRetentionDays', 100, /context logRetentionDays has "100".*Give one of 1, 3, 5, 7, 14/u],
    [
      '@aws-cdk/core:bootstrapQualifier',
      'too-long-by-far',
      /bootstrapQualifier has "too-long-by-far".*cdk bootstrap --qualifier/u,
    ],
  ])('%s of %p is told with its remedy', (key, value, message) => {
    expect(() => rulesOf(testedApp({ [key]: value }))).toThrow(message);
  });

  it('is told where the partition has other names for endpoints', () => {
    const context = { ...only('vpcId', 'subnetIds', 'securityGroupIds', 'vpcEndpoints', 'routeTableIds') };
    const { platform, ...rest } = withMeshStack();
    const accessConfig = { organizationRootAccountRole: 'arn:aws-cn:iam::222222222222:role/MeshfedServiceRole' };
    const configuration = { ...rest, platform: { ...platform, accessConfig } };

    expect(() => vendingStack({ context, configuration })).toThrow(
      /vpcEndpoints is true, but .*AWS in China.*yourself/u,
    );
  });
});
