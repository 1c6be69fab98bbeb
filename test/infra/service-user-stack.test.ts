import { Template } from 'aws-cdk-lib/assertions';
import { serviceUserStack } from './account-stacks';
import { CONFIGURATION, inWords, resourcesOf } from './synthesized-stack';
import { expectNoPartition } from './trust';
import { templateDigest } from './template-digest';

const template = Template.fromStack(serviceUserStack());
const withKeys = Template.fromStack(serviceUserStack({ accessKeys: true }));

describe('ServiceUserStack', () => {
  it('has the digest that was reviewed', () => {
    expect(templateDigest(template.toJSON())).toMatchSnapshot();
  });

  it('makes the two users of the document, without keys', () => {
    const users = Object.values(resourcesOf(template, 'AWS::IAM::User')).map(
      ({ Properties }) => Properties['UserName'],
    );

    expect(users).toEqual(['meshfed-service-user', 'CostExplorerUser']);
    expect(resourcesOf(template, 'AWS::IAM::AccessKey')).toEqual({});
    expect(resourcesOf(template, 'AWS::SecretsManager::Secret')).toEqual({});
  });

  it('lets each assume its roles with the ExternalId, and nothing else', () => {
    const policies = Object.values(resourcesOf(template, 'AWS::IAM::Policy')).map(
      ({ Properties }) => inWords(Properties) as { Users: string[]; PolicyDocument: { Statement: object[] } },
    );
    const mayAssume = (role: string): object => ({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: role,
      Condition: { StringEquals: { 'sts:ExternalId': '<ExternalId>' } },
    });

    expect(policies.map(({ Users, PolicyDocument }) => [...Users, ...PolicyDocument.Statement])).toEqual([
      [
        '<ServiceUser>',
        mayAssume('arn:aws:iam::222222222222:role/MeshfedServiceRole'),
        mayAssume('arn:aws:iam::333333333333:role/MeshfedAutomationRole'),
      ],
      ['<CostExplorerUser>', mayAssume('arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole')],
    ]);
  });

  it('asks for the ExternalId, which it never shows', () => {
    expect(template.findParameters('ExternalId')['ExternalId']).toMatchObject({ NoEcho: true, MinLength: 20 });
    expect(JSON.stringify(template.findOutputs('*'))).toBe('{}');
  });

  it('names no partition but in ARNs of the operator', () => {
    const { accessConfig, automationAccountRole } = CONFIGURATION.platform;
    const costExplorerRole = 'arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole';

    expectNoPartition(template, accessConfig.organizationRootAccountRole, automationAccountRole, costExplorerRole);
  });
});

describe('access keys, where they are asked for', () => {
  it('are one for each user, kept in a secret and shown in no output', () => {
    const secrets = Object.values(resourcesOf(withKeys, 'AWS::SecretsManager::Secret')).map(({ Properties }) =>
      inWords(Properties),
    );

    expect(secrets).toEqual([
      {
        Name: 'meshstack/meshfed-service-user',
        Description: 'Access key of meshfed-service-user',
        SecretString:
          '{"accessKeyId":"<ServiceUserAccessKey>","secretAccessKey":"<ServiceUserAccessKey.SecretAccessKey>"}',
      },
      {
        Name: 'meshstack/CostExplorerUser',
        Description: 'Access key of CostExplorerUser',
        SecretString:
          '{"accessKeyId":"<CostExplorerUserAccessKey>","secretAccessKey":"<CostExplorerUserAccessKey.SecretAccessKey>"}',
      },
    ]);
    expect(Object.keys(resourcesOf(withKeys, 'AWS::IAM::AccessKey'))).toHaveLength(2);
    expect(withKeys.findOutputs('*')).toEqual({});
  });
});
