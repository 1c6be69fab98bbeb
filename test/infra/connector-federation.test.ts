import { Template } from 'aws-cdk-lib/assertions';
import { connectorFederation } from '../../infra/connector-federation';
import { automationStack, managementStack, serviceUserStack } from './account-stacks';
import { type Context, inWords, resourceOf, resourcesOf, testedApp } from './synthesized-stack';
import { trustIn } from './trust';

const ISSUER = 'https://container.example/v1/projects/mesh/clusters/one';
const REPLICATOR = 'system:serviceaccount:meshcloud:replicator';
const context: Context = {
  serviceUser: 'true',
  connectorIssuer: ISSUER,
  connectorSubject: REPLICATOR,
  connectorAudience: 'aws-workload-identity-provider:meshcloud',
  meteringSubject: 'system:serviceaccount:meshcloud:kraken-worker',
};
const without = (...names: readonly string[]): Context =>
  Object.fromEntries(Object.entries(context).filter(([name]) => !names.includes(name)));

const template = Template.fromStack(serviceUserStack({ context }));
const management = Template.fromStack(managementStack({ servesConnector: true, context }));
const automation = Template.fromStack(automationStack({ servesConnector: true, context }));

const roleOf = (of: Template, id: string) =>
  inWords(resourceOf(of, 'AWS::IAM::Role', id).Properties) as {
    RoleName: string;
    AssumeRolePolicyDocument: { Statement: object[] };
    Policies: { PolicyDocument: { Statement: object[] } }[];
  };

describe('a connector that comes with tokens of an issuer outside AWS', () => {
  it('has a provider for that issuer and audience, and no access key', () => {
    const [provider] = Object.values(resourcesOf(template, 'AWS::IAM::OIDCProvider'));
    expect(provider?.Properties).toEqual({ Url: ISSUER, ClientIdList: [context['connectorAudience']] });
    expect(resourcesOf(template, 'AWS::IAM::AccessKey')).toEqual({});
  });

  it.each([
    ['FederationConnector', 'meshfed-service-userIdentityFederation', REPLICATOR],
    ['FederationMetering', 'CostExplorerUserIdentityFederation', context['meteringSubject']],
  ])('enters %s by issuer, audience and its own subject together', (id, name, subject) => {
    const role = roleOf(template, id);
    expect(role.RoleName).toBe(name);
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: expect.stringMatching(/^<FederationProvider.*\.Arn>$/u) as string },
        Condition: {
          StringEquals: {
            'container.example/v1/projects/mesh/clusters/one:aud': context['connectorAudience'],
            'container.example/v1/projects/mesh/clusters/one:sub': subject,
          },
        },
      },
    ]);
  });

  it('may do there what its user may, and nothing else', () => {
    const mayAssume = (role: string): object => ({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: role,
      Condition: { StringEquals: { 'sts:ExternalId': '<ExternalId>' } },
    });
    const statementsOf = (id: string) =>
      roleOf(template, id).Policies.map(({ PolicyDocument }) => PolicyDocument.Statement);
    expect(statementsOf('FederationConnector')).toEqual([
      [
        mayAssume('arn:aws:iam::222222222222:role/MeshfedServiceRole'),
        mayAssume('arn:aws:iam::333333333333:role/MeshfedAutomationRole'),
      ],
    ]);
    expect(statementsOf('FederationMetering')).toEqual([
      [mayAssume('arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole')],
    ]);
  });

  it('is trusted by the document’s roles alone, beside its users', () => {
    const connector = ['role/meshfed-service-userIdentityFederation', 'user/meshfed-service-user'];
    expect(trustIn(management, 'ServiceRole')).toEqual(connector);
    expect(trustIn(automation, 'AutomationRole')).toEqual(connector);
    expect(trustIn(management, 'CostExplorerRole').slice(2)).toEqual([
      'role/CostExplorerUserIdentityFederation',
      'user/CostExplorerUser',
    ]);
    for (const ofClass of ['Create', 'Arrange', 'ControlTower', 'IdentityCenter', 'Read', 'Enter']) {
      expect(trustIn(management, `${ofClass}Role`).filter((one) => one.includes('IdentityFederation'))).toEqual([]);
    }
  });

  it('leaves metering to its user where it has no subject', () => {
    const given = without('meteringSubject');
    const one = Template.fromStack(serviceUserStack({ context: given }));
    expect(Object.keys(resourcesOf(one, 'AWS::IAM::Role'))).toHaveLength(1);
    const other = Template.fromStack(managementStack({ servesConnector: true, context: given }));
    expect(trustIn(other, 'CostExplorerRole').slice(2)).toEqual(['user/CostExplorerUser']);
  });

  it('has the prefix and the path of the others', () => {
    const ruled = { ...context, namePrefix: 'acme-', iamPath: '/mesh/' };
    const properties = resourceOf(
      Template.fromStack(serviceUserStack({ context: ruled })),
      'AWS::IAM::Role',
      'FederationConnector',
    ).Properties;
    expect(properties).toMatchObject({ RoleName: 'acme-meshfed-service-userIdentityFederation', Path: '/mesh/' });
    expect(
      trustIn(Template.fromStack(managementStack({ servesConnector: true, context: ruled })), 'ServiceRole'),
    ).toContain('role/mesh/acme-meshfed-service-userIdentityFederation');
  });

  it('is not there where nothing is said of it', () => {
    const plain = Template.fromStack(serviceUserStack());
    expect(resourcesOf(plain, 'AWS::IAM::OIDCProvider')).toEqual({});
    expect(resourcesOf(plain, 'AWS::IAM::Role')).toEqual({});
    expect(connectorFederation(testedApp())).toBeUndefined();
  });
});

describe('the context of it', () => {
  it.each([
    { what: 'without the connector', given: without('serviceUser'), says: '--context serviceUser=true' },
    { what: 'without a subject', given: without('connectorSubject'), says: 'connectorSubject is missing' },
    { what: 'without an issuer', given: without('connectorIssuer'), says: 'connectorIssuer is missing' },
    { what: 'without an audience', given: without('connectorAudience'), says: 'connectorAudience is missing' },
    { what: 'with plain http', given: { ...context, connectorIssuer: 'http://a.example' }, says: 'no issuer' },
    { what: 'with a slash at its end', given: { ...context, connectorIssuer: `${ISSUER}/` }, says: 'no issuer' },
    { what: 'with a wildcard', given: { ...context, connectorSubject: 'system:*' }, says: 'without wildcards' },
  ])('is refused $what, with the remedy', ({ given, says }) => {
    expect(() => connectorFederation(testedApp(given))).toThrow(says);
  });
});
