import { Template } from 'aws-cdk-lib/assertions';
import { automationStack, configurationWith, configurationWithout, LANDING_ZONE_FUNCTION } from './account-stacks';
import {
  CONFIGURATION,
  expectProperties,
  expectResource,
  inWords,
  resourceOf,
  resourcesOf,
  statementsOfRole,
} from './synthesized-stack';
import { expectNoPartition, expectParameters, trustIn } from './trust';
import { templateDigest } from './template-digest';

const template = Template.fromStack(automationStack());
const forConnector = Template.fromStack(automationStack({ servesConnector: true }));
describe('AutomationAccountStack', () => {
  it('has the digest that was reviewed', () => {
    expect(templateDigest(template.toJSON())).toMatchSnapshot();
  });

  it('asks for the meshcloud account and the ExternalId, which it never shows', () => {
    expectParameters(template);
  });

  it('names no partition but in ARNs of the operator', () => {
    const configured = automationStack({
      configuration: configurationWith({}, { awsLambdaArn: LANDING_ZONE_FUNCTION }),
    });

    expectNoPartition(template);
    expectNoPartition(Template.fromStack(configured), LANDING_ZONE_FUNCTION);
  });

  it.each([
    ['AutomationRoleArn'],
    ['StackSetsRoleArn'],
    ['FunctionsRoleArn'],
    ['ReadRoleArn'],
    ['StackSetAdministrationRoleArn'],
  ])('tells its %s', (output) => {
    expect(template.findOutputs(output)).toHaveProperty([output, 'Value']);
  });
});

describe('the roles of the classes in the automation account', () => {
  /** What every landing zone's role that looks may do besides: see whom the roles trust. */
  const TRUST = {
    'iam:GetRole': ['StackSets', 'Functions', 'Customizations', 'Read'].map(
      (ofClass) => `arn:<AWS::Partition>:iam::<AWS::AccountId>:role/MeshfedAutomationRole-${ofClass}`,
    ),
  };

  /** Resources by action, of the role with these stack sets and this function. */
  const resourcesFor = (
    role: string,
    landingZone: Parameters<typeof configurationWith>[1],
  ): Readonly<Record<string, unknown>> => {
    const stack = Template.fromStack(
      automationStack({ configuration: configurationWith({ region: 'eu-west-1' }, landingZone) }),
    );
    const { Policies = [] } = resourceOf(stack, 'AWS::IAM::Role', role).Properties as { Policies?: unknown[] };
    return Policies.length === 0
      ? {}
      : Object.fromEntries(
          statementsOfRole(stack, role).map(({ Action, Resource }) => [[Action].flat().join(' '), inWords(Resource)]),
        );
  };

  it.each([
    ['StackSetsRole', ['RemoveStackInstances', 'DeployStackInstances']],
    ['FunctionsRole', ['InvokeLandingZoneFunction']],
    [
      'ReadRole',
      [
        'AwaitStackSetTurn',
        'AwaitWithdrawalTurn',
        'CheckRemoval',
        'CheckStackInstances',
        'PreviewChanges',
        'RunPreflight',
      ],
    ],
  ])('trust exactly the functions of their class, with the ExternalId: %s', (role, names) => {
    expect(trustIn(template, role)).toEqual(names.map((name) => `role/vending-${name}`));
  });

  it('trust nobody else where meshStack’s own connector has a role, which trusts its user alone', () => {
    expect(trustIn(forConnector, 'AutomationRole')).toEqual(['user/meshfed-service-user']);
    expect(JSON.stringify(trustIn(forConnector, 'StackSetsRole'))).not.toContain('user/');
    expect(() => trustIn(template, 'AutomationRole')).toThrow('0 resources');
  });

  it('roll out the stack sets of the landing zones, each in its home region', () => {
    const stackSets = [
      { name: 'baseline', regions: ['eu-west-1'] },
      { name: 'network', homeRegion: 'us-east-1', regions: ['eu-west-1'] },
    ];

    expect(resourcesFor('StackSetsRole', { stackSets, awsLambdaArn: null })).toEqual({
      'cloudformation:UpdateStackInstances cloudformation:ListStackInstances cloudformation:DescribeStackSet cloudformation:CreateStackInstances cloudformation:DescribeStackInstance':
        [
          'arn:<AWS::Partition>:cloudformation:eu-west-1:<AWS::AccountId>:stackset/baseline:*',
          'arn:<AWS::Partition>:cloudformation:us-east-1:<AWS::AccountId>:stackset/network:*',
        ],
      'cloudformation:UpdateStackInstances cloudformation:CreateStackInstances': [
        'arn:<AWS::Partition>:cloudformation:*:<AWS::AccountId>:stackset-target/baseline:*',
        'arn:<AWS::Partition>:cloudformation:*:<AWS::AccountId>:stackset-target/network:*',
        'arn:<AWS::Partition>:cloudformation:*:*:type/resource/*',
      ],
    });
  });

  it('may remove instances of those stack sets alone that a landing zone allows to be removed', () => {
    const stackSets = [
      { name: 'baseline', regions: ['eu-west-1'] },
      { name: 'network', regions: ['eu-west-1'], removeStackInstances: true },
    ];

    expect(
      resourcesFor('StackSetsRole', { stackSets, awsLambdaArn: null })['cloudformation:DeleteStackInstances'],
    ).toEqual([
      'arn:<AWS::Partition>:cloudformation:eu-west-1:<AWS::AccountId>:stackset/network:*',
      'arn:<AWS::Partition>:cloudformation:*:<AWS::AccountId>:stackset-target/network:*',
      'arn:<AWS::Partition>:cloudformation:*:*:type/resource/*',
    ]);
  });

  it('call the functions of the landing zones, or see that they are there', () => {
    const landingZone = { stackSets: [], awsLambdaArn: `${LANDING_ZONE_FUNCTION}:live` };

    expect(resourcesFor('FunctionsRole', landingZone)).toEqual({
      'lambda:InvokeFunction': `${LANDING_ZONE_FUNCTION}:live`,
    });
    expect(resourcesFor('ReadRole', landingZone)).toEqual({
      ...TRUST,
      'lambda:GetFunctionConfiguration': `${LANDING_ZONE_FUNCTION}:live`,
    });
  });

  it('may do nothing where no landing zone has either, but read whom the roles trust', () => {
    ['StackSetsRole', 'FunctionsRole'].forEach((role) => {
      expect(resourcesFor(role, { stackSets: [], awsLambdaArn: null })).toEqual({});
    });
    expect(resourcesFor('ReadRole', { stackSets: [], awsLambdaArn: null })).toEqual(TRUST);
  });

  it('name what several landing zones share once', () => {
    const [[name, landingZone] = ['', undefined]] = Object.entries(
      configurationWith({}, { awsLambdaArn: LANDING_ZONE_FUNCTION }).landingZones,
    );
    if (landingZone === undefined) throw new Error('There is no landing zone.');
    const configuration = {
      ...CONFIGURATION,
      landingZones: { [name]: landingZone, other: { ...landingZone, name: 'other' } },
    };
    const statements = statementsOfRole(Template.fromStack(automationStack({ configuration })), 'StackSetsRole');

    expect(statements.map(({ Resource }) => [Resource].flat().length)).toEqual([1, 2]);
  });

  it('are named after the role in the configuration', () => {
    const automationAccountRole = 'arn:aws:iam::333333333333:role/teams/Automator';
    const configured = automationStack({ configuration: configurationWith({ automationAccountRole }) });

    expectProperties(Template.fromStack(configured), 'AWS::IAM::Role', {
      RoleName: 'Automator-StackSets',
      Path: '/teams/',
    });
  });
});

