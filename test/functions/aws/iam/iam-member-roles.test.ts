import { CreatePolicyCommand, CreateRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';

import { memberCredentials } from '../../../../functions/aws/base/assumed-role';
import { iamMemberRoles } from '../../../../functions/aws/iam/iam-member-roles';
import { SET_BOUNDARY, TRUSTS_TOO_MANY } from '../../../../functions/ports/iam';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';
import { expectRejected } from '../../../fakes/expect-rejected';
import { ACCESS_ROLE, entry, faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const executionRole = {
  name: 'AWSCloudFormationStackSetExecutionRole',
  trustedAccountId: '333333333333',
  managedPolicyArns: [ADMINISTRATOR],
};
const controlTowerRole = { ...executionRole, name: 'AWSControlTowerExecution', trustedAccountId: '222222222222' };
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::333333333333:root' }, Action: 'sts:AssumeRole' }],
};

/** The organization with its member account in another place. */
const worldWithMemberIn = (parentId: string): OrganizationWorld => {
  const { accounts } = exampleOrganization();
  const member = { id: MEMBER, name: 'member', email: 'member@corp.example', accessRole: ACCESS_ROLE };
  return new OrganizationWorld({ seed: { accounts: [...accounts, { ...member, parentId }] } });
};

const iamIn = (world: OrganizationWorld): IAMClient =>
  new IAMClient({
    ...world.caller().settings,
    region: 'us-east-1',
    credentials: memberCredentials(world.caller(), entry),
  });

const roleIn = (world: OrganizationWorld, name = executionRole.name) =>
  world.organization.state.accounts.get(MEMBER)?.roles.get(name);

describe('a role in a member account', () => {
  it('is made with its trust and policies', async () => {
    const world = new OrganizationWorld();
    const changes = await iamMemberRoles(world.caller()).ensureRole(entry, executionRole);
    expect(changes).toEqual(['made the role', `attached ${ADMINISTRATOR}`]);
    expect(JSON.parse(roleIn(world)?.trust.document ?? '')).toEqual(trust);
    expect([...(roleIn(world)?.attached.keys() ?? [])]).toEqual([ADMINISTRATOR]);
  });

  it('is made whole where somebody has made it between our look and our write', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('GetRole', refusal('NoSuchEntity', 404)) });
    const command = new CreateRoleCommand({
      RoleName: executionRole.name,
      AssumeRolePolicyDocument: JSON.stringify(trust),
    });
    await iamIn(world).send(command);
    const changes = await iamMemberRoles(world.caller()).ensureRole(entry, executionRole);
    expect(changes).toEqual(['made the role', `attached ${ADMINISTRATOR}`]);
    expect([...(roleIn(world)?.attached.keys() ?? [])]).toEqual([ADMINISTRATOR]);
  });

  it('is found the second time, and nothing is written', async () => {
    const world = new OrganizationWorld();
    await iamMemberRoles(world.caller()).ensureRole(entry, executionRole);
    const written = world.writes.length;
    expect(await iamMemberRoles(world.caller()).ensureRole(entry, executionRole)).toEqual([]);
    expect(world.writes).toHaveLength(written);
  });

  it.each(['CreateRole', 'AttachRolePolicy'])('is made whole after the answer of %s was lost', async (operation) => {
    const world = new OrganizationWorld({ faults: faultsFor(operation, { kind: 'lost-answer' }) });
    const roles = iamMemberRoles(world.caller());
    await expect(roles.ensureRole(entry, executionRole)).rejects.toMatchObject({ name: 'TransientError' });
    await roles.ensureRole(entry, executionRole);
    expect([...(roleIn(world)?.attached.keys() ?? [])]).toEqual([ADMINISTRATOR]);
    expect(world.callsOf(operation)).toHaveLength(1);
  });

  it('gets its trust back when somebody has changed it, and keeps policies that others have attached', async () => {
    const world = new OrganizationWorld();
    const roles = iamMemberRoles(world.caller());
    await roles.ensureRole(entry, executionRole);
    const other = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    roleIn(world)?.attached.set(other, { name: 'ReadOnlyAccess', effectiveAt: 0 });
    const changed = JSON.stringify({ ...trust, Statement: [{ ...trust.Statement[0], Principal: { AWS: '*' } }] });
    const command = new UpdateAssumeRolePolicyCommand({ RoleName: executionRole.name, PolicyDocument: changed });
    await iamIn(world).send(command);
    expect(await roles.ensureRole(entry, executionRole)).toEqual(['set its trust']);
    expect(JSON.parse(roleIn(world)?.trust.document ?? '')).toEqual(trust);
    expect([...(roleIn(world)?.attached.keys() ?? [])].toSorted()).toEqual([ADMINISTRATOR, other]);
  });

  describe('that trusts some roles of an account alone', () => {
    const administration = 'arn:aws:iam::333333333333:role/AWSCloudFormationStackSetAdministrationRole';
    const narrow = { ...executionRole, trustedRoleArns: [administration] };
    const narrowTrust = {
      ...trust,
      Statement: [{ ...trust.Statement[0], Condition: { ArnEquals: { 'aws:PrincipalArn': [administration] } } }],
    };

    it('is made so, and found the second time', async () => {
      const world = new OrganizationWorld();
      const roles = iamMemberRoles(world.caller());
      await roles.ensureRole(entry, narrow);
      expect(JSON.parse(roleIn(world)?.trust.document ?? '')).toEqual(narrowTrust);
      expect(await roles.ensureRole(entry, narrow)).toEqual([]);
    });

    it('is narrowed where an earlier release made it', async () => {
      const world = new OrganizationWorld();
      const roles = iamMemberRoles(world.caller());
      await roles.ensureRole(entry, executionRole);
      expect(await roles.differences(entry, narrow)).toEqual([TRUSTS_TOO_MANY]);
      expect(await roles.ensureRole(entry, narrow)).toEqual([TRUSTS_TOO_MANY]);
      expect(JSON.parse(roleIn(world)?.trust.document ?? '')).toEqual(narrowTrust);
    });

    it.each([
      ['another account', '333333333333:root', '999999999999:root'],
      ['another role', 'AdministrationRole', 'OtherRole'],
    ])('gets its trust back when it trusts %s', async (_, from, to) => {
      const world = new OrganizationWorld();
      const roles = iamMemberRoles(world.caller());
      await roles.ensureRole(entry, narrow);
      const document = JSON.stringify(narrowTrust).replace(from, to);
      await iamIn(world).send(new UpdateAssumeRolePolicyCommand({ RoleName: narrow.name, PolicyDocument: document }));
      expect(await roles.differences(entry, narrow)).toEqual(['set its trust']);
    });
  });

  it('is taken as it is when the same trust is written in another layout', async () => {
    const world = new OrganizationWorld();
    const document = JSON.stringify(trust, null, 2);
    const command = new CreateRoleCommand({ RoleName: executionRole.name, AssumeRolePolicyDocument: document });
    await iamIn(world).send(command);
    const changes = await iamMemberRoles(world.caller()).ensureRole(entry, executionRole);
    expect(changes).toEqual([`attached ${ADMINISTRATOR}`]);
  });

  it('may not be made any more in an OU that is registered with Control Tower: the remedy says why and what to do', async () => {
    const world = worldWithMemberIn('ou-ab12-cdefgh34');
    await expectRejected(
      iamMemberRoles(world.caller()).ensureRole(entry, controlTowerRole),
      `The role AWSControlTowerExecution may not be made in account ${MEMBER}`,
      'outside the OU until the role is there',
    );
    expect(roleIn(world, controlTowerRole.name)).toBeUndefined();
  });

  it('is taken as Control Tower wrote it in such an OU, where nobody may write it again', async () => {
    const world = worldWithMemberIn('ou-ab12-legacy01');
    const roles = iamMemberRoles(world.caller());
    await roles.ensureRole(entry, controlTowerRole);
    const [statement] = trust.Statement;
    const theirs = { ...statement, Principal: { AWS: ['arn:aws:iam::222222222222:root'] }, Condition: {} };
    const document = JSON.stringify({ ...trust, Statement: [theirs] });
    await iamIn(world).send(
      new UpdateAssumeRolePolicyCommand({ RoleName: controlTowerRole.name, PolicyDocument: document }),
    );
    const account = world.organization.state.accounts.get(MEMBER);
    if (account !== undefined) account.parentId = 'ou-ab12-cdefgh34';
    expect(await roles.ensureRole(entry, controlTowerRole)).toEqual([]);
    expect(roleIn(world, controlTowerRole.name)?.trust.document).toBe(document);
  });

  it('is made outside such an OU', async () => {
    const world = worldWithMemberIn('ou-ab12-legacy01');
    await iamMemberRoles(world.caller()).ensureRole(entry, controlTowerRole);
    expect(roleIn(world, controlTowerRole.name)).toBeDefined();
  });

  it.each([
    { what: 'it is there as it is made', change: () => undefined, differences: [] },
    {
      what: 'it is absent',
      change: (world: OrganizationWorld) => rolesIn(world).delete(executionRole.name),
      differences: ['made the role', ...executionRole.managedPolicyArns.map((arn) => `attached ${arn}`)],
    },
    {
      what: 'it lacks a policy',
      change: (world: OrganizationWorld) => roleIn(world)?.attached.clear(),
      differences: executionRole.managedPolicyArns.map((arn) => `attached ${arn}`),
    },
    {
      what: 'it trusts somebody else',
      change: (world: OrganizationWorld) => {
        const role = roleIn(world);
        const document = JSON.stringify(trust).replace('333333333333', '999999999999');
        if (role !== undefined) role.trust = { document, effectiveAt: 0, previous: null };
      },
      differences: ['set its trust'],
    },
  ])('is looked at without a write: $what', async ({ change, differences }) => {
    const world = new OrganizationWorld();
    const roles = iamMemberRoles(world.caller());
    await roles.ensureRole(entry, executionRole);
    change(world);
    const written = world.writes.length;
    expect(await roles.differences(entry, executionRole)).toEqual(differences);
    expect(world.writes).toHaveLength(written);
  });
});

