import { Match, Template } from 'aws-cdk-lib/assertions';
import { configurationWith, configurationWithout, managementStack } from './account-stacks';
import {
  configurationWithScim,
  expectProperties,
  inWords,
  resourceOf,
  resourcesOf,
  statementsOfRole,
} from './synthesized-stack';
import { expectNoPartition, expectParameters, trustIn } from './trust';

const template = Template.fromStack(managementStack());
const forConnector = Template.fromStack(managementStack({ servesConnector: true }));
const withoutEnrollment = Template.fromStack(
  managementStack({ configuration: configurationWithout('enrollmentConfiguration') }),
);

const intoManagement = [
  'AwaitCreationTurn',
  'AwaitEnrollmentTurn',
  'CreateAccount',
  'CheckAccount',
  'ImportAccount',
  'RevokeAccess',
  'CheckAccess',
  'OpenAccount',
  'MoveAccount',
  'TagAccount',
  'SetAccountAlias',
  'EnrollAccount',
  'CheckEnrollment',
  'CheckExternalAvm',
  'GrantAccess',
  'CheckGrants',
  'DowngradeAccessRole',
  'ConfirmDowngrade',
  'GuardAccount',
  'UnenrollAccount',
  'AwaitClosingTurn',
  'CloseAccount',
  'CheckClosure',
  'PreviewChanges',
  'RunPreflight',
].map((state) => `role/vending-${state}`);

