import { Template } from 'aws-cdk-lib/assertions';
import { actionsInManagement } from '../../functions/aws/permissions/function-permissions';
import { rolesInTemplate } from '../../sandbox/organization/authorization/template-policies';
import { configurationWith, identityCenterStack, managementStack } from './account-stacks';
import { CONFIGURATION } from './synthesized-stack';

const ROLE = 'arn:aws:iam::444444444444:role/teams/MeshfedIdentityCenterRole';
const place = {
  partition: 'aws',
  region: 'eu-central-1',
  accountId: '444444444444',
  parameters: { MeshcloudAccountId: '111111111111', ExternalId: 'x'.repeat(36), PreviousExternalId: '' },
};
const rolesOf = (stack: Parameters<typeof Template.fromStack>[0]) =>
  rolesInTemplate(Template.fromStack(stack).toJSON(), place);
const statementsOf = (role: ReturnType<typeof rolesOf>[number] | undefined) =>
  Object.values(role?.inlinePolicies ?? {}).flatMap(
    (document) => document['Statement'] as { Action: string | string[]; Resource: string | string[] }[],
  );
const actionsOf = (role: ReturnType<typeof rolesOf>[number] | undefined) =>
  statementsOf(role)
    .flatMap(({ Action }) => Action)
    .toSorted();

describe('IdentityCenterAccountStack', () => {
  it('makes the configured role for the functions that work on groups, and one by which a preflight looks at it', () => {
    const roles = rolesOf(identityCenterStack(ROLE));

    expect(roles.map(({ name, path }) => `${path ?? ''}${name}`)).toEqual([
      '/teams/MeshfedIdentityCenterRole',
      '/teams/MeshfedIdentityCenterRole-Read',
    ]);
    expect(JSON.stringify(roles[0]?.trust).length).toBeLessThan(1900);
    for (const name of ['RevokeAccess', 'PrepareAccess', 'GrantAccess', 'CheckGrants', 'CheckGroups']) {
      expect(JSON.stringify(roles[0]?.trust)).toContain(`role/vending-${name}`);
    }
    expect(JSON.stringify(roles[0]?.trust)).not.toContain('vending-CreateAccount');
  });

  it('allows groups and assignments, in the identity store of the management account, and nothing more', () => {
    const [role] = rolesOf(identityCenterStack(ROLE));
    const wanted = actionsInManagement('IdentityCenter');

    expect(actionsOf(role)).toContain('sso:CreateAccountAssignment');
    expect(actionsOf(role).filter((action) => !wanted.has(action))).toEqual([]);
    expect(actionsOf(role).filter((action) => !/^(?:sso|identitystore):/u.test(action))).toEqual([]);
    expect(JSON.stringify(statementsOf(role))).toContain('identitystore::222222222222:identitystore/');
  });

  it('lets a preflight read whom the role trusts, and do nothing else', () => {
    const [role, reading] = rolesOf(identityCenterStack(ROLE));

    expect(statementsOf(reading)).toMatchObject([{ Action: 'iam:GetRole', Resource: ROLE }]);
    expect(statementsOf(reading)).toHaveLength(1);
    expect(JSON.stringify(reading?.trust).match(/role\/vending-\w+/gu)).toEqual(['role/vending-RunPreflight']);
    expect(JSON.stringify(role?.trust)).not.toContain('vending-RunPreflight');
  });

  it('makes no second role where the name of the first leaves no room', () => {
    const long = `arn:aws:iam::444444444444:role/${'x'.repeat(60)}`;

    expect(rolesOf(identityCenterStack(long)).map(({ name }) => name)).toEqual(['x'.repeat(60)]);
  });

  it('leaves to the management account what the Account Factory gives its user, and no group', () => {
    const { platform } = CONFIGURATION;
    const configuration = configurationWith({ ...platform, identityCenterRole: ROLE });
    const role = rolesOf(managementStack({ configuration })).find(({ name }) => name.endsWith('-IdentityCenter'));

    expect(actionsOf(role)).toContain('sso:DeleteAccountAssignment');
    expect(actionsOf(role)).not.toContain('sso:CreateAccountAssignment');
    expect(actionsOf(role).filter((action) => action.includes('Group'))).toEqual([]);
  });
});
