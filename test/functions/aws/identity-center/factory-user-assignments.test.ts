import { factoryUserAssignments } from '../../../../functions/aws/identity-center/factory-user-assignments';
import { ssoAdminAccountAssignments } from '../../../../functions/aws/identity-center/sso-admin-account-assignments';
import type { FactoryUser } from '../../../../functions/domain/plan/plan';
import { RejectedError } from '../../../../functions/domain/base/errors';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';
import { assignmentKey } from '../../../../sandbox/organization/services/sso-admin/identity-center';
import { grantFactoryUser } from '../../../../sandbox/organization/services/sso-admin/grant-factory-user';
import type { CannedAnswer } from '../../../fakes/canned-request-handler';
import { cannedCaller, faultsFor, MEMBER, OrganizationWorld, refusal, type WorldOptions } from '../organization-world';

const AUTOMATION = '333333333333';
const FACTORY_SET = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-a000000000000007';
const OTHER_SET = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-ad00000000000001';
const configured = {
  email: 'Cloud@corp.example',
  region: 'eu-central-1',
  instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
  identityStoreId: 'd-1234567890',
};
const asked = { ...configured, instanceArn: null, identityStoreId: null };

function worldWith(options: WorldOptions = {}) {
  const world = new OrganizationWorld(options);
  const session = world.caller({ permissions: { management: ['identitystore:*', 'sso:*'] } });
  const { state } = world.organization;
  const give = (email: string, ...accountIds: readonly string[]): void => {
    const person = { SSOUserEmail: email, SSOUserFirstName: 'Cloud', SSOUserLastName: 'Foundation' };
    for (const id of accountIds) grantFactoryUser(state, person, id);
  };
  const userId = [...(state.identityCenter?.users.values() ?? [])].find(
    ({ email }) => email === 'cloud@corp.example',
  )?.id;
  return { world, caller: session, state, give, userId: userId ?? '' };
}

describe.each([
  ['a configured IAM Identity Center', configured],
  ['the one in Control Tower’s region', asked],
])('what the Account Factory has given its user, in %s', (_where, user) => {
  it('is found in the account, and everywhere', async () => {
    const { caller: session, give, userId } = worldWith();
    give('cloud@corp.example', MEMBER, AUTOMATION);
    give('jane@corp.example', MEMBER);
    const assignments = factoryUserAssignments(session, user);
    const given = (accountId: string) => ({ accountId, userId, permissionSetArn: FACTORY_SET });

    expect(await assignments.inAccount(MEMBER)).toEqual([given(MEMBER)]);
    expect(await assignments.everywhere()).toEqual(expect.arrayContaining([given(MEMBER), given(AUTOMATION)]));
    expect(await assignments.everywhere()).toHaveLength(2);
  });

  it('is read in the management account, also where a delegated administrator has the groups', async () => {
    const { world, caller: session, give } = worldWith();
    give('cloud@corp.example', MEMBER);
    const identityCenterRoleArn = `arn:aws:iam::${AUTOMATION}:role/MeshfedAutomationRole-Read`;
    const settings = { ...session.settings, identityCenterRoleArn };
    expect(await factoryUserAssignments({ ...session, settings }, user).inAccount(MEMBER)).toHaveLength(1);
    const roles = world.callsOf('AssumeRole').map(({ input }) => (input as { RoleArn: string }).RoleArn);
    expect(new Set(roles)).toEqual(new Set([session.managementRoleArn()]));
  });

  it('is neither another permission set, nor what the user has by a group', async () => {
    const { caller: session, state, userId } = worldWith();
    const [membership] = [...(state.identityCenter?.memberships.values() ?? [])].filter((one) => one.userId === userId);
    const principals = [
      { principalType: 'USER', principalId: userId, permissionSetArn: OTHER_SET },
      { principalType: 'GROUP', principalId: membership?.groupId ?? '', permissionSetArn: FACTORY_SET },
    ] as const;
    for (const one of principals) {
      const assignment = { accountId: MEMBER, ...one };
      state.identityCenter?.assignments.set(assignmentKey(assignment), assignment);
    }
    expect(await factoryUserAssignments(session, user).inAccount(MEMBER)).toEqual([]);
  });

  it('is nothing where nobody has the e-mail, and of a user without one it is found by its name', async () => {
    const { caller: session, give } = worldWith();
    give('luis.ferreira@corp.example', MEMBER);
    const found = (email: string) => factoryUserAssignments(session, { ...user, email }).inAccount(MEMBER);

    expect(await found('nobody@corp.example')).toEqual([]);
    expect(await found('luis.ferreira@corp.example')).toHaveLength(1);
  });

  it('is taken away by a request that is looked at', async () => {
    const { world, caller: session, give } = worldWith();
    give('cloud@corp.example', MEMBER);
    const assignments = ssoAdminAccountAssignments(session, user);
    const [found] = await assignments.ofFactoryUser(MEMBER, user);
    if (found === undefined) throw new Error('Nothing was given.');
    const { accountId, userId: groupId, permissionSetArn } = found;
    const started = await assignments.delete({ accountId, groupId, permissionSetArn, principalType: 'USER' });
    world.pass(30);

    expect(await assignments.describe('deletion', (started as { requestId: string }).requestId)).toMatchObject({
      state: 'SUCCEEDED',
    });
    expect(await assignments.ofFactoryUser(MEMBER, user)).toEqual([]);
  });
});

