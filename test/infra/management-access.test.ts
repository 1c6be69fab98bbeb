import { Template } from 'aws-cdk-lib/assertions';

import { synthesizedTemplates } from '../../sandbox/organization/authorization/deployed-roles';
import { loadConfiguration } from '../../infra/config';
import { withManagementAccess } from '../management-access';

const without = synthesizedTemplates(loadConfiguration('sandbox/config'));
const withIt = synthesizedTemplates(withManagementAccess());

const rolesOf = (template: unknown): readonly string[] =>
  Object.values(Template.fromJSON(template as Record<string, unknown>).findResources('AWS::IAM::Role')).map((role) =>
    String((role['Properties'] as { RoleName?: unknown }).RoleName),
  );

const namesOf = (name: string, template: unknown): readonly string[] => [
  ...new Set(JSON.stringify(template).match(new RegExp(`[^"]*${name}[^"]*`, 'gu'))),
];

describe('access to the management account', () => {
  it('is in no template without the setting', () => {
    expect(rolesOf(without.ManagementAccountStack)).not.toContain('MeshfedServiceRole-Management');
    expect(namesOf('MANAGEMENT_ACCESS_ROLE_ARN', without.VendingStack)).toEqual([]);
  });

  it.each([
    ['without the setting', without],
    ['with it', withIt],
  ])('is denied to the class that assigns elsewhere, %s', (_, { ManagementAccountStack }) => {
    const roles = Template.fromJSON(ManagementAccountStack as Record<string, unknown>).findResources('AWS::IAM::Role');
    const denied = Object.values(roles).filter((role) => JSON.stringify(role).includes('NotInTheManagementAccount'));
    expect(denied.map(({ Properties }) => (Properties as { RoleName: string }).RoleName)).toEqual([
      'MeshfedServiceRole-IdentityCenter',
    ]);
    const account = ['', ['arn:', { Ref: 'AWS::Partition' }, ':sso:::account/', { Ref: 'AWS::AccountId' }]];
    expect(JSON.stringify(denied)).toContain(
      JSON.stringify({
        Action: ['sso:CreateAccountAssignment', 'sso:DeleteAccountAssignment'],
        Effect: 'Deny',
        Resource: { 'Fn::Join': account },
        Sid: 'NotInTheManagementAccount',
      }),
    );
  });

  it('adds one role, which the functions that assign may assume', () => {
    const added = rolesOf(withIt.ManagementAccountStack).filter(
      (role) => !rolesOf(without.ManagementAccountStack).includes(role),
    );
    expect(added).toEqual(['MeshfedServiceRole-Management']);
    const functions = Template.fromJSON(withIt.VendingStack as Record<string, unknown>).findResources(
      'AWS::Lambda::Function',
    );
    const having = Object.values(functions)
      .map(({ Properties }) => Properties as { FunctionName?: string; Environment?: { Variables?: object } })
      .filter(({ Environment }) => Object.keys(Environment?.Variables ?? {}).includes('MANAGEMENT_ACCESS_ROLE_ARN'))
      .map(({ FunctionName }) => FunctionName);
    expect(having.toSorted()).toEqual(['vending-CheckGrants', 'vending-CheckGroups', 'vending-RevokeAccess']);
  });

  it('writes nothing in IAM', () => {
    const actions = JSON.stringify(withIt.ManagementAccountStack).match(/"iam:\w+"/gu) ?? [];
    expect(actions.filter((action) => !/"iam:(?:Get|List|Simulate)/u.test(action))).toEqual([]);
  });
});
