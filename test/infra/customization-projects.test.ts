import { Match, Template } from 'aws-cdk-lib/assertions';

import { configuration } from '../functions/domain/examples';
import { customized, network, ROLE } from '../functions/domain/example-customization';
import { automationStack } from './account-stacks';
import { inWords, resourcesOf } from './synthesized-stack';

const PRIVATE_IMAGE = '333333333333.dkr.ecr.eu-central-1.amazonaws.com/tools/terraform:1.14';
const CONNECTION = 'arn:aws:codeconnections:eu-central-1:333333333333:connection/00000000-1111-4222-8333-444444444444';

const templateOf = (...customizations: readonly object[]): Template =>
  Template.fromStack(automationStack({ configuration: configuration(customized(...customizations)) }));

const statementsOf = (template: Template, role: string): readonly Record<string, unknown>[] => {
  const roles = Object.values(template.findResources('AWS::IAM::Role')) as {
    readonly Properties: {
      readonly RoleName: string;
      readonly Policies?: readonly { readonly PolicyDocument: { readonly Statement: Record<string, unknown>[] } }[];
    };
  }[];
  const found = roles.find(({ Properties }) => Properties.RoleName.startsWith(role));
  return found?.Properties.Policies?.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) ?? [];
};

describe('AutomationAccountStack, where a landing zone has customizations', () => {
  const template = templateOf(network(), network({ name: 'second', image: PRIVATE_IMAGE }));

  it('has a project for each, whose builds work by a role of their own', () => {
    expect(Object.keys(template.findResources('AWS::CodeBuild::Project'))).toHaveLength(2);
    template.hasResourceProperties('AWS::CodeBuild::Project', {
      Name: Match.stringLikeRegexp('^account-vending-aws-dev-network-[0-9a-f]{8}$'),
      ServiceRole: Match.anyValue(),
      TimeoutInMinutes: 30,
      Environment: Match.objectLike({ Type: 'ARM_CONTAINER', ImagePullCredentialsType: 'CODEBUILD' }),
    });
    template.hasResourceProperties('AWS::CodeBuild::Project', {
      Name: Match.stringLikeRegexp('-second-'),
      Environment: Match.objectLike({ Type: 'LINUX_CONTAINER', ImagePullCredentialsType: 'SERVICE_ROLE' }),
    });
  });

  it('lets builds assume the customization’s role in accounts, and no other', () => {
    const statements = statementsOf(template, 'account-vending-build-network-');
    const assuming = statements.filter(({ Action }) => Action === 'sts:AssumeRole');
    expect(JSON.stringify(assuming)).toContain(`:iam::*:role/${ROLE}`);
    expect(assuming).toHaveLength(1);
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      'EnterAccounts',
      'KeepState',
      'FindState',
      'WriteLogs',
      'ReadSource',
    ]);
    expect(statementsOf(template, 'account-vending-build-second-').map(({ Sid }) => Sid)).toEqual(
      expect.arrayContaining(['EnterRegistry', 'PullImage']),
    );
  });

  it('tells builds where states are, and lets each customization read and write its own alone', () => {
    const [bucket] = Object.keys(template.findResources('AWS::S3::Bucket'));
    const projects = Object.values(resourcesOf(template, 'AWS::CodeBuild::Project')).map(
      ({ Properties }) => Properties,
    );
    const told = projects.map(
      ({ Environment }) => (Environment as { EnvironmentVariables: object[] }).EnvironmentVariables,
    );
    expect(told).toEqual(
      projects.map(() => [
        { Name: 'VENDING_STATE_BUCKET', Value: { Ref: bucket } },
        { Name: 'VENDING_STATE_REGION', Value: { Ref: 'AWS::Region' } },
      ]),
    );
    for (const [index, name] of ['network', 'second'].entries()) {
      const statements = statementsOf(template, `account-vending-build-${name}-`);
      const keeping = statements.filter(({ Sid }) => Sid === 'KeepState' || Sid === 'FindState');
      expect(inWords(keeping)).toMatchObject([
        {
          Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
          Resource: expect.stringMatching(new RegExp(`/${String(projects[index]?.['Name'])}/\\*$`, 'u')) as string,
        },
        { Action: 's3:ListBucket', Resource: '<CustomizationsState.Arn>' },
      ]);
    }
  });

  it('trusts CodeBuild with a role of builds for projects of this account alone', () => {
    const roles = Object.values(resourcesOf(template, 'AWS::IAM::Role')).filter(({ Properties }) =>
      String(Properties['RoleName']).startsWith('account-vending-build-'),
    );
    expect(roles.map(({ Properties }) => inWords(Properties['AssumeRolePolicyDocument']))).toMatchObject(
      ['network', 'second'].map(() => ({
        Statement: [
          {
            Principal: { Service: 'codebuild.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' } },
          },
        ],
      })),
    );
  });

  it('keeps the states of all in one bucket, versioned, encrypted and for good', () => {
    expect(Object.values(template.findResources('AWS::S3::Bucket'))).toMatchObject([
      {
        DeletionPolicy: 'Retain',
        Properties: {
          VersioningConfiguration: { Status: 'Enabled' },
          BucketEncryption: expect.anything() as unknown,
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        },
      },
    ]);
  });

  it('reads a repository by the connection alone', () => {
    const source = {
      type: 'github',
      location: 'https://github.com/corp/network',
      connectionArn: CONNECTION,
      version: 'v1',
    };
    const statements = statementsOf(templateOf(network({ source })), 'account-vending-build-network-');
    expect(statements.find(({ Sid }) => Sid === 'ReadRepository')).toMatchObject({ Resource: CONNECTION });
  });

  it('lets functions start and watch these projects, and no others', () => {
    const [statement] = statementsOf(template, 'MeshfedAutomationRole-Customizations').filter(
      ({ Sid }) => Sid === 'Customizations',
    );
    expect(JSON.stringify(statement?.['Resource'])).toMatch(/project\/account-vending-aws-dev-network-/u);
    expect(statement?.['Action']).toHaveLength(4);
    expect(statement?.['Resource']).toHaveLength(2);
  });

  it('has one project, which can read what either needs, where a rollout from one content to another is to come', () => {
    const both = configuration(customized(network()));
    const released = configuration(
      customized(network({ source: { type: 's3', location: 'scripts-of-corp/old.zip', version: 'v0' } })),
    );
    const landingZones = { ...both.landingZones, 'aws-dev (released)': released.landingZones['aws-dev'] };
    const united = Template.fromStack(automationStack({ configuration: { ...both, landingZones } as typeof both }));
    expect(Object.keys(united.findResources('AWS::CodeBuild::Project'))).toHaveLength(1);
    const [reading] = statementsOf(united, 'account-vending-build-').filter(({ Sid }) => Sid === 'ReadSource');
    expect(JSON.stringify(reading?.['Resource'])).toMatch(/network\.zip.*old\.zip/u);
  });

  it('has nothing of it where there are none', () => {
    const without = Template.fromStack(automationStack({ configuration: configuration() }));
    expect(without.findResources('AWS::CodeBuild::Project')).toEqual({});
    expect(without.findResources('AWS::S3::Bucket')).toEqual({});
  });
});