describe('a role in a member account, where a permissions boundary is asked for', () => {
  const POWER_USER = 'arn:aws:iam::aws:policy/PowerUserAccess';
  const bounded = (world: OrganizationWorld, memberPermissionsBoundary: string) =>
    iamMemberRoles(world.caller({ settings: { ...world.caller().settings, memberPermissionsBoundary } }));
  const boundaryIn = (world: OrganizationWorld, name?: string) => roleIn(world, name)?.boundary.arn ?? null;

  it('is made with it', async () => {
    const world = new OrganizationWorld();
    const changes = await bounded(world, POWER_USER).ensureRole(entry, executionRole);

    expect(changes).toEqual(['made the role', `attached ${ADMINISTRATOR}`]);
    expect(boundaryIn(world)).toBe(POWER_USER);
    expect(await bounded(world, POWER_USER).differences(entry, executionRole)).toEqual([]);
  });

  it.each([
    ['none', undefined],
    ['another one', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
  ])('gets it where it is there with %s', async (_, before) => {
    const world = new OrganizationWorld();
    await (before === undefined ? iamMemberRoles(world.caller()) : bounded(world, before)).ensureRole(
      entry,
      executionRole,
    );

    expect(await bounded(world, POWER_USER).ensureRole(entry, executionRole)).toEqual([SET_BOUNDARY]);
    expect(boundaryIn(world)).toBe(POWER_USER);
  });

  it('keeps the one that somebody has put on it, where none is asked for', async () => {
    const world = new OrganizationWorld();
    await bounded(world, POWER_USER).ensureRole(entry, executionRole);

    expect(await iamMemberRoles(world.caller()).ensureRole(entry, executionRole)).toEqual([]);
    expect(boundaryIn(world)).toBe(POWER_USER);
  });

  it('is without it where the role is one of AWS', async () => {
    const world = worldWithMemberIn('ou-ab12-legacy01');
    await bounded(world, POWER_USER).ensureRole(entry, { ...controlTowerRole, hasBoundary: false });

    expect(boundaryIn(world, controlTowerRole.name)).toBeNull();
  });

  it('waits for a policy of its own account, and has it as boundary once that is there', async () => {
    const world = new OrganizationWorld();
    const roles = bounded(world, 'boundaries/Vending');
    await expect(roles.ensureRole(entry, executionRole)).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringMatching(
        /no policy arn:aws:iam::444444444444:policy\/boundaries\/Vending .*stack set/u,
      ) as unknown,
    });
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    const policy = { PolicyName: 'Vending', Path: '/boundaries/', PolicyDocument: document };
    await iamIn(world).send(new CreatePolicyCommand(policy));
    await roles.ensureRole(entry, executionRole);

    expect(boundaryIn(world)).toBe('arn:aws:iam::444444444444:policy/boundaries/Vending');
  });
});

const rolesIn = (world: OrganizationWorld) =>
  world.organization.state.accounts.get(MEMBER)?.roles ?? new Map<string, never>();