describe('AWSCloudFormationStackSetAdministrationRole', () => {
  it('goes into accounts by the configured execution role', () => {
    const stackSetExecutionRole = { name: 'Roller', managedPolicyArns: [] };
    const configured = automationStack({ configuration: configurationWith({ stackSetExecutionRole }) });

    expect(inWords(statementsOfRole(Template.fromStack(configured), 'StackSetAdministrationRole'))).toMatchObject([
      { Action: 'sts:AssumeRole', Resource: 'arn:<AWS::Partition>:iam::*:role/Roller' },
    ]);
  });

  it('goes by the name that StackSets look for where none is configured', () => {
    const stack = automationStack({ configuration: configurationWithout('stackSetExecutionRole') });

    expect(inWords(statementsOfRole(Template.fromStack(stack), 'StackSetAdministrationRole'))).toMatchObject([
      { Resource: 'arn:<AWS::Partition>:iam::*:role/AWSCloudFormationStackSetExecutionRole' },
    ]);
  });
});

describe('the audit stack set', () => {
  const audited = Template.fromStack(automationStack({ auditStackSet: true }));

  it('is not there unless asked for', () => {
    expect(resourcesOf(template, 'AWS::CloudFormation::StackSet')).toEqual({});
    expect(resourcesOf(template, 'AWS::S3::Bucket')).toEqual({});
  });

  it('is rolled out by our own roles, several accounts at once', () => {
    expect(inWords(resourceOf(audited, 'AWS::CloudFormation::StackSet', 'Audit').Properties)).toMatchObject({
      StackSetName: 'access-role-audit',
      PermissionModel: 'SELF_MANAGED',
      AdministrationRoleARN: '<StackSetAdministrationRole.Arn>',
      ExecutionRoleName: 'AWSCloudFormationStackSetExecutionRole',
      ManagedExecution: { Active: true },
    });
  });

  it('gives an account a trail of every region, IAM included, whose files cannot be changed unnoticed', () => {
    const { TemplateBody } = resourceOf(audited, 'AWS::CloudFormation::StackSet', 'Audit').Properties;

    expect(JSON.parse(String(inWords(TemplateBody)))).toMatchObject({
      Resources: {
        Trail: {
          Type: 'AWS::CloudTrail::Trail',
          Properties: {
            S3BucketName: '<AuditBucket>',
            IsLogging: true,
            IsMultiRegionTrail: true,
            IncludeGlobalServiceEvents: true,
            EnableLogFileValidation: true,
          },
        },
      },
    });
  });

  it('writes to a bucket that is nobody else’s and that survives', () => {
    expectResource(audited, 'AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });

  it('lets trails of this name and organization write, and nobody else', () => {
    const { PolicyDocument } = resourceOf(audited, 'AWS::S3::BucketPolicy', 'Audit').Properties as {
      PolicyDocument: { Statement: { Effect: string }[] };
    };
    const fromOurTrails = {
      StringEquals: { 'aws:SourceOrgID': '<OrganizationId>' },
      ArnLike: { 'aws:SourceArn': 'arn:<AWS::Partition>:cloudtrail:*:*:trail/access-role-audit' },
    };

    expect(inWords(PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow'))).toEqual([
      {
        Sid: 'TrailsLookAtTheBucket',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:GetBucketAcl',
        Resource: '<AuditBucket.Arn>',
        Condition: fromOurTrails,
      },
      {
        Sid: 'TrailsWrite',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: '<AuditBucket.Arn>/AWSLogs/*',
        Condition: {
          ...fromOurTrails,
          StringEquals: { ...fromOurTrails.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      },
    ]);
  });

  it.each([['AuditStackSetName'], ['AuditBucketName']])('tells its %s', (output) => {
    expect(audited.findOutputs(output)).toHaveProperty([output, 'Value']);
  });
});
