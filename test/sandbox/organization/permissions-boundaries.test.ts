import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  type IAMClient,
  ListAccountAliasesCommand,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import {
  ACCESS_ROLE,
  administrator,
  assume,
  assumeAccessRole,
  iamOf,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  outcomeOf,
  type UnderTest,
} from './organization-under-test';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Condition?: object) =>
  document({ Effect: 'Allow', Action, Resource: '*', ...(Condition === undefined ? {} : { Condition }) });
const trust = (AWS: string) => document({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' });
const RoleName = ACCESS_ROLE;

interface Member extends UnderTest {
  readonly accountId: string;
  /** With the access role. */
  readonly iam: IAMClient;
  /** With the account's administrator, who is not judged. */
  readonly root: IAMClient;
  readonly policyArn: (name: string) => string;
}

async function member(): Promise<Member> {
  const test = organizationUnderTest();
  const accountId = await openAccount(test);
  const iam = iamOf(test, await assumeAccessRole(test, accountId));
  const root = iamOf(test, administrator(accountId));
  return { ...test, accountId, iam, root, policyArn: (name) => `arn:aws:iam::${accountId}:policy/${name}` };
}

const make = ({ root }: Member, PolicyName: string, PolicyDocument: string) =>
  root.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));

/** A boundary on the access role that lets it list aliases, long ago. */
async function bounded(): Promise<Member> {
  const test = await member();
  await make(test, 'Guard', allow(['iam:ListAccountAliases', 'sts:*']));
  test.clock.advance(30);
  const boundary = { RoleName, PermissionsBoundary: test.policyArn('Guard') };
  await test.root.send(new PutRolePermissionsBoundaryCommand(boundary));
  return test;
}

const listsAliases = ({ iam }: Member) => outcomeOf(iam.send(new ListAccountAliasesCommand({})));
const listsRoles = ({ iam }: Member) => outcomeOf(iam.send(new ListRolesCommand({})));

describe('a permissions boundary', () => {
  it('leaves what both it and the policies of the role allow, and says that it stands in the way', async () => {
    const test = await bounded();
    expect(await listsAliases(test)).toBe('ok');
    await expect(test.iam.send(new ListRolesCommand({}))).rejects.toThrow(
      'because no permissions boundary allows the iam:ListRoles action',
    );
    await test.root.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
    expect(await listsAliases(test)).toBe('AccessDenied');
  });

  it('is narrowed further by the policy of a session', async () => {
    const test = await bounded();
    const RoleArn = `arn:aws:iam::${test.accountId}:role/${ACCESS_ROLE}`;
    const session = { RoleArn, Policy: allow(['iam:ListRoles']) };
    const iam = iamOf(test, await assume(test, { credentials: administrator(MANAGEMENT) }, session));
    expect(await outcomeOf(iam.send(new ListAccountAliasesCommand({})))).toBe('AccessDenied');
    expect(await outcomeOf(iam.send(new ListRolesCommand({})))).toBe('AccessDenied');
  });

  it('binds at once, and leaves nothing while its policy is not known everywhere', async () => {
    const test = await member();
    await make(test, 'Guard', allow('iam:ListAccountAliases'));
    const boundary = { RoleName, PermissionsBoundary: test.policyArn('Guard') };
    await test.iam.send(new PutRolePermissionsBoundaryCommand(boundary));
    expect(await listsAliases(test)).toBe('AccessDenied');
    test.clock.advance(30);
    expect(await listsAliases(test)).toBe('ok');
  });

  it('that is taken away binds until that is known everywhere', async () => {
    const test = await bounded();
    await test.root.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    expect(await listsRoles(test)).toBe('AccessDenied');
    test.clock.advance(30);
    expect(await listsRoles(test)).toBe('ok');
    const { Role } = await test.root.send(new GetRoleCommand({ RoleName }));
    expect(Role?.PermissionsBoundary).toBeUndefined();
  });

  it('is shown by GetRole, and not by ListRoles', async () => {
    const test = await bounded();
    const { Role } = await test.root.send(new GetRoleCommand({ RoleName }));
    expect(Role?.PermissionsBoundary).toEqual({
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: test.policyArn('Guard'),
    });
    const { Roles = [] } = await test.root.send(new ListRolesCommand({}));
    expect(Roles.every(({ PermissionsBoundary }) => PermissionsBoundary === undefined)).toBe(true);
  });

  it('can be made a condition, of the one that is put and of the one that a role has', async () => {
    const test = await member();
    await make(test, 'Guard', allow('*'));
    await make(test, 'Other', allow('*'));
    const guard = test.policyArn('Guard');
    const PolicyDocument = document(
      {
        Effect: 'Allow',
        Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'],
        Resource: '*',
        Condition: { StringEquals: { 'iam:PermissionsBoundary': guard } },
      },
      {
        Effect: 'Allow',
        Action: ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
        Resource: '*',
        Condition: { StringEquals: { 'iam:PermissionsBoundary': guard } },
      },
    );
    await test.root.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }));
    await test.root.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
    test.clock.advance(30);
    const AssumeRolePolicyDocument = trust(`arn:aws:iam::${MANAGEMENT}:root`);
    const makes = (Name: string, PermissionsBoundary?: string) =>
      outcomeOf(
        test.iam.send(new CreateRoleCommand({ RoleName: Name, AssumeRolePolicyDocument, PermissionsBoundary })),
      );
    expect([await makes('A'), await makes('B', test.policyArn('Other')), await makes('C', guard)]).toEqual([
      'AccessDenied',
      'AccessDenied',
      'ok',
    ]);
    const attaches = (Name: string) =>
      outcomeOf(test.iam.send(new AttachRolePolicyCommand({ RoleName: Name, PolicyArn: ADMINISTRATOR })));
    expect([await attaches('C'), await attaches(ACCESS_ROLE)]).toEqual(['ok', 'AccessDenied']);
  });
});

