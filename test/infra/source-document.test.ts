import { Template } from 'aws-cdk-lib/assertions';
import { AUTOMATION_CLASSES, MANAGEMENT_CLASSES } from '../../functions/aws/permissions/step-permissions';
import { downgradedPolicy } from '../../functions/domain/access/access-role-policies';
import {
  automationStack,
  configurationWith,
  LANDING_ZONE_FUNCTION,
  managementStack,
  serviceUserStack,
} from './account-stacks';
import { differences, documentPolicy, inDocumentWords, type Policy } from './source-document';
import { deviations } from './source-document-deviations';
import { resourceOf } from './synthesized-stack';

const provisioned = configurationWith({}, { awsLambdaArn: LANDING_ZONE_FUNCTION });
const management = Template.fromStack(managementStack());
const managementForConnector = Template.fromStack(managementStack({ servesConnector: true }));
const automation = Template.fromStack(automationStack({ configuration: provisioned }));
const automationForConnector = Template.fromStack(
  automationStack({ configuration: provisioned, servesConnector: true }),
);
const users = Template.fromStack(serviceUserStack());

/** The inline policy of a role. */
function policyOf(template: Template, role: string): unknown {
  const [inline] = resourceOf(template, 'AWS::IAM::Role', role).Properties['Policies'] as { PolicyDocument: unknown }[];
  return inline?.PolicyDocument;
}

/** The policies of the roles of all classes as one: statements of the same name together. */
function policyOfClasses(template: Template, classes: readonly string[]): unknown {
  const statements = classes.flatMap((ofClass) =>
    Object.values(resourceOf(template, 'AWS::IAM::Role', `${ofClass}Role`).Properties['Policies'] ?? []).flatMap(
      ({ PolicyDocument }: { PolicyDocument: { Statement: MergedStatement[] } }) => PolicyDocument.Statement,
    ),
  );
  const byName = Map.groupBy(statements, ({ Sid }) => Sid);
  return {
    Statement: [...byName.values()].map((named) => ({
      ...named[0],
      Action: [...new Set(named.flatMap(({ Action }) => Action))],
    })),
  };
}

interface MergedStatement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
}

const trustOf = (template: Template, role: string): unknown =>
  resourceOf(template, 'AWS::IAM::Role', role).Properties['AssumeRolePolicyDocument'];

const documentOf = (template: Template, type: string, id: string): unknown =>
  resourceOf(template, type, id).Properties['PolicyDocument'];

const inManagement = (policy: unknown): Policy => inDocumentWords(policy, '<<MANAGEMENT_ACCOUNT_ID>>');
const inAutomation = (policy: unknown): Policy => inDocumentWords(policy, '<<AUTOMATION_ACCOUNT_ID>>');
const inMeshcloud = (policy: unknown): Policy => inDocumentWords(policy, '<<MESHCLOUD_ACCOUNT_ID>>');

/** Which of our policies stands for which of the document's. */
const compared: Readonly<Record<keyof typeof deviations, readonly [string, Policy]>> = {
  'MeshfedServiceRole, all classes: policy': [
    'management-role-policy',
    inManagement(policyOfClasses(management, MANAGEMENT_CLASSES)),
  ],
  'MeshfedServiceRole, each class: trust': [
    'management-role-trust',
    inManagement(trustOf(management, 'ControlTowerRole')),
  ],
  'MeshfedServiceRole-ControlTower: Account Factory': [
    'account-factory-policy',
    inManagement(documentOf(management, 'AWS::IAM::ManagedPolicy', 'AccountFactoryAccess')),
  ],
  'MeshfedServiceRole for the connector: policy': [
    'management-role-policy',
    inManagement(policyOf(managementForConnector, 'ServiceRole')),
  ],
  'MeshfedServiceRole for the connector: trust': [
    'management-role-trust',
    inManagement(trustOf(managementForConnector, 'ServiceRole')),
  ],
  'MeshCostExplorerServiceRole: policy': [
    'cost-explorer-role-policy',
    inManagement(policyOf(management, 'CostExplorerRole')),
  ],
  'MeshfedAutomationRole, all classes: policy': [
    'automation-role-policy',
    inAutomation(policyOfClasses(automation, AUTOMATION_CLASSES)),
  ],
  'MeshfedAutomationRole, each class: trust': [
    'automation-role-trust',
    inAutomation(trustOf(automation, 'StackSetsRole')),
  ],
  'MeshfedAutomationRole for the connector: policy': [
    'automation-role-policy',
    inAutomation(policyOf(automationForConnector, 'AutomationRole')),
  ],
  'MeshfedAutomationRole for the connector: trust': [
    'automation-role-trust',
    inAutomation(trustOf(automationForConnector, 'AutomationRole')),
  ],
  'AWSCloudFormationStackSetAdministrationRole: policy': [
    'stack-set-administration-role-policy',
    inAutomation(policyOf(automation, 'StackSetAdministrationRole')),
  ],
  'AWSCloudFormationStackSetAdministrationRole: trust': [
    'stack-set-administration-role-trust',
    inAutomation(trustOf(automation, 'StackSetAdministrationRole')),
  ],
  'meshfed-service-user: policy': [
    'service-user-policy',
    inMeshcloud(documentOf(users, 'AWS::IAM::Policy', 'ServiceUserPolicy')),
  ],
  'CostExplorerUser: policy': [
    'cost-explorer-user-assume-role-policy',
    inMeshcloud(documentOf(users, 'AWS::IAM::Policy', 'CostExplorerUserPolicy')),
  ],
  'the access role, downgraded': [
    'downgraded-access-role-policy',
    JSON.parse(downgradedPolicy('aws', '{accountId}', '{accessRole}').document) as Policy,
  ],
};

describe('our policies', () => {
  it.each(Object.entries(compared))(
    'differ from the source document’s where a reason is given, and nowhere else: %s',
    (name, [document, ours]) => {
      expect(differences(documentPolicy(document), ours).toSorted()).toEqual(
        Object.keys(deviations[name as keyof typeof deviations]).toSorted(),
      );
    },
  );
});

describe('a comparison', () => {
  const policy = (...Statement: object[]): Policy => ({ Statement: Statement as Policy['Statement'] });
  const one = { Sid: 'One', Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: '*' };

  it.each([
    ['the same', policy({ ...one, Action: ['a:C', 'a:B'] }), []],
    ['an action less', policy({ ...one, Action: 'a:B' }), ['- One Action a:C']],
    ['an action more', policy({ ...one, Action: ['a:B', 'a:C', 'a:D'] }), ['+ One Action a:D']],
    ['another effect', policy({ ...one, Effect: 'Deny' }), ['- One Effect Allow', '+ One Effect Deny']],
    ['a narrower resource', policy({ ...one, Resource: ['x'] }), ['- One Resource *', '+ One Resource x']],
    [
      'a condition',
      policy({ ...one, Condition: { StringEquals: { 'sts:ExternalId': ['x'] } } }),
      ['+ One Condition StringEquals sts:ExternalId x'],
    ],
    ['no statement', policy(), ['- One']],
    [
      'a statement more',
      policy(one, { Effect: 'Allow', Action: 'e:F', Resource: '*' }),
      ['+ statement 2 Effect Allow', '+ statement 2 Action e:F', '+ statement 2 Resource *'],
    ],
  ])('finds %s', (_, ours, expected) => {
    expect(differences(policy(one), ours)).toEqual(expected);
  });
});
