import {
  AttachRolePolicyCommand,
  CreateAccountAliasCommand,
  CreateRoleCommand,
  DeleteAccountAliasCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { MoveAccountCommand } from '@aws-sdk/client-organizations';
import {
  ACCESS_ROLE,
  administrator,
  assume,
  assumeAccessRole,
  AUTOMATION,
  DEV,
  iamOf,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  outcomeOf,
  ROOT,
  type UnderTest,
} from './organization-under-test';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const trust = (principal: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
  });
const allow = (Action: string | string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const controlTowerRole = {
  RoleName: 'AWSControlTowerExecution',
  AssumeRolePolicyDocument: trust(`arn:aws:iam::${MANAGEMENT}:root`),
};

/** An open account and an IAM client with its access role. */
async function member(test: UnderTest): Promise<{ readonly accountId: string; readonly iam: IAMClient }> {
  const accountId = await openAccount(test);
  return { accountId, iam: iamOf(test, await assumeAccessRole(test, accountId)) };
}

describe('roles', () => {
  it('are made in the account of the caller and read back', async () => {
    const test = organizationUnderTest();
    const { accountId, iam } = await member(test);
    const { Role } = await iam.send(
      new CreateRoleCommand({ ...controlTowerRole, Tags: [{ Key: 'made-by', Value: 'test' }] }),
    );

    expect(Role?.Arn).toBe(`arn:aws:iam::${accountId}:role/AWSControlTowerExecution`);
    const read = (await iam.send(new GetRoleCommand({ RoleName: controlTowerRole.RoleName }))).Role;
    expect(read).toMatchObject({ Path: '/', MaxSessionDuration: 3600, Tags: [{ Key: 'made-by', Value: 'test' }] });
    expect(decodeURIComponent(read?.AssumeRolePolicyDocument ?? '')).toBe(controlTowerRole.AssumeRolePolicyDocument);
    expect(read?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22/);
    const names = (await iam.send(new ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName);
    expect(names).toEqual([ACCESS_ROLE, 'AWSServiceRoleForOrganizations', 'AWSControlTowerExecution']);
  });

  it('can be assumed only after propagation', async () => {
    const test = organizationUnderTest();
    const { accountId, iam } = await member(test);
    await iam.send(new CreateRoleCommand(controlTowerRole));
    const RoleArn = `arn:aws:iam::${accountId}:role/AWSControlTowerExecution`;
    const attempt = () => assume(test, { credentials: administrator(MANAGEMENT) }, { RoleArn });

    expect(await outcomeOf(attempt())).toBe('AccessDenied');
    expect(test.organization.calls.at(-1)?.notYet).toBe(true);
    test.clock.advance(30);
    expect(await outcomeOf(attempt())).toBe('ok');
  });

  it('are deleted only without policies', async () => {
    const test = organizationUnderTest();
    const { iam } = await member(test);
    const RoleName = controlTowerRole.RoleName;
    await iam.send(new CreateRoleCommand(controlTowerRole));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: allow('s3:*') }));

    expect(await outcomeOf(iam.send(new DeleteRoleCommand({ RoleName })))).toBe('DeleteConflictException');
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
    expect(await outcomeOf(iam.send(new DeleteRoleCommand({ RoleName })))).toBe('DeleteConflictException');
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' }));
    expect(await outcomeOf(iam.send(new DeleteRoleCommand({ RoleName })))).toBe('ok');
    expect(await outcomeOf(iam.send(new GetRoleCommand({ RoleName })))).toBe('NoSuchEntityException');
  });

  it.each([
    ['a name that is taken', { RoleName: ACCESS_ROLE }, 'EntityAlreadyExistsException'],
    ['a name that is taken in other letters', { RoleName: ACCESS_ROLE.toLowerCase() }, 'EntityAlreadyExistsException'],
    ['a trust that is no JSON', { AssumeRolePolicyDocument: 'trust me' }, 'MalformedPolicyDocumentException'],
    [
      'a trust without statements',
      { AssumeRolePolicyDocument: '{"Version":"2012-10-17"}' },
      'MalformedPolicyDocumentException',
    ],
    ['a name with a space', { RoleName: 'my role' }, 'ValidationError'],
  ])('are refused for %s', async (_case, input, name) => {
    const { iam } = await member(organizationUnderTest());
    expect(await outcomeOf(iam.send(new CreateRoleCommand({ ...controlTowerRole, ...input })))).toBe(name);
  });

  it('of AWS itself cannot be changed', async () => {
    const { iam } = await member(organizationUnderTest());
    const command = new AttachRolePolicyCommand({
      RoleName: 'AWSServiceRoleForOrganizations',
      PolicyArn: ADMINISTRATOR,
    });
    expect(await outcomeOf(iam.send(command))).toBe('UnmodifiableEntityException');
  });
});