describe('a customer managed policy', () => {
  it('counts in its default version, once that is known everywhere', async () => {
    const test = await bounded();
    const PolicyArn = test.policyArn('Guard');
    const PolicyDocument = allow('iam:ListRoles');
    await test.root.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument }));
    test.clock.advance(30);
    expect([await listsAliases(test), await listsRoles(test)]).toEqual(['ok', 'AccessDenied']);
    await test.root.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    expect([await listsAliases(test), await listsRoles(test)]).toEqual(['ok', 'AccessDenied']);
    test.clock.advance(30);
    expect([await listsAliases(test), await listsRoles(test)]).toEqual(['AccessDenied', 'ok']);
  });

  it('grants what it allows to a role that has it attached', async () => {
    const test = await member();
    await make(test, 'Names', allow('iam:ListAccountAliases'));
    await test.root.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: test.policyArn('Names') }));
    await test.root.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
    expect(await listsAliases(test)).toBe('AccessDenied');
    test.clock.advance(30);
    expect(await listsAliases(test)).toBe('ok');
  });

  it.each<[string, (test: Member) => Promise<unknown>, string]>([
    [
      'is not deleted while it is a boundary',
      ({ root, policyArn }) => root.send(new DeletePolicyCommand({ PolicyArn: policyArn('Guard') })),
      'DeleteConflictException',
    ],
    [
      'does not lose its default version',
      ({ root, policyArn }) =>
        root.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn('Guard'), VersionId: 'v1' })),
      'DeleteConflictException',
    ],
    [
      'is unknown to other accounts',
      (test) =>
        iamOf(test, administrator(MANAGEMENT)).send(new DeletePolicyCommand({ PolicyArn: test.policyArn('Guard') })),
      'NoSuchEntityException',
    ],
    [
      'has at most 6,144 characters',
      (test) => make(test, 'Long', allow(Array.from({ length: 600 }, (_, number) => `s3:GetObject${number}`))),
      'LimitExceededException',
    ],
    [
      'cannot be put where there is none',
      ({ root, policyArn }) =>
        root.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: policyArn('None') })),
      'NoSuchEntityException',
    ],
    [
      'is malformed without statements',
      (test) => make(test, 'Empty', '{"Version":"2012-10-17"}'),
      'MalformedPolicyDocumentException',
    ],
  ])('%s', async (_, call, name) => {
    expect(await outcomeOf(call(await bounded()))).toBe(name);
  });
});