describe('ManagementAccountStack', () => {
  it('is what it was when somebody last looked at it', () => {
    expect(template.toJSON()).toMatchSnapshot();
  });

  it('holds two roles and one policy', () => {
    const types = Object.values(template.toJSON()['Resources'] as Record<string, { Type: string }>).map(
      ({ Type }) => Type,
    );

    expect(types.toSorted()).toEqual(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::IAM::Role']);
  });

  it('asks for the meshcloud account and the ExternalId, which it never shows', () => {
    expectParameters(template);
  });

  it('names no partition', () => {
    expectNoPartition(template, configurationWith({}).platform.awsIdentityStore?.arn ?? '');
  });

  it.each([['ServiceRoleArn'], ['CostExplorerRoleArn']])('tells its %s', (output) => {
    expect(template.findOutputs(output)).toHaveProperty([output, 'Value']);
  });
});

describe('MeshfedServiceRole', () => {
  it('trusts exactly the functions that go into the management account or through it, with the ExternalId', () => {
    expect(trustIn(template, 'ServiceRole')).toEqual(intoManagement);
  });

  it('trusts the service user besides where meshStack’s own connector works with it', () => {
    expect(trustIn(forConnector, 'ServiceRole')).toEqual([...intoManagement, 'user/meshfed-service-user']);
  });

  it('leads into member accounts by the configured role alone, with the ExternalId', () => {
    const configured = Template.fromStack(
      managementStack({ configuration: configurationWith({ accountAccessRole: 'DoorToTheAccount' }) }),
    );
    const ways = statementsOfRole(configured, 'ServiceRole').filter(({ Action }) => Action === 'sts:AssumeRole');

    expect(inWords(ways)).toEqual([
      {
        Sid: 'StsAccessMemberAccount',
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: 'arn:<AWS::Partition>:iam::*:role/DoorToTheAccount',
        Condition: {
          StringEquals: {
            'sts:ExternalId': [
              '<ExternalId>',
              { 'Fn::If': [expect.any(String), '<PreviousExternalId>', '<AWS::NoValue>'] },
            ],
          },
        },
      },
    ]);
  });

  it('closes accounts only where a landing zone says so, and only those that carry the tag of a tenant', () => {
    const closing = managementStack({ configuration: configurationWith({}, { closeAccount: true }) });
    const closings = (of: Template) =>
      statementsOfRole(of, 'ServiceRole').filter(({ Action }) => Action === 'organizations:CloseAccount');

    expect(inWords(closings(Template.fromStack(closing)))).toEqual([
      {
        Sid: 'OrgCloseVendedAccounts',
        Effect: 'Allow',
        Action: 'organizations:CloseAccount',
        Resource: 'arn:<AWS::Partition>:organizations::*:account/o-*/*',
        Condition: { Null: { 'aws:ResourceTag/account-vending:tenant-uuid': 'false' } },
      },
    ]);
    expect(closings(Template.fromStack(managementStack({ configuration: configurationWith({}) })))).toEqual([]);
  });

  it('is named as its ARN in the configuration says, path and all', () => {
    const organizationRootAccountRole = 'arn:aws:iam::222222222222:role/teams/cloud/Vendor';
    const configured = managementStack({
      configuration: configurationWith({ accessConfig: { organizationRootAccountRole } }),
    });

    expectProperties(Template.fromStack(configured), 'AWS::IAM::Role', { RoleName: 'Vendor', Path: '/teams/cloud/' });
    expectProperties(template, 'AWS::IAM::Role', { RoleName: 'MeshfedServiceRole', Path: '/' });
  });

  it('works with the Account Factory where accounts are enrolled', () => {
    expect(inWords(resourceOf(template, 'AWS::IAM::Role', 'ServiceRole').Properties['ManagedPolicyArns'])).toEqual([
      'arn:<AWS::Partition>:iam::aws:policy/AWSServiceCatalogEndUserFullAccess',
      'arn:<AWS::Partition>:iam::aws:policy/AWSServiceCatalogAdminReadOnlyAccess',
      '<AccountFactoryAccess>',
    ]);
  });

  it.each([
    ['enrollmentConfiguration', ['PreflightPermissionSets']],
    ['awsIdentityStore', []],
  ] as const)(
    'lists permission sets by a statement of its own where the Account Factory has no such right: without %s',
    (left, sids) => {
      const stack = Template.fromStack(managementStack({ configuration: configurationWithout(left) }));
      const listing = statementsOfRole(stack, 'ServiceRole').filter(
        ({ Action }) => Action === 'sso:ListPermissionSets',
      );

      expect(listing).toEqual(sids.map((Sid) => expect.objectContaining({ Sid }) as unknown));
    },
  );

  it('has nothing of that where none is enrolled', () => {
    expect(resourcesOf(withoutEnrollment, 'AWS::IAM::ManagedPolicy')).toEqual({});
    expectProperties(withoutEnrollment, 'AWS::IAM::Role', {
      RoleName: 'MeshfedServiceRole',
      ManagedPolicyArns: Match.absent(),
    });
  });

  it('grants access only where Identity Center is configured', () => {
    const none = Template.fromStack(
      managementStack({
        configuration: configurationWithout('awsIdentityStore'),
        servesConnector: true,
      }),
    );
    const assigns = (stack: Template): boolean =>
      JSON.stringify(stack.toJSON()).includes('sso:CreateAccountAssignment');

    expect([template, none, forConnector].map(assigns)).toEqual([true, false, true]);
  });

  it('makes groups by no right of its own where they are made by SCIM', () => {
    const bySso = Template.fromStack(managementStack({ configuration: configurationWithScim() }));
    const policy = JSON.stringify(statementsOfRole(bySso, 'ServiceRole'));

    expect(policy).toContain('sso:CreateAccountAssignment');
    expect(policy).not.toContain('identitystore:');
  });
});

describe('MeshCostExplorerServiceRole', () => {
  it('trusts the metering function, the preflight that looks whether it does, and no step', () => {
    expect(trustIn(template, 'CostExplorerRole')).toEqual(['role/vending-CollectCosts', 'role/vending-RunPreflight']);
  });

  it('trusts the user of meshStack’s own metering besides where there is one', () => {
    expect(trustIn(forConnector, 'CostExplorerRole')).toEqual([
      'role/vending-CollectCosts',
      'role/vending-RunPreflight',
      'user/CostExplorerUser',
    ]);
  });

  it('has the name of the document', () => {
    expectProperties(template, 'AWS::IAM::Role', { RoleName: 'MeshCostExplorerServiceRole' });
  });
});
