import { identityStoreGroupDirectory } from '../../../../functions/aws/identity-center/identity-store-group-directory';
import { ssoAdminAccountAssignments } from '../../../../functions/aws/identity-center/sso-admin-account-assignments';
import { ssoAdminPermissionSets } from '../../../../functions/aws/identity-center/sso-admin-client';
import { awsError, type CannedAnswer } from '../../../fakes/canned-request-handler';
import { expectRejected } from '../../../fakes/expect-rejected';
import { cannedCaller, MEMBER, OrganizationWorld, type WorldOptions } from '../organization-world';

const identityStore = {
  region: 'eu-central-1',
  identityStoreId: 'd-1234567890',
  instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
};
const permissionSet = (id: string) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${id}`;
const ADMINISTRATOR = permissionSet('ad00000000000001');
const AUTOMATION = '333333333333';

async function assignmentsIn(options: WorldOptions = {}) {
  const world = new OrganizationWorld(options);
  const session = world.caller({ permissions: { management: ['identitystore:*', 'sso:*'] } });
  const directory = identityStoreGroupDirectory(session, identityStore);
  const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
  const assignments = ssoAdminAccountAssignments(session, identityStore);
  const assignment = { accountId: MEMBER, groupId, permissionSetArn: ADMINISTRATOR };
  const made = async (change = assignment) => {
    const started = await assignments.create(change);
    world.pass(30);
    return started;
  };
  return { world, directory, assignments, assignment, groupId, made };
}

const requestIdOf = (started: unknown): string => (started as { requestId: string }).requestId;

describe('account assignments', () => {
  it('are made and taken away by requests that are looked at', async () => {
    const { world, assignments, assignment, groupId } = await assignmentsIn();
    const creation = requestIdOf(await assignments.create(assignment));
    expect(await assignments.describe('creation', creation)).toEqual({ state: 'IN_PROGRESS', reason: null });
    world.pass(30);
    expect(await assignments.describe('creation', creation)).toEqual({ state: 'SUCCEEDED', reason: null });
    expect(await assignments.listOfGroup(MEMBER, groupId)).toEqual([ADMINISTRATOR]);
    const deletion = requestIdOf(await assignments.delete(assignment));
    world.pass(30);
    expect(await assignments.describe('deletion', deletion)).toEqual({ state: 'SUCCEEDED', reason: null });
    expect(await assignments.listOfGroup(MEMBER, groupId)).toEqual([]);
  });

  it('are listed for the one account', async () => {
    const { assignments, assignment, groupId, made } = await assignmentsIn();
    await made({ ...assignment, accountId: AUTOMATION });
    expect(await assignments.listOfGroup(MEMBER, groupId)).toEqual([]);
    expect(await assignments.listOfGroup(AUTOMATION, groupId)).toEqual([ADMINISTRATOR]);
  });

  it('wait for a request that is at work on the same one', async () => {
    const { assignments, assignment } = await assignmentsIn();
    await assignments.create(assignment);
    expect(await assignments.create(assignment)).toBe('busy');
  });

  it.each(['ThrottlingException', 'ConflictException', 'ServiceQuotaExceededException'])(
    'wait for a place when AWS says %s',
    async (code) => {
      const faults = {
        beforeCall: ({ operation }: { readonly operation: string }) =>
          operation === 'CreateAccountAssignment'
            ? ({ kind: 'error', code, status: 400, message: 'Too many.' } as const)
            : undefined,
      };
      const { assignments, assignment } = await assignmentsIn({ faults });
      expect(await assignments.create(assignment)).toBe('busy');
    },
  );

  it('are absent where the permission set is, or the assignment itself', async () => {
    const { assignments, assignment } = await assignmentsIn();
    const unknown = { ...assignment, permissionSetArn: permissionSet('0000000000000000') };
    const absent = { absent: expect.stringContaining('ResourceNotFoundException: ') as string };
    expect(await assignments.create(unknown)).toEqual(absent);
    expect(await assignments.delete(assignment)).toEqual(absent);
  });

  it('fail with the reason of Identity Center', async () => {
    const { assignments, made } = await assignmentsIn({
      faults: { accountAssignment: () => 'The role is protected.' },
    });
    const look = await assignments.describe('creation', requestIdOf(await made()));
    expect(look).toEqual({ state: 'FAILED', reason: 'The role is protected.' });
  });

  it('may be forgotten', async () => {
    const { assignments } = await assignmentsIn();
    const look = await assignments.describe('creation', '11111111-1111-4111-8111-111111111111');
    expect(look).toEqual({ state: 'UNKNOWN', reason: null });
  });
});

const INSTANCE = identityStore.instanceArn;
const denied = awsError('AccessDeniedException');
const absent = awsError('ResourceNotFoundException');
const answer = (body: object): CannedAnswer => ({ body });

/** IAM Identity Center with the answers of a test. */
function answering(center: Parameters<typeof ssoAdminAccountAssignments>[1], ...answers: readonly CannedAnswer[]) {
  const { handler, session } = cannedCaller(...answers);
  return {
    assignments: ssoAdminAccountAssignments(session, center),
    sets: ssoAdminPermissionSets(session, identityStore),
    asked: () => handler.requests.map(({ target, body }) => [target.split('.')[1], body]),
  };
}

describe('what a group has been given', () => {
  const given = (AccountId: string, PermissionSetArn?: string) => ({ AccountId, PermissionSetArn, PrincipalId: 'g' });
  const question = { InstanceArn: INSTANCE, PrincipalId: 'g', PrincipalType: 'GROUP' };

  it('is listed to its end, in an account or in all of them', async () => {
    const pages = [
      answer({ NextToken: 'two' }),
      answer({ AccountAssignments: [given('1', 'ps-1'), given('2')], NextToken: 'three' }),
      answer({ AccountAssignments: [given('3', 'ps-2'), { PermissionSetArn: 'ps-3' }] }),
    ];
    const { assignments, asked } = answering(identityStore, ...pages, ...pages);
    expect(await assignments.listOfGroup(MEMBER, 'g')).toEqual(['ps-1', 'ps-2', 'ps-3']);
    expect(await assignments.accountsOfGroup('g')).toEqual(['1', '3', '']);
    expect(asked().map(([, body]) => body)).toEqual(
      [{ ...question, Filter: { AccountId: MEMBER } }, question].flatMap((one) => [
        one,
        { ...one, NextToken: 'two' },
        { ...one, NextToken: 'three' },
      ]),
    );
  });

  it('is nothing where AWS does not know the group, and no answer where it may not be seen', async () => {
    expect(await answering(identityStore, absent).assignments.listOfGroup(MEMBER, 'g')).toEqual([]);
    const { assignments } = answering(identityStore, denied);
    await expectRejected(assignments.listOfGroup(MEMBER, 'g'), 'list the assignments of group g', 'policies');
    await expectRejected(assignments.accountsOfGroup('g'), 'list the assignments of group g', 'policies');
  });

  it.each([
    ['none is configured', null],
    ['its region alone is', { region: 'eu-central-1', instanceArn: null }],
  ])('is asked of the one instance that there is, where %s', async (_, center) => {
    const { assignments, asked } = answering(
      center,
      answer({ Instances: [{ InstanceArn: 'no store' }, { IdentityStoreId: 'd-0' }], NextToken: 'two' }),
      answer({ NextToken: 'three' }),
      answer({
        Instances: [
          { InstanceArn: INSTANCE, IdentityStoreId: 'd-1' },
          { InstanceArn: 'b', IdentityStoreId: 'd-2' },
        ],
      }),
      answer({}),
    );
    expect(await assignments.accountsOfGroup('g')).toEqual([]);
    expect(asked().map(([name]) => name)).toEqual([
      'ListInstances',
      'ListInstances',
      'ListInstances',
      'ListAccountAssignmentsForPrincipal',
    ]);
    expect(asked().at(-1)?.[1]).toEqual(question);
  });
});

describe('a request for an assignment', () => {
  const assignment = { accountId: MEMBER, groupId: 'g', permissionSetArn: 'ps-1' };
  const input = {
    InstanceArn: INSTANCE,
    TargetId: MEMBER,
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn: 'ps-1',
    PrincipalType: 'GROUP',
    PrincipalId: 'g',
  };

  it('names account, permission set, and group or user', async () => {
    const status = { RequestId: 'r-1' };
    const { assignments, asked } = answering(
      identityStore,
      answer({ AccountAssignmentCreationStatus: status, AccountAssignmentDeletionStatus: status }),
    );
    const started = { requestId: 'r-1' };
    expect(await assignments.create(assignment)).toEqual(started);
    expect(await assignments.delete(assignment)).toEqual(started);
    expect(await assignments.delete({ ...assignment, principalType: 'USER' })).toEqual(started);
    expect(asked()).toEqual([
      ['CreateAccountAssignment', input],
      ['DeleteAccountAssignment', input],
      ['DeleteAccountAssignment', { ...input, PrincipalType: 'USER' }],
    ]);
  });

  it('says what it was where it is refused or answered without an id', async () => {
    const refused = answering(identityStore, denied).assignments;
    await expectRejected(refused.create(assignment), `assign ps-1 in account ${MEMBER}`, 'policies');
    await expectRejected(refused.delete(assignment), `take ps-1 away in account ${MEMBER}`, 'policies');
    await expectRejected(refused.describe('creation', 'r-1'), 'describe the assignment request r-1', 'policies');
    const silent = answering(identityStore, answer({})).assignments;
    await expect(silent.create(assignment)).rejects.toThrow('without a request id');
    await expect(silent.delete(assignment)).rejects.toThrow('without a request id');
  });

  it.each([
    [
      { Status: 'FAILED', FailureReason: 'no' },
      { state: 'FAILED', reason: 'no' },
    ],
    [{ Status: 'SUCCEEDED' }, { state: 'SUCCEEDED', reason: null }],
    [{}, { state: 'IN_PROGRESS', reason: null }],
    [undefined, { state: 'IN_PROGRESS', reason: null }],
  ])('that stands at %j is looked at by its kind', async (status, progress) => {
    const creation = answering(identityStore, answer({ AccountAssignmentCreationStatus: status }));
    expect(await creation.assignments.describe('creation', 'r-1')).toEqual(progress);
    const deletion = answering(identityStore, answer({ AccountAssignmentDeletionStatus: status }));
    expect(await deletion.assignments.describe('deletion', 'r-2')).toEqual(progress);
    expect([...creation.asked(), ...deletion.asked()]).toEqual([
      ['DescribeAccountAssignmentCreationStatus', { InstanceArn: INSTANCE, AccountAssignmentCreationRequestId: 'r-1' }],
      ['DescribeAccountAssignmentDeletionStatus', { InstanceArn: INSTANCE, AccountAssignmentDeletionRequestId: 'r-2' }],
    ]);
  });

  it('is made by the delegated administrator, and what the Account Factory gave is taken away by the management', async () => {
    const world = new OrganizationWorld();
    const caller = world.caller({ permissions: { management: ['sso:*'] } });
    const identityCenterRoleArn = 'arn:aws:iam::333333333333:role/MeshfedAutomationRole-Read';
    const settings = { ...caller.settings, identityCenterRoleArn };
    const assignments = ssoAdminAccountAssignments({ ...caller, settings }, identityStore);
    const ofUser = { ...assignment, permissionSetArn: ADMINISTRATOR, principalType: 'USER' } as const;
    const group = { ...assignment, permissionSetArn: ADMINISTRATOR };
    for (const one of [group, ofUser]) await assignments.delete(one).catch(String);
    await assignments.create(group).catch(String);
    const by = ['CreateAccountAssignment', 'DeleteAccountAssignment'].flatMap((name) =>
      world.callsOf(name).map(({ principal }) => principal?.accountId),
    );
    expect(by).toEqual(['333333333333', '333333333333', '222222222222']);
  });
});

describe('the administration of IAM Identity Center', () => {
  it.each([
    [{ region: 'eu-west-1', instanceArn: INSTANCE }, 'eu-west-1', 'MeshfedServiceRole-ControlTower'],
    [{ region: 'eu-west-1', instanceArn: INSTANCE, ofManagement: true }, 'eu-west-1', 'MeshfedServiceRole-Arrange'],
    [null, 'eu-central-1', 'MeshfedServiceRole-ControlTower'],
  ])('is in its region, by the role for what it is about: %j', async (center, region, roleName) => {
    const world = new OrganizationWorld();
    const caller = world.caller({ permissions: { management: ['sso:*'] } });
    const managementAccessRoleArn = 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Arrange';
    const session = { ...caller, settings: { ...caller.settings, managementAccessRoleArn } };
    await ssoAdminAccountAssignments(session, center).accountsOfGroup('g').catch(String);
    expect(world.organization.calls.at(-1)).toMatchObject({ region, principal: { roleName } });
  });
});

describe('the permission sets of IAM Identity Center', () => {
  it('are listed to their end', async () => {
    const { sets, asked } = answering(
      identityStore,
      answer({ NextToken: 'two' }),
      answer({ PermissionSets: ['ps-1', 'ps-2'], NextToken: 'three' }),
      answer({ PermissionSets: ['ps-3'] }),
    );
    expect(await sets.list()).toEqual(['ps-1', 'ps-2', 'ps-3']);
    const question = { InstanceArn: INSTANCE, MaxResults: 100 };
    expect(asked().map(([, body]) => body)).toEqual([
      question,
      { ...question, NextToken: 'two' },
      { ...question, NextToken: 'three' },
    ]);
  });

  it('are unknown where the instance is not there, which is not one that may not be seen', async () => {
    expect(await answering(identityStore, absent).sets.list()).toBeUndefined();
    const refused = answering(identityStore, denied).sets.list();
    await expectRejected(refused, 'list the permission sets of IAM Identity Center', 'policies');
  });
});
