import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteUserCommand,
  GetUserIdCommand,
  IdentitystoreClient,
  ListGroupMembershipsCommand,
  paginateListUsers,
} from '@aws-sdk/client-identitystore';
import { ProvisionProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import {
  CreateAccountAssignmentCommand,
  type CreateAccountAssignmentCommandInput,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentsCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { accountFactoryParameters } from '../../contract/provisioning-readings';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { seededRandom } from '../../../sandbox/organization/draw';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import { readOrganization } from '../../../sandbox/organization/independent-reader';
import { awsLatencies } from '../../../sandbox/organization/latencies';
import type { OrganizationOptions } from '../../../sandbox/organization/organization';
import {
  administrator,
  assumeServiceRole,
  AUTOMATION,
  DEV,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  outcomeOf,
} from './organization-under-test';

const IdentityStoreId = 'd-1234567890';
const InstanceArn = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const permissionSet = (id: string) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${id}`;
const ADMINISTRATOR = permissionSet('ad00000000000001');
const POWER = permissionSet('b000000000000002');
const REGION = 'eu-central-1';

/**
 * A vended account, a group of two in the store, and both services as the administrator of the management account sees
 * them.
 */
async function identityCenter(options: Partial<OrganizationOptions> = {}) {
  const test = organizationUnderTest(options);
  const settings = { ...test.settings(administrator(MANAGEMENT)), region: REGION };
  const accountId = await openAccount(test);
  const [store, sso] = [new IdentitystoreClient(settings), new SSOAdminClient(settings)];
  const group = await store.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'mst-shop-admin' }));
  const groupId = group.GroupId ?? '';
  const userId = async (AttributeValue: string) => {
    const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue } };
    return (await store.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier }))).UserId ?? '';
  };
  const join = async (name: string) => {
    const MemberId = { UserId: await userId(name) };
    await store.send(new CreateGroupMembershipCommand({ IdentityStoreId, GroupId: groupId, MemberId }));
  };
  const assignment = (
    PermissionSetArn = ADMINISTRATOR,
    PrincipalId = groupId,
  ): CreateAccountAssignmentCommandInput => ({
    InstanceArn,
    PermissionSetArn,
    TargetId: accountId,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'GROUP',
    PrincipalId,
  });
  const assign = async (...change: Parameters<typeof assignment>) => {
    const answer = await sso.send(new CreateAccountAssignmentCommand(assignment(...change)));
    return answer.AccountAssignmentCreationStatus?.RequestId ?? '';
  };
  const statusOf = async (AccountAssignmentCreationRequestId: string) => {
    const command = new DescribeAccountAssignmentCreationStatusCommand({
      InstanceArn,
      AccountAssignmentCreationRequestId,
    });
    const { AccountAssignmentCreationStatus: status } = await sso.send(command);
    return { status: status?.Status, reason: status?.FailureReason };
  };
  const holders = async (PermissionSetArn = ADMINISTRATOR) => {
    const command = new ListAccountAssignmentsCommand({ InstanceArn, AccountId: accountId, PermissionSetArn });
    return ((await sso.send(command)).AccountAssignments ?? []).map(({ PrincipalId }) => PrincipalId);
  };
  return { ...test, accountId, store, sso, groupId, userId, join, assignment, assign, statusOf, holders };
}

describe('the identity store', () => {
  it('knows people by name, whatever the case', async () => {
    const { userId } = await identityCenter();
    expect(await userId('jane@CORP.example')).toBe(await userId('Jane@corp.example'));
    expect(await outcomeOf(userId('nobody@corp.example'))).toBe('ResourceNotFoundException');
  });

  it('pages', async () => {
    const { store } = await identityCenter();
    const pages: number[] = [];
    for await (const { Users = [] } of paginateListUsers({ client: store, pageSize: 2 }, { IdentityStoreId })) {
      pages.push(Users.length);
    }
    expect(pages).toEqual([2, 2, 1]);
  });

  it('forgets the memberships of a user who goes', async () => {
    const { store, join, userId, groupId } = await identityCenter();
    await join('omar@corp.example');
    await join('mei@corp.example');
    await store.send(new DeleteUserCommand({ IdentityStoreId, UserId: await userId('omar@corp.example') }));
    const list = new ListGroupMembershipsCommand({ IdentityStoreId, GroupId: groupId });
    const { GroupMemberships } = await store.send(list);
    expect(GroupMemberships).toEqual([
      expect.objectContaining({ MemberId: { UserId: await userId('mei@corp.example') } }),
    ]);
  });

  it.each(['Administrator', 'AWSAdministrators'])('keeps the name %s for itself', async (DisplayName) => {
    const { store } = await identityCenter();
    const made = store.send(new CreateGroupCommand({ IdentityStoreId, DisplayName }));
    expect(await outcomeOf(made)).toBe('ValidationException');
  });

  it('has no e-mail address twice', async () => {
    const { store } = await identityCenter();
    const user = (UserName: string) => ({
      IdentityStoreId,
      UserName,
      DisplayName: 'Jane Doe',
      Name: { GivenName: 'Jane', FamilyName: 'Doe' },
      Emails: [{ Value: 'jane.doe@elsewhere.example' }],
    });
    await store.send(new CreateUserCommand(user('jane')));

    const second = store.send(new CreateUserCommand(user('jane-2')));
    expect(await outcomeOf(second)).toBe('ConflictException');
  });
});

describe('where Identity Center is', () => {
  it('answers in its region', async () => {
    const { settings } = await identityCenter();
    const elsewhere = new SSOAdminClient({ ...settings(administrator(MANAGEMENT)), region: 'eu-west-1' });
    expect((await elsewhere.send(new ListInstancesCommand({}))).Instances).toEqual([]);
    const store = new IdentitystoreClient({ ...settings(administrator(MANAGEMENT)), region: 'eu-west-1' });
    const made = store.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'mst-x' }));
    expect(await outcomeOf(made)).toBe('ResourceNotFoundException');
  });

  it('answers the management account', async () => {
    const { settings, accountId } = await identityCenter();
    const member = new SSOAdminClient({ ...settings(administrator(accountId)), region: REGION });
    expect(await outcomeOf(member.send(new ListInstancesCommand({})))).toBe('AccessDeniedException');
  });
});

describe('an account assignment', () => {
  it('is there once its request has succeeded, and not before', async () => {
    const { assign, statusOf, holders, clock, groupId } = await identityCenter();
    const requestId = await assign();
    expect([await statusOf(requestId), await holders()]).toEqual([{ status: 'IN_PROGRESS', reason: undefined }, []]);
    clock.advance(30);
    expect([await statusOf(requestId), await holders()]).toEqual([
      { status: 'SUCCEEDED', reason: undefined },
      [groupId],
    ]);
  });

  it('that is there already succeeds again', async () => {
    const { assign, statusOf, clock } = await identityCenter();
    await assign();
    clock.advance(30);
    const requestId = await assign();
    clock.advance(30);
    expect(await statusOf(requestId)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('can be changed by one request at a time', async () => {
    const { assign } = await identityCenter();
    await assign();
    expect(await outcomeOf(assign())).toBe('ConflictException');
  });

  it('waits for others of the same account', async () => {
    const { assign, statusOf, clock } = await identityCenter({
      latencies: { ...awsLatencies, accountAssignment: [20, 20] },
    });
    const requests = [await assign(ADMINISTRATOR), await assign(POWER)];
    clock.advance(30);
    const seen = await Promise.all(requests.map(statusOf));
    expect(seen.map(({ status }) => status)).toEqual(['SUCCEEDED', 'IN_PROGRESS']);
  });

  it('of a group that is gone fails, later', async () => {
    const { assign, statusOf, store, groupId, clock } = await identityCenter();
    await store.send(new DeleteGroupCommand({ IdentityStoreId, GroupId: groupId }));
    const requestId = await assign();
    clock.advance(30);
    expect(await statusOf(requestId)).toEqual({
      status: 'FAILED',
      reason: 'Received a 404 status error: GROUP not found.',
    });
  });

  it('stays when its group goes', async () => {
    const { assign, holders, store, groupId, clock } = await identityCenter();
    await assign();
    clock.advance(30);
    await store.send(new DeleteGroupCommand({ IdentityStoreId, GroupId: groupId }));
    expect(await holders()).toEqual([groupId]);
  });

  it('fails as the fault injector says', async () => {
    const faults = { accountAssignment: () => 'The role is protected.' };
    const { assign, statusOf, holders, clock } = await identityCenter({ faults });
    const requestId = await assign();
    clock.advance(30);
    expect([await statusOf(requestId), await holders()]).toEqual([
      { status: 'FAILED', reason: 'The role is protected.' },
      [],
    ]);
  });

  it.each([
    [0, 'ThrottlingException'],
    [0.4, 'ConflictException'],
    [0.9, 'ServiceQuotaExceededException'],
  ])('is one of fifteen at most: the sixteenth is refused (drawn %d: %s)', async (draw, refusal) => {
    const dice = { next: seededRandom(1) };
    const { assign } = await identityCenter({ random: () => dice.next() });
    const outcomes: string[] = [];
    for (let n = 0; n < 15; n += 1) outcomes.push(await outcomeOf(assign(ADMINISTRATOR, groupOf(n))));
    dice.next = () => draw;
    outcomes.push(await outcomeOf(assign(ADMINISTRATOR, groupOf(15))));
    expect(outcomes).toEqual([...Array<string>(15).fill('ok'), refusal]);
  });

  it('is refused while the account or the group is not known yet', async () => {
    const latencies = { ...awsLatencies, assignmentTarget: [100, 100] as const };
    const { clock, assign } = await identityCenter({ latencies });

    await expect(assign()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    clock.advance(50);
    await expect(assign()).rejects.toMatchObject({
      message: expect.stringMatching(/^Principal .* not found/) as string,
    });
    clock.advance(50);
    expect(await assign()).not.toBe('');
  });

  it('is refused for a permission set, an account or an assignment that is not there', async () => {
    const { sso, assignment, assign } = await identityCenter();
    expect(await outcomeOf(assign(permissionSet('0000000000000000')))).toBe('ResourceNotFoundException');
    const unknown = { ...assignment(), TargetId: '000000000001' };
    expect(await outcomeOf(sso.send(new CreateAccountAssignmentCommand(unknown)))).toBe('ResourceNotFoundException');
    const absent = new DeleteAccountAssignmentCommand(assignment());
    expect(await outcomeOf(sso.send(absent))).toBe('ResourceNotFoundException');
  });
});

/** Any id will do until the request is over. */
const groupOf = (n: number) => `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;

describe('the rates of Identity Center', () => {
  it('allow 20 calls of its administration a second, whichever they are', async () => {
    const test = organizationUnderTest();
    const sso = new SSOAdminClient({ ...test.settings(await assumeServiceRole(test), 'GrantAccess'), region: REGION });
    const outcomes: string[] = [];
    for (let n = 0; n < 11; n += 1) {
      outcomes.push(await outcomeOf(sso.send(new ListInstancesCommand({}))));
      outcomes.push(await outcomeOf(sso.send(new ListPermissionSetsCommand({ InstanceArn }))));
    }
    expect(outcomes).toEqual([...Array<string>(20).fill('ok'), 'ThrottlingException', 'ThrottlingException']);
    test.clock.advance(0.1);
    expect(await outcomeOf(sso.send(new ListInstancesCommand({})))).toBe('ok');
  });
});

describe('Control Tower', () => {
  it('gives its own groups, and the user of the Account Factory, permission sets in an account that it enrolls, and the independent reader finds them', async () => {
    const test = await identityCenter();
    const { accountId, clock, organization } = test;
    const iam = new IAMClient(test.settings(administrator(accountId)));
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` },
      Action: 'sts:AssumeRole',
    };
    const role = { RoleName: 'AWSControlTowerExecution' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await iam.send(new CreateRoleCommand({ ...role, AssumeRolePolicyDocument }));
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.send(new AttachRolePolicyCommand({ ...role, PolicyArn }));
    clock.advance(30);
    const catalog = new ServiceCatalogClient({ ...test.settings(administrator(MANAGEMENT)), region: REGION });
    const ProvisioningParameters = [...accountFactoryParameters('aws+shop@corp.example', `Dev (${DEV})`)];
    const product = { ProductId: 'prod-abcd1234', ProvisioningArtifactId: 'pa-current00001', ProvisioningParameters };
    await catalog.send(
      new ProvisionProductCommand({ ...product, ProvisionedProductName: 'shop', ProvisionToken: 'shop' }),
    );
    await test.join('mei@corp.example');
    await test.join('jane@corp.example');
    await test.assign();
    clock.advance(1800);

    const where = { region: REGION, managementAccountId: MANAGEMENT, automationAccountId: AUTOMATION };
    const requestHandler = inProcessRequestHandler(organization);
    const [reading] = await readOrganization({ ...where, requestHandler, accountIds: [accountId] });

    expect(reading?.groups.map(({ name, members }) => [name, members])).toEqual([
      ['AWSControlTowerAdmins', ['cloud@corp.example']],
      ['AWSSecurityAuditors', ['cloud@corp.example']],
      ['mst-shop-admin', ['Jane@corp.example', 'mei@corp.example']],
    ]);
    expect(reading?.assignments.map(({ permissionSet: name, principal }) => `${principal ?? ''}: ${name}`)).toEqual([
      'mst-shop-admin: AdministratorAccess',
      'AWSSecurityAuditors: ViewOnlyAccess',
      'AWSControlTowerAdmins: AWSOrganizationsFullAccess',
      'AWSSecurityAuditors: AWSReadOnlyAccess',
      'cloud@corp.example: AWSAdministratorAccess',
    ]);
  });

  it('leaves nothing behind in the reading of an account that has nothing', async () => {
    const { organization, accountId } = await identityCenter();
    const where = { region: REGION, managementAccountId: MANAGEMENT, automationAccountId: AUTOMATION };
    const requestHandler = inProcessRequestHandler(organization);
    const [reading] = await readOrganization({ ...where, requestHandler, accountIds: [accountId] });
    expect(reading).toMatchObject({ groups: [], assignments: [] });
  });
});

describe('a delegated administrator account', () => {
  const delegated = async () => {
    const { identityCenter: center, ...seed } = exampleOrganization();
    if (center === undefined) throw new Error('There is no identity center.');
    const test = await identityCenter({
      seed: { ...seed, identityCenter: { ...center, delegatedAdministratorId: AUTOMATION } },
    });
    const settings = { ...test.settings(administrator(AUTOMATION)), region: REGION };
    const sso = new SSOAdminClient(settings);
    const create = (input: CreateAccountAssignmentCommandInput) =>
      outcomeOf(sso.send(new CreateAccountAssignmentCommand(input)));
    return { ...test, create };
  };

  it('assigns in accounts of the organization, and not in the management account', async () => {
    const { assignment, create } = await delegated();
    expect(await create(assignment(POWER))).toBe('ok');
    expect(await create({ ...assignment(POWER), TargetId: MANAGEMENT })).toBe('AccessDeniedException');
  });

  it('does not assign what is provisioned in the management account', async () => {
    const { assignment, create, sso, clock } = await delegated();
    await sso.send(new CreateAccountAssignmentCommand({ ...assignment(POWER), TargetId: MANAGEMENT }));
    clock.advance(120);
    expect(await create(assignment(POWER))).toBe('AccessDeniedException');
    expect(await create(assignment(ADMINISTRATOR))).toBe('ok');
  });
});
