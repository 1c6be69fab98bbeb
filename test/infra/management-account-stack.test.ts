import { Match, Template } from 'aws-cdk-lib/assertions';
import { stepNames } from '../../functions/steps/each-step';
import { steps } from '../../functions/steps/table';
import { rolesInTemplate } from '../../sandbox/organization/authorization/template-policies';
import { configurationWith, configurationWithout, managementStack } from './account-stacks';
import {
  configurationWithScim,
  expectProperties,
  inWords,
  resourcesOf,
  type Statement,
  statementsOfRole,
} from './synthesized-stack';
import { expectNoPartition, expectParameters, trustIn } from './trust';
import { templateDigest } from './template-digest';

const template = Template.fromStack(managementStack());
const forConnector = Template.fromStack(managementStack({ servesConnector: true }));
const withoutEnrollment = Template.fromStack(
  managementStack({ configuration: configurationWithout('enrollmentConfiguration') }),
);

const withRights = (ofClass: string): readonly string[] =>
  stepNames.filter((name) => steps[name].management !== undefined && steps[name].rights === ofClass);

/**
 * Whom the roles of the classes trust. Classes that make or close accounts, change Control Tower or let people in are
 * listed by hand: a row with the wrong rights shows here.
 */
const trusted = {
  Create: ['CreateAccount', 'ImportAccount', 'CloseAccount'],
  Arrange: withRights('Arrange'),
  ControlTower: ['EnrollAccount', 'UnenrollAccount', 'RollOut'],
  IdentityCenter: ['RevokeAccess', 'PrepareAccess', 'GrantAccess', 'CheckGrants', 'CheckGroups'],
  Read: [...withRights('Read'), 'AdoptAccounts', 'PreviewChanges', 'RunPreflight'],
  Enter: [...stepNames.filter((name) => steps[name].member !== undefined), 'PreviewChanges'],
};

describe('ManagementAccountStack', () => {
  it('has the digest that was reviewed', () => {
    expect(templateDigest(template.toJSON())).toMatchSnapshot();
  });

  it('holds a role for each class of rights, one that reads costs, and one policy', () => {
    const types = Object.values(template.toJSON()['Resources'] as Record<string, { Type: string }>).map(
      ({ Type }) => Type,
    );

    expect(types.toSorted()).toEqual(['AWS::IAM::ManagedPolicy', ...Array.from({ length: 7 }, () => 'AWS::IAM::Role')]);
  });

  it('asks for the meshcloud account and the ExternalId, which it never shows', () => {
    expectParameters(template);
  });

  it('names no partition', () => {
    expectNoPartition(template, configurationWith({}).platform.awsIdentityStore?.arn ?? '');
  });

  it.each([
    ['ServiceRoleArn'],
    ['CostExplorerRoleArn'],
    ...Object.keys(trusted).map((ofClass) => [`${ofClass}RoleArn`]),
  ])('tells its %s', (output) => {
    expect(template.findOutputs(output)).toHaveProperty([output, 'Value']);
  });
});