describe('policies of a role', () => {
  it('are attached once and detached once', async () => {
    const { iam } = await member(organizationUnderTest());
    const RoleName = controlTowerRole.RoleName;
    const attachment = { RoleName, PolicyArn: ADMINISTRATOR };
    await iam.send(new CreateRoleCommand(controlTowerRole));
    await iam.send(new AttachRolePolicyCommand(attachment));
    await iam.send(new AttachRolePolicyCommand(attachment));
    expect(await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).toMatchObject({
      AttachedPolicies: [{ PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR }],
      IsTruncated: false,
    });
    await iam.send(new DetachRolePolicyCommand(attachment));
    expect(await outcomeOf(iam.send(new DetachRolePolicyCommand(attachment)))).toBe('NoSuchEntityException');
    const unknown = new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/NoSuchPolicy' });
    expect(await outcomeOf(iam.send(unknown))).toBe('NoSuchEntityException');
  });

  it('are put, replaced, read and deleted by name', async () => {
    const { iam } = await member(organizationUnderTest());
    const named = { RoleName: ACCESS_ROLE, PolicyName: 'own' };
    await iam.send(new PutRolePolicyCommand({ ...named, PolicyDocument: allow('s3:*') }));
    await iam.send(new PutRolePolicyCommand({ ...named, PolicyDocument: allow('iam:*') }));
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName: ACCESS_ROLE }))).PolicyNames).toEqual(['own']);
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand(named));
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(allow('iam:*'));
    await iam.send(new DeleteRolePolicyCommand(named));
    expect(await outcomeOf(iam.send(new GetRolePolicyCommand(named)))).toBe('NoSuchEntityException');
  });

  it.each([
    ['text that is no policy', 'everything', 'MalformedPolicyDocumentException'],
    ['a policy with a principal', trust('*'), 'MalformedPolicyDocumentException'],
    [
      'more than 10,240 characters',
      allow(Array.from({ length: 1000 }, (_, n) => `s3:GetObject${n}`)),
      'LimitExceededException',
    ],
  ])('are refused for %s', async (_case, PolicyDocument, name) => {
    const { iam } = await member(organizationUnderTest());
    const command = new PutRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyName: 'own', PolicyDocument });
    expect(await outcomeOf(iam.send(command))).toBe(name);
  });
});

describe('account aliases', () => {
  const set = (iam: IAMClient, AccountAlias: string) => iam.send(new CreateAccountAliasCommand({ AccountAlias }));

  it('replace one another and are gone when deleted', async () => {
    const { iam } = await member(organizationUnderTest());
    await set(iam, 'corp-shop');
    await set(iam, 'corp-web');
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['corp-web']);
    const gone = new DeleteAccountAliasCommand({ AccountAlias: 'corp-shop' });
    expect(await outcomeOf(iam.send(gone))).toBe('NoSuchEntityException');
    await iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'corp-web' }));
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([]);
  });

  it.each([
    ['an alias taken elsewhere in AWS', 'taken-elsewhere', 'EntityAlreadyExistsException'],
    ['its own present alias', 'corp-shop', 'EntityAlreadyExistsException'],
    ['two hyphens in a row', 'corp--shop', 'ValidationError'],
    ['capital letters', 'Corp-Shop', 'ValidationError'],
    ['twelve digits', '123456789012', 'ValidationError'],
    ['two characters', 'ab', 'ValidationError'],
  ])('are refused for %s', async (_case, wanted, name) => {
    const { iam } = await member(organizationUnderTest());
    await set(iam, 'corp-shop');
    expect(await outcomeOf(set(iam, wanted))).toBe(name);
  });

  it('are unique across accounts', async () => {
    const test = organizationUnderTest();
    const { iam } = await member(test);
    await set(iam, 'corp-shop');
    expect(await outcomeOf(set(iamOf(test, administrator(AUTOMATION)), 'corp-shop'))).toBe(
      'EntityAlreadyExistsException',
    );
  });
});

