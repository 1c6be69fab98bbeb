import {
  automationCredentials,
  enterMember,
  identityCenterCredentials,
  managementAccessCredentials,
  managementCredentials,
  memberCredentials,
  otherCredentials,
  sessionPolicy,
} from '../../../../functions/aws/base/assumed-role';
import { organizationsAccountDirectory } from '../../../../functions/aws/organizations/organizations-account-directory';
import { organizationsTree } from '../../../../functions/aws/organizations/organizations-tree';
import { stsMemberAccess } from '../../../../functions/aws/sts/sts-role-access';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../../../sandbox/organization/example-organization';
import { expectRejected } from '../../../fakes/expect-rejected';
import { ACCESS_ROLE, entry, faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

describe('assuming a service role', () => {
  it('takes one session for everything that a function does for a tenant, invocation after invocation', async () => {
    const world = new OrganizationWorld();
    const session = world.caller();
    await organizationsTree(session).parentOf(MEMBER);
    await organizationsAccountDirectory(session).describeAccount(MEMBER);
    await organizationsTree(world.caller({ settings: session.settings })).parentOf(MEMBER);
    expect(world.callsOf('AssumeRole')).toHaveLength(1);
  });

  it('asks once for what an invocation does at the same time', async () => {
    const world = new OrganizationWorld();
    const session = world.caller();
    await Promise.all([organizationsTree(session).parentOf(MEMBER), managementCredentials(session)()]);
    expect(world.callsOf('AssumeRole')).toHaveLength(1);
  });

  it.each([
    ['another tenant', { sessionName: 'CheckAccess-another' }],
    ['another function', { functionName: 'MoveAccount' }],
    ['another container', { settings: undefined }],
  ])('takes another session for %s: CloudTrail tells who it was for', async (_, change) => {
    const world = new OrganizationWorld();
    const session = world.caller();
    await organizationsTree(session).parentOf(MEMBER);
    const { settings, ...others } = { settings: session.settings, ...change };
    await organizationsTree(world.caller({ ...others, ...(settings === undefined ? {} : { settings }) })).parentOf(
      MEMBER,
    );
    expect(world.callsOf('AssumeRole')).toHaveLength(2);
  });

  it('takes a new one while the old one is good for as long as a function may work', async () => {
    const world = new OrganizationWorld();
    const { settings } = world.caller();
    const take = async (minutes: number): Promise<number> => {
      const now = Date.now();
      const clock = jest.spyOn(Date, 'now').mockReturnValue(now + minutes * 60_000);
      await automationCredentials(world.caller({ settings }))();
      clock.mockRestore();
      return world.callsOf('AssumeRole').length;
    };

    // A session lasts for fifteen minutes, and a function works for five at most.
    expect([await take(0), await take(8.5), await take(9.5)]).toEqual([1, 1, 2]);
  });

  it('goes to STS by the same client in every invocation, so that its connection is kept', async () => {
    const world = new OrganizationWorld();
    const { settings } = world.caller();
    let clients = 0;
    const counting = {
      ...settings,
      get region() {
        clients += 1;
        return 'eu-central-1';
      },
    };
    for (const tenant of ['one', 'two', 'three']) {
      await automationCredentials(world.caller({ settings: counting, sessionName: `CheckAccess-${tenant}` }))();
    }
    const names = world
      .callsOf('AssumeRole')
      .map(({ input }) => (input as { RoleSessionName: string }).RoleSessionName);
    expect(names).toEqual(['CheckAccess-one', 'CheckAccess-two', 'CheckAccess-three']);
    expect(clients).toBe(1);
  });

  it('tells CloudTrail and the organization which state and tenant it is', async () => {
    const world = new OrganizationWorld();
    await organizationsTree(world.caller()).parentOf(MEMBER);
    const [assume] = world.callsOf('AssumeRole');
    const [read] = world.callsOf('ListParents');
    expect(assume?.input).toMatchObject({
      RoleArn: 'arn:aws:iam::222222222222:role/MeshfedServiceRole-ControlTower',
      RoleSessionName: 'CheckAccess-7d0c1b1e-0000-4000-8000-000000000001',
      ExternalId: EXAMPLE_EXTERNAL_ID,
      DurationSeconds: '900',
    });
    expect([assume?.callerFunction, read?.callerFunction]).toEqual(['CheckAccess', 'CheckAccess']);
    expect(read?.principal?.arn).toBe(
      'arn:aws:sts::222222222222:assumed-role/MeshfedServiceRole-ControlTower/CheckAccess-7d0c1b1e-0000-4000-8000-000000000001',
    );
    expect(read?.region).toBe('us-east-1');
  });

  it('reads the ExternalId again, once, when AWS says no: it may have been rotated', async () => {
    const world = new OrganizationWorld({ externalIds: ['the-old-one', EXAMPLE_EXTERNAL_ID] });
    expect(await organizationsTree(world.caller()).parentOf(MEMBER)).toBe('r-ab12');
    expect(world.secretReads).toEqual([false, true]);
    expect(world.callsOf('AssumeRole').map(({ outcome }) => outcome)).toEqual(['AccessDenied', 'ok']);
  });

  it('gives up when AWS says no again, says what to check, and never tells the ExternalId', async () => {
    const world = new OrganizationWorld({ externalIds: ['a-wrong-one'] });
    const call = organizationsTree(world.caller()).parentOf(MEMBER);
    await expectRejected(
      call,
      'assume arn:aws:iam::222222222222:role/MeshfedServiceRole-ControlTower',
      'its trust carries the ExternalId',
    );
    await expect(call).rejects.not.toThrow('a-wrong-one');
    expect(world.callsOf('AssumeRole')).toHaveLength(2);
    expect(world.callsOf('ListParents')).toEqual([]);
  });

  it('may not be possible yet after a change of roles: for a while, no is not final', async () => {
    const world = new OrganizationWorld({ externalIds: ['a-wrong-one'] });
    let isPatient = true;
    const call = (): Promise<string> =>
      organizationsTree(world.caller({ isPatient: () => isPatient })).parentOf(MEMBER);

    await expect(call()).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringContaining('perhaps not yet') as string,
      cause: { name: 'AccessDenied' },
    });
    isPatient = false;
    await expectRejected(call(), 'MeshfedServiceRole', 'Deploy ManagementAccountStack in account 222222222222');
  });

  it('names the stack that makes the role', async () => {
    const seed = { serviceRoles: [] };
    await expectRejected(
      automationCredentials(new OrganizationWorld({ seed }).caller())(),
      'there is no such role, it does not trust vending-CheckAccess',
      'Deploy AutomationAccountStack in account 333333333333',
    );
  });

  it('does not read the ExternalId again for a throttle', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('AssumeRole', refusal('Throttling')) });
    await expect(organizationsTree(world.caller()).parentOf(MEMBER)).rejects.toMatchObject({ name: 'TransientError' });
    expect(world.secretReads).toEqual([false]);
  });
});