describe('the roles of the classes in the management account', () => {
  it.each(Object.entries(trusted))(
    'trust exactly the functions of their class, with the ExternalId: %s',
    (ofClass, names) => {
      expect(trustIn(template, `${ofClass}Role`)).toEqual(names.map((name) => `role/vending-${name}`));
    },
  );

  it('trust nobody else where meshStack’s own connector has a role, which trusts its user alone', () => {
    expect(trustIn(forConnector, 'ServiceRole')).toEqual(['user/meshfed-service-user']);
    Object.keys(trusted).forEach((ofClass) => {
      expect(trustIn(forConnector, `${ofClass}Role`).filter((one) => one.startsWith('user/'))).toEqual([]);
    });
    expect(() => trustIn(template, 'ServiceRole')).toThrow('0 resources');
  });

  it('lead into member accounts by the configured role alone, with the ExternalId, and only from the one for it', () => {
    const configured = Template.fromStack(
      managementStack({ configuration: configurationWith({ accountAccessRole: 'DoorToTheAccount' }) }),
    );
    const ways = Object.keys(trusted).flatMap((ofClass) =>
      statementsOfRole(configured, `${ofClass}Role`).filter(({ Action }) => [Action].flat().includes('sts:AssumeRole')),
    );

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
    expect(statementsOfRole(configured, 'EnterRole')).toHaveLength(1);
  });

  it('close accounts only where a landing zone says so, only those of a tenant, and none of the organization’s own', () => {
    const closing = Template.fromStack(
      managementStack({ configuration: configurationWith({}, { closeAccount: true }) }),
    );
    const closings = (of: Template) =>
      statementsOfRole(of, 'CreateRole').filter(({ Action }) => Action === 'organizations:CloseAccount');
    const [allowed, denied] = closings(closing);

    expect(inWords(allowed)).toEqual({
      Sid: 'OrgCloseVendedAccounts',
      Effect: 'Allow',
      Action: 'organizations:CloseAccount',
      Resource: 'arn:<AWS::Partition>:organizations::*:account/o-*/*',
      Condition: { Null: { 'aws:ResourceTag/account-vending:tenant-uuid': 'false' } },
    });
    expect(denied).toMatchObject({ Sid: 'OrgServiceAccountsStay', Effect: 'Deny' });
    // Whatever is configured.
    expect(closings(Template.fromStack(managementStack({ configuration: configurationWith({}) })))).toEqual([denied]);
  });

  it('make organizational units only where workspaces have some, and in their parent alone', () => {
    const workspaceOrgUnits = { parentOrgUnitId: 'ou-ab12-legacy01', namePattern: '#{workspaceIdentifier}' };
    const having = Template.fromStack(managementStack({ configuration: configurationWith({ workspaceOrgUnits }) }));
    const unitsIn = (of: Template, role: string) =>
      statementsOfRole(of, role).filter(({ Sid }) => Sid === 'OrgManagementAccessUnits');

    expect(inWords(unitsIn(having, 'ArrangeRole'))).toEqual([
      {
        Sid: 'OrgManagementAccessUnits',
        Effect: 'Allow',
        Action: ['organizations:ListOrganizationalUnitsForParent', 'organizations:CreateOrganizationalUnit'],
        Resource: 'arn:<AWS::Partition>:organizations::<AWS::AccountId>:ou/o-*/ou-ab12-legacy01',
      },
    ]);
    expect(inWords(unitsIn(having, 'ReadRole'))).toMatchObject([
      { Action: 'organizations:ListOrganizationalUnitsForParent' },
    ]);
    expect(unitsIn(template, 'ArrangeRole')).toEqual([]);
  });

  it('never close this account, the meshcloud and the automation account, and those that are given', () => {
    const closing = managementStack({ configuration: configurationWith({}, { closeAccount: true }) });
    const [create] = rolesInTemplate(Template.fromStack(closing).toJSON(), {
      partition: 'aws',
      region: 'eu-central-1',
      accountId: '222222222222',
      parameters: {
        MeshcloudAccountId: '111111111111',
        ExternalId: 'an-external-id-of-20',
        ServiceAccountIds: '555555555555,666666666666',
      },
    });
    const statements = Object.values(create?.inlinePolicies ?? {}).flatMap(({ Statement }) => Statement as Statement[]);
    const stay = statements.filter(({ Sid }) => Sid === 'OrgServiceAccountsStay').flatMap(({ Resource }) => Resource);

    expect([...new Set(stay)]).toEqual(
      ['222222222222', '111111111111', '333333333333', '555555555555', '666666666666', '000000000000'].map(
        (id) => `arn:aws:organizations::222222222222:account/o-*/${id}`,
      ),
    );
  });

  it.each([
    ['555555555555', true],
    [Array.from({ length: 12 }, () => '555555555555').join(','), true],
    [Array.from({ length: 13 }, () => '555555555555').join(','), false],
    ['555555555555, 666666666666', false],
    ['55555555555', false],
  ])('take ids of accounts that stay: %s', (given, isTaken) => {
    const { AllowedPattern = '' } = template.findParameters('ServiceAccountIds')['ServiceAccountIds'] as {
      AllowedPattern?: string;
    };

    expect(new RegExp(`^(?:${AllowedPattern})$`, 'u').test(given)).toBe(isTaken);
  });

  it('put the tag of a tenant by the role for it alone, and that role puts no other', () => {
    const taggers = Object.keys(trusted).filter((ofClass) =>
      JSON.stringify(statementsOfRole(template, `${ofClass}Role`)).includes('organizations:TagResource'),
    );
    const [create, put] = statementsOfRole(template, 'CreateRole');
    const [, kept] = statementsOfRole(template, 'ArrangeRole');

    expect(taggers).toEqual(['Create', 'Arrange']);
    expect([create?.Condition, put?.Condition]).toEqual([
      { Null: { 'aws:RequestTag/account-vending:tenant-uuid': 'false' } },
      {
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['account-vending:tenant-uuid'] },
        Null: { 'aws:TagKeys': 'false' },
      },
    ]);
    expect(kept).toEqual({
      Sid: 'OrgTenantTagIsOfAnotherClass',
      Effect: 'Deny',
      Action: ['organizations:TagResource', 'organizations:UntagResource'],
      Resource: '*',
      Condition: { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': ['account-vending:tenant-uuid'] } },
    });
  });

  it('are named after the role in the configuration, path and all', () => {
    const organizationRootAccountRole = 'arn:aws:iam::222222222222:role/teams/cloud/Vendor';
    const configured = managementStack({
      configuration: configurationWith({ accessConfig: { organizationRootAccountRole } }),
    });

    Object.keys(trusted).forEach((ofClass) => {
      const names = { RoleName: `Vendor-${ofClass}`, Path: '/teams/cloud/' };
      expectProperties(Template.fromStack(configured), 'AWS::IAM::Role', names);
      expectProperties(template, 'AWS::IAM::Role', { RoleName: `MeshfedServiceRole-${ofClass}`, Path: '/' });
    });
  });

  it('work with products of anybody, where accounts are enrolled', () => {
    const products = statementsOfRole(template, 'ControlTowerRole').find(
      ({ Sid }) => Sid === 'ProvisionedProductsOfAnybody',
    );

    expect(products).toMatchObject({
      Action: ['servicecatalog:UpdateProvisionedProduct', 'servicecatalog:TerminateProvisionedProduct'],
      Condition: { StringEquals: { 'servicecatalog:accountLevel': 'self' } },
    });
  });

  it.each([
    ['enrollmentConfiguration', ['PreflightPermissionSets']],
    ['awsIdentityStore', []],
  ] as const)('list permission sets where Identity Center is configured: without %s', (left, sids) => {
    const stack = Template.fromStack(managementStack({ configuration: configurationWithout(left) }));
    const listing = statementsOfRole(stack, 'ReadRole').filter(({ Action }) => Action === 'sso:ListPermissionSets');

    expect(listing).toEqual(sids.map((Sid) => expect.objectContaining({ Sid }) as unknown));
  });

  it('have nothing of Control Tower where none is enrolled', () => {
    expect(resourcesOf(withoutEnrollment, 'AWS::IAM::ManagedPolicy')).toEqual({});
    expectProperties(withoutEnrollment, 'AWS::IAM::Role', {
      RoleName: 'MeshfedServiceRole-ControlTower',
      ManagedPolicyArns: Match.absent(),
    });
  });

  it('grant access only where Identity Center is configured', () => {
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

  it('make groups by no right of their own where they are made by SCIM', () => {
    const bySso = Template.fromStack(managementStack({ configuration: configurationWithScim() }));
    const policy = JSON.stringify(statementsOfRole(bySso, 'IdentityCenterRole'));

    expect(policy).toContain('sso:CreateAccountAssignment');
    // Who the user of the Account Factory is, and nothing of groups.
    expect([...new Set(policy.match(/identitystore:[A-Z]\w+/gu))]).toEqual(['identitystore:GetUserId']);
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