describe('where IAM Identity Center is not', () => {
  it('nobody can say what the user has', async () => {
    const { identityCenter } = exampleOrganization();
    if (identityCenter === undefined) throw new Error('There is nothing to move.');
    const { caller: session } = worldWith({ seed: { identityCenter: { ...identityCenter, region: 'eu-west-1' } } });
    const assignments = factoryUserAssignments(session, asked);

    expect(await assignments.everywhere()).toBeUndefined();
    expect(await assignments.inAccount(MEMBER)).toEqual([]);
  });

  it('a configured identity store is named that is not there: it never passes for a user who is gone', async () => {
    const { caller: session } = worldWith();
    const assignments = factoryUserAssignments(session, { ...configured, identityStoreId: 'd-0987654321' });
    await expect(assignments.inAccount(MEMBER)).rejects.toThrow(RejectedError);
  });
});

describe('what is asked about the user of the Account Factory', () => {
  const answering = (user: FactoryUser, ...bodies: readonly CannedAnswer['body'][]) => {
    const { handler, session } = cannedCaller(...bodies.map((body) => ({ body })));
    const names = () => handler.requests.map(({ target }) => target.split('.')[1]);
    return { assignments: factoryUserAssignments(session, user), handler, names };
  };
  const set = (Name: string) => ({ PermissionSet: { Name } });
  const given = (AccountId: string, PermissionSetArn: string, PrincipalId = 'u-1') => ({
    AccountId,
    PermissionSetArn,
    PrincipalId,
  });

  it('is each permission set once, of what the user itself has, to the end of the list', async () => {
    const { assignments, handler, names } = answering(
      configured,
      { UserId: 'u-1' },
      { NextToken: 'two' },
      {
        AccountAssignments: [given('1', 'ps-a', 'g-1'), given('1', 'ps-a'), given('2', 'ps-b'), given('2', 'ps-a')],
        NextToken: 'three',
      },
      set('AWSAdministratorAccess'),
      set('AWSReadOnlyAccess'),
      { AccountAssignments: [given('3', 'ps-b'), given('3', 'ps-a'), { PrincipalId: 'u-1' }] },
      {},
    );
    const [userId, permissionSetArn] = ['u-1', 'ps-a'];
    expect(await assignments.everywhere()).toEqual(
      ['1', '2', '3'].map((accountId) => ({ accountId, userId, permissionSetArn })),
    );
    const listing = 'ListAccountAssignmentsForPrincipal';
    expect(names()).toEqual([
      'GetUserId',
      listing,
      listing,
      'DescribePermissionSet',
      'DescribePermissionSet',
      listing,
      'DescribePermissionSet',
    ]);
    const { instanceArn: InstanceArn, identityStoreId: IdentityStoreId, email } = configured;
    expect(handler.requests.map(({ body }) => body)).toMatchObject([
      {
        IdentityStoreId,
        AlternateIdentifier: { UniqueAttribute: { AttributePath: 'emails.value', AttributeValue: email } },
      },
      { InstanceArn, PrincipalId: 'u-1', PrincipalType: 'USER' },
      { NextToken: 'two' },
      { InstanceArn, PermissionSetArn: 'ps-a' },
      { InstanceArn, PermissionSetArn: 'ps-b' },
      { NextToken: 'three' },
      { InstanceArn, PermissionSetArn: '' },
    ]);
  });

  it('is nothing where nobody is told of, by e-mail or name', async () => {
    const { assignments, handler } = answering(configured, {});
    expect(await assignments.everywhere()).toEqual([]);
    expect(handler.requests.map(({ body }) => body)).toMatchObject(
      ['emails.value', 'userName'].map((AttributePath) => ({
        AlternateIdentifier: { UniqueAttribute: { AttributePath } },
      })),
    );
  });

  it.each([{ instanceArn: null }, { identityStoreId: null }])('is the one instance, where %j', async (lack) => {
    const { assignments, names } = answering({ ...configured, ...lack }, {});
    expect(await assignments.everywhere()).toBeUndefined();
    expect(names()).toEqual(['ListInstances']);
  });

  it('says what it was where it is refused', async () => {
    const faults = faultsFor('GetUserId', refusal('AccessDeniedException'));
    const { caller: session } = worldWith({ faults });
    await expect(factoryUserAssignments(session, configured).everywhere()).rejects.toThrow(
      "AWS refused to look up the Account Factory's user (AccessDenied",
    );
    const listed = worldWith({
      faults: faultsFor('ListAccountAssignmentsForPrincipal', refusal('AccessDeniedException')),
    });
    await expect(factoryUserAssignments(listed.caller, configured).everywhere()).rejects.toThrow(
      "AWS refused to list what the Account Factory's user has been given (AccessDenied",
    );
  });
});