describe('entering a member account', () => {
  it('goes by way of the role that leads there, with the ExternalId', async () => {
    const world = new OrganizationWorld();
    expect(await stsMemberAccess(world.caller()).canEnter(entry)).toBe(true);
    const [first, second] = world.callsOf('AssumeRole');
    expect(first?.principal).toMatchObject({ kind: 'function', roleName: 'vending-CheckAccess' });
    expect(second?.principal).toMatchObject({ kind: 'session', roleName: 'MeshfedServiceRole-Enter' });
    expect(second?.input).toMatchObject({
      RoleArn: `arn:aws:iam::${MEMBER}:role/${ACCESS_ROLE}`,
      ExternalId: EXAMPLE_EXTERNAL_ID,
    });
  });

  it.each([
    { what: 'the role does not exist (yet)', where: { ...entry, accessRole: 'Absent' } },
    { what: 'the account does not exist (yet)', where: { ...entry, accountId: '999999999999' } },
  ])('is not possible while $what', async ({ where }) => {
    expect(await stsMemberAccess(new OrganizationWorld().caller()).canEnter(where)).toBe(false);
  });

  it('is a matter of the management role when that is refused: no waiting helps', async () => {
    const world = new OrganizationWorld({ externalIds: ['a-wrong-one'] });
    await expectRejected(stsMemberAccess(world.caller()).canEnter(entry), 'MeshfedServiceRole', 'trust');
  });

  it.each([
    { fault: refusal('Throttling') },
    { fault: refusal('Odd', 503) },
    { fault: { kind: 'connection-reset' as const } },
  ])('is not judged by a fault that passes: $fault', async ({ fault }) => {
    let calls = 0;
    const faults = {
      beforeCall: ({ operation }: { readonly operation: string }) => {
        if (operation !== 'AssumeRole') return undefined;
        calls += 1;
        return calls === 2 ? fault : undefined;
      },
    };
    const access = stsMemberAccess(new OrganizationWorld({ faults }).caller());
    await expect(access.canEnter(entry)).rejects.toMatchObject({ name: 'TransientError' });
  });

  it('is an error with a remedy for a step that comes after CheckAccess', async () => {
    const world = new OrganizationWorld({ seed: { accounts: exampleOrganization().accounts } });
    await expectRejected(
      memberCredentials(world.caller(), entry)(),
      `assume ${ACCESS_ROLE} in account ${MEMBER}`,
      'service control policy',
    );
  });
});