describe('what the access role may do', () => {
  it('is Control Tower’s own business only before the account is in a registered OU', async () => {
    const before = organizationUnderTest();
    expect(await outcomeOf((await member(before)).iam.send(new CreateRoleCommand(controlTowerRole)))).toBe('ok');

    const after = organizationUnderTest();
    const { accountId, iam } = await member(after);
    await after.organizations.send(
      new MoveAccountCommand({ AccountId: accountId, SourceParentId: ROOT, DestinationParentId: DEV }),
    );
    await expect(iam.send(new CreateRoleCommand(controlTowerRole))).rejects.toThrow(
      'with an explicit deny in a service control policy',
    );
    const execution = { ...controlTowerRole, RoleName: 'AWSCloudFormationStackSetExecutionRole' };
    expect(await outcomeOf(iam.send(new CreateRoleCommand(execution)))).toBe('ok');
  });

  it('ends at once with the policies that are taken away', async () => {
    const { iam } = await member(organizationUnderTest());
    await iam.send(new DetachRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyArn: ADMINISTRATOR }));
    await expect(iam.send(new ListAccountAliasesCommand({}))).rejects.toThrow(
      'because no identity-based policy allows the iam:ListAccountAliases action',
    );
  });

  it('begins with a new policy only after propagation', async () => {
    const test = organizationUnderTest();
    const { iam } = await member(test);
    const PolicyDocument = allow('iam:ListAccountAliases');
    await iam.send(new PutRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyName: 'own', PolicyDocument }));
    await iam.send(new DetachRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyArn: ADMINISTRATOR }));
    expect(await outcomeOf(iam.send(new ListAccountAliasesCommand({})))).toBe('AccessDenied');
    test.clock.advance(30);
    expect(await outcomeOf(iam.send(new ListAccountAliasesCommand({})))).toBe('ok');
    expect(await outcomeOf(iam.send(new ListRolesCommand({})))).toBe('AccessDenied');
  });

  it('grows by an attached policy only after propagation', async () => {
    const test = organizationUnderTest();
    const { iam } = await member(test);
    const named = { RoleName: ACCESS_ROLE, PolicyName: 'own' };
    const PolicyDocument = allow(['iam:AttachRolePolicy', 'iam:DetachRolePolicy']);
    await iam.send(new PutRolePolicyCommand({ ...named, PolicyDocument }));
    test.clock.advance(30);
    await iam.send(new DetachRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyArn: ADMINISTRATOR }));
    const PolicyArn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';
    await iam.send(new AttachRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyArn }));
    expect(await outcomeOf(iam.send(new ListRolesCommand({})))).toBe('AccessDenied');
    test.clock.advance(30);
    expect(await outcomeOf(iam.send(new ListRolesCommand({})))).toBe('ok');
  });

  it('is narrowed by the session’s own policy', async () => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test);
    const narrowed = await assume(
      test,
      { credentials: administrator(MANAGEMENT) },
      { RoleArn: `arn:aws:iam::${accountId}:role/${ACCESS_ROLE}`, Policy: allow('iam:ListAccountAliases') },
    );
    const iam = iamOf(test, narrowed);
    expect(await outcomeOf(iam.send(new ListAccountAliasesCommand({})))).toBe('ok');
    expect(await outcomeOf(iam.send(new ListRolesCommand({})))).toBe('AccessDenied');
  });

  it('does not bind the administrator who runs the sandbox', async () => {
    const test = organizationUnderTest();
    const { accountId, iam } = await member(test);
    await iam.send(new DetachRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyArn: ADMINISTRATOR }));
    expect(await outcomeOf(iamOf(test, administrator(accountId)).send(new ListRolesCommand({})))).toBe('ok');
  });
});