const roleNamesOf = (world: OrganizationWorld) =>
  world.callsOf('AssumeRole').map(({ input }) => (input as { RoleArn: string }).RoleArn.split('/')[1]);

describe('the role by which something is done', () => {
  const CENTER = 'arn:aws:iam::333333333333:role/MeshfedAutomationRole-Read';
  const PEOPLE = 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Arrange';

  it.each([
    ['IAM Identity Center', identityCenterCredentials, {}, 'MeshfedServiceRole-ControlTower'],
    ['IAM Identity Center', identityCenterCredentials, { identityCenterRoleArn: CENTER }, 'MeshfedAutomationRole-Read'],
    ['people', managementAccessCredentials, {}, 'MeshfedServiceRole-ControlTower'],
    ['people', managementAccessCredentials, { managementAccessRoleArn: PEOPLE }, 'MeshfedServiceRole-Arrange'],
    ['the automation account', automationCredentials, {}, 'MeshfedAutomationRole-StackSets'],
    ['the management account', managementCredentials, {}, 'MeshfedServiceRole-ControlTower'],
  ])('is the one of %s', async (_, credentials, changes, roleName) => {
    const world = new OrganizationWorld();
    const { settings } = world.caller();
    await credentials(world.caller({ settings: { ...settings, ...changes } }))();
    expect(roleNamesOf(world)).toEqual([roleName]);
  });

  it('is any that a preflight looks through, although no class has it', async () => {
    const world = new OrganizationWorld();
    await otherCredentials(world.caller({ permissions: {} }), PEOPLE)();
    expect(roleNamesOf(world)).toEqual(['MeshfedServiceRole-Arrange']);
  });

  it('is none where somebody looks with credentials of their own', async () => {
    const world = new OrganizationWorld();
    const of = (accessKeyId: string) => () => Promise.resolve({ accessKeyId, secretAccessKey: 'own' });
    const session = world.caller({ caller: { management: of('management'), automation: of('automation') } });
    const used = [managementCredentials, identityCenterCredentials, automationCredentials].map((one) => one(session)());
    expect((await Promise.all(used)).map(({ accessKeyId }) => accessKeyId)).toEqual([
      'management',
      'management',
      'automation',
    ]);
    expect(world.organization.calls).toEqual([]);
  });

  it.each([managementCredentials, identityCenterCredentials, managementAccessCredentials, automationCredentials])(
    'is not for a step whose row does not name the account: %#',
    (credentials) => {
      const session = new OrganizationWorld().caller({ permissions: {}, functionName: 'TagAccount' });
      expect(() => credentials(session)()).toThrow('TagAccount acts in an account');
    },
  );

  it('names the stack that makes it, also in the account of IAM Identity Center', async () => {
    const world = new OrganizationWorld({ seed: { serviceRoles: [] } });
    const session = world.caller({ settings: { ...world.caller().settings, identityCenterRoleArn: CENTER } });
    const deploy = 'Deploy IdentityCenterAccountStack in account 333333333333';
    await expectRejected(identityCenterCredentials(session)(), `assume ${CENTER}`, deploy);
    const automationRoleArn = () => {
      throw new Error('The environment of a function that does not go there has no such role.');
    };
    const alone = world.caller({ permissions: { management: [] }, automationRoleArn });
    await expectRejected(managementCredentials(alone)(), 'it does not trust vending-', 'Deploy ManagementAccountStack');
  });
});

describe('a session of a member account', () => {
  it('is taken once for all that a function does there, and another one for another account or right', async () => {
    const world = new OrganizationWorld();
    const { settings } = world.caller();
    const take = async (where = entry, member: readonly string[] = ['iam:*']) => {
      await memberCredentials(world.caller({ settings, permissions: { management: [], member } }), where)();
      return roleNamesOf(world).length;
    };
    expect([await take(), await take()]).toEqual([2, 2]);
    expect(await take(entry, ['iam:GetRole'])).toBe(3);
    await expect(take({ ...entry, accountId: '222222222222' })).rejects.toMatchObject({ name: 'RejectedError' });
  });

  it('is asked for where it is to be used, and else where every account has STS', async () => {
    const world = new OrganizationWorld();
    await enterMember(world.caller(), entry, 'eu-west-1');
    await enterMember(world.caller(), entry);
    expect(world.callsOf('AssumeRole').map(({ region }) => region)).toEqual([
      'eu-central-1',
      'eu-west-1',
      'eu-central-1',
      'eu-central-1',
    ]);
  });

  it('can do what is named, and nothing where nothing is', () => {
    const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    expect(sessionPolicy(['iam:GetRole'])).toBe(policy({ Effect: 'Allow', Action: ['iam:GetRole'], Resource: '*' }));
    expect(sessionPolicy([])).toBe(policy({ Effect: 'Deny', Action: '*', Resource: '*' }));
  });
});
