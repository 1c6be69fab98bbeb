import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { samlTrust } from '../../../functions/domain/access/role-trust';
import { grantAccess } from '../../../functions/steps/GrantAccess/step';
import { revokeAccess } from '../../../functions/steps/RevokeAccess/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { FakeAccess } from '../../fakes/fake-access';
import { FakeSamlAccess } from '../../fakes/fake-saml-access';
import { account, vending } from '../../fakes/vending';

type Saml = NonNullable<VendingPlan['samlAccess']>;

const PROVIDER = `arn:aws:iam::${account.id}:saml-provider/meshIdB`;
const role = (name: string, ...policyArns: readonly string[]) => ({
  name,
  projectRoles: [name],
  policyArns: [...policyArns],
});
const IDENTITY_STORE = {
  region: 'eu-central-1',
  identityStoreId: 'd-1234567890',
  instanceArn: 'arn:instance',
  scim: null,
};
const saml = (changes: Partial<Saml> = {}): Saml => ({
  provider: { name: 'meshIdB', metadataDocument: '<metadata/>' },
  roles: [role('admin', 'arn:admin', 'arn:billing'), role('reader', 'arn:view')],
  failIfNotFound: true,
  ...changes,
});

async function run(
  world: FakeSamlAccess,
  samlAccess: Saml | null = saml(),
  changes: Partial<VendingPlan> = {},
  canEnter = true,
) {
  const nobody = new FakeAccess();
  const ports = { repository: world, groupDirectory: nobody, assignments: nobody, saml: world };
  const begun = () => ({ ...vending({ plan: { samlAccess, ...changes } }), tenant: world.tenant });
  const revoked = await revokeAccess({ ...ports, canEnter })(begun());
  const granted = await grantAccess(ports)(begun());
  return { revoked, granted, changes: [...(revoked.changes ?? []), ...(granted.changes ?? [])] };
}

/** GrantAccess alone. */
const grant = (world: FakeSamlAccess) =>
  grantAccess({ repository: world, groupDirectory: new FakeAccess(), saml: world })({
    ...vending({ plan: { samlAccess: saml() } }),
    tenant: world.tenant,
  });

const stateOf = ({ providers, roles, tenant }: FakeSamlAccess) => ({
  providers: Object.fromEntries(providers),
  roles: Object.fromEntries(roles),
  known: tenant.samlAccess,
});

const converged = {
  providers: { [PROVIDER]: '<metadata/>' },
  roles: {
    admin: { path: '/meshidb/', trust: samlTrust(PROVIDER), policyArns: ['arn:admin', 'arn:billing'] },
    reader: { path: '/meshidb/', trust: samlTrust(PROVIDER), policyArns: ['arn:view'] },
  },
  known: { provider: 'meshIdB', roles: ['admin', 'reader'] },
};

async function known(): Promise<FakeSamlAccess> {
  const world = new FakeSamlAccess();
  await run(world);
  return world;
}

describe('access by roles of meshIdB', () => {
  it('is a SAML provider, and a role for each mapping with its trust and policies', async () => {
    const world = new FakeSamlAccess();
    const { granted } = await run(world);
    expect(stateOf(world)).toEqual(converged);
    expect(granted.result).toEqual({ groups: 0, roles: 2 });
  });

  it('writes nothing in a second run, and has no remark', async () => {
    const world = await known();
    const before = world.writes;
    const { revoked, granted } = await run(world);
    expect(revoked).toEqual({ result: { ready: true, waitSeconds: 0 }, changes: [] });
    expect(granted).toEqual({ result: { groups: 0, roles: 2 }, changes: [] });
    expect(world.writes).toBe(before);
  });

  it('tells each change, and whether something was there before', async () => {
    const world = new FakeSamlAccess();
    expect((await run(world)).changes).toEqual([
      { what: 'SAML provider meshIdB', from: null, to: 'meshIdB' },
      { what: 'role admin', from: null, to: 'admin' },
      { what: 'policy of admin', from: null, to: 'arn:admin' },
      { what: 'policy of admin', from: null, to: 'arn:billing' },
      { what: 'role reader', from: null, to: 'reader' },
      { what: 'policy of reader', from: null, to: 'arn:view' },
    ]);
    world.providers.set(PROVIDER, '<changed/>');
    world.roles.set('reader', { ...converged.roles.reader, trust: '{}', lacksBoundary: true });
    expect((await run(world)).changes).toEqual([
      { what: 'SAML provider meshIdB', from: 'other metadata', to: 'meshIdB' },
      { what: 'trust of reader', from: 'another trust', to: PROVIDER },
      { what: 'permissions boundary of reader', from: 'none, or another one', to: 'as configured' },
    ]);
    expect((await run(world, null)).changes.at(-1)).toEqual({
      what: 'SAML provider meshIdB',
      from: 'meshIdB',
      to: null,
    });
  });

  it.each([
    { where: 'the configuration', configured: '\n<metadata/>\n', found: '<metadata/>' },
    { where: 'IAM', configured: '<metadata/>', found: '<metadata/>\n' },
  ])('takes metadata with a line more at its ends for the same: in $where', async ({ configured, found }) => {
    const world = await known();
    world.providers.set(PROVIDER, found);
    const provider = { name: 'meshIdB', metadataDocument: configured };
    expect((await run(world, saml({ provider }))).changes).toEqual([]);
  });

  it('is in the partition of the account', async () => {
    const world = new FakeSamlAccess();
    const arn = account.arn.replace('arn:aws:', 'arn:aws-us-gov:');
    world.tenant = { ...world.tenant, account: { ...account, arn } };
    await run(world);
    expect(world.roles.get('admin')?.trust).toContain(PROVIDER.replace('arn:aws:', 'arn:aws-us-gov:'));
  });

  it('is no longer one of our roles once it is mapped as somebody else’s', async () => {
    const world = await known();
    const reader = converged.roles.reader;
    await run(world, saml({ roles: [role('admin'), role('reader', 'arn:view')], failIfNotFound: false }));
    expect(stateOf(world)).toMatchObject({ roles: { reader }, known: { roles: ['reader'] } });
    expect([...world.roles.keys()]).toEqual(['reader']);
  });

  it('takes away roles and policies that are no longer mapped, and follows the metadata', async () => {
    const world = await known();
    const narrower = saml({
      provider: { name: 'meshIdB', metadataDocument: '<newer/>' },
      roles: [role('admin', 'arn:admin')],
    });
    const { changes } = await run(world, narrower);
    expect(stateOf(world)).toEqual({
      providers: { [PROVIDER]: '<newer/>' },
      roles: { admin: { ...converged.roles.admin, policyArns: ['arn:admin'] } },
      known: { provider: 'meshIdB', roles: ['admin'] },
    });
    expect(changes).toEqual([
      { what: 'policy of admin', from: 'arn:billing', to: null },
      { what: 'policy of reader', from: 'arn:view', to: null },
      { what: 'role reader', from: 'reader', to: null },
      { what: 'SAML provider meshIdB', from: 'other metadata', to: 'meshIdB' },
    ]);
  });

  it('forgets a provider only once it is deleted', async () => {
    const world = await known();
    world.deleteProvider = () => Promise.reject(new Error('IAM is away.'));
    await expect(run(world, null)).rejects.toThrow('IAM is away.');
    expect(world.tenant.samlAccess.provider).toBe('meshIdB');
  });

  it('forgets a role only once it is deleted', async () => {
    const world = await known();
    world.deleteRole = () => Promise.reject(new Error('IAM is away.'));
    await expect(run(world, null)).rejects.toThrow('IAM is away.');
    expect(world.tenant.samlAccess.roles).toEqual(['admin', 'reader']);
  });

  it('is taken away by the access role of the account', async () => {
    const world = await known();
    const find = jest.spyOn(world, 'findRole');
    await run(world, null);
    const entry = { accountId: account.id, accessRole: 'MeshstackAccountAccessRole' };
    expect(find.mock.calls).toEqual([
      [entry, 'admin'],
      [entry, 'reader'],
    ]);
  });

  it('is told beside what is taken away in IAM Identity Center', async () => {
    const world = await known();
    const changes = await run(world, null, { identityStore: IDENTITY_STORE });
    expect(changes.revoked.changes?.map(({ what }) => what)).toContain('role reader');
  });

  it('mends what people have changed by hand', async () => {
    const world = await known();
    world.roles.delete('reader');
    world.roles.set('admin', { path: '/meshidb/', trust: '{}', policyArns: ['arn:admin', 'arn:too-much'] });
    world.providers.set(PROVIDER, '<changed/>');
    await run(world);
    expect(stateOf(world)).toEqual(converged);
  });

  it('puts the permissions boundary on roles that lack it', async () => {
    const world = await known();
    world.roles.set('reader', { ...converged.roles.reader, lacksBoundary: true });
    const { changes } = await run(world);
    expect(stateOf(world)).toEqual(converged);
    expect(changes.map(({ what }) => what)).toEqual(['permissions boundary of reader']);
  });

  it('goes as a whole when it is configured no more', async () => {
    const world = await known();
    await run(world, null);
    expect(stateOf(world)).toEqual({ providers: {}, roles: {}, known: { provider: null, roles: [] } });
  });

  it('stays in an account that is closed, which nobody can enter, and says so', async () => {
    const world = await known();
    const before = world.writes;
    const { revoked } = await run(world, null, {}, false);
    expect(world.writes).toBe(before);
    expect(revoked.result).toEqual({ ready: true, waitSeconds: 0 });
    expect(revoked.remark).toMatch(/roles and SAML provider stay in the account.*closed/u);
  });

  it('stays when skipUserGroupPermissionCleanup is set', async () => {
    const world = await known();
    const { revoked } = await run(world, null, { skipUserGroupPermissionCleanup: true });
    expect(revoked.changes).toEqual([]);
    expect(stateOf(world)).toEqual(converged);
  });

  it.each(['effect', 'answer'] as const)(
    'ends the same wherever the process is killed, with the %s lost',
    async (loses) => {
      const after = saml({ roles: [role('admin', 'arn:admin'), role('auditor', 'arn:view')] });
      const undisturbed = await known();
      const callsBefore = undisturbed.calls;
      await run(undisturbed, after);
      for (let call = 1; call <= undisturbed.calls - callsBefore; call += 1) {
        const world = await known();
        world.loses = loses;
        world.killedAt = world.calls + call;
        await expect(run(world, after)).rejects.toThrow(ProcessKilledError);
        await run(world, after);
        expect({ call, ...stateOf(world) }).toEqual({ call, ...stateOf(undisturbed) });
      }
    },
  );

  it.each(['effect', 'answer'] as const)(
    'ends the same when the first run is killed, with the %s lost',
    async (loses) => {
      const { calls } = await known();
      for (let call = 1; call <= calls; call += 1) {
        const world = new FakeSamlAccess();
        world.loses = loses;
        world.killedAt = call;
        await expect(run(world)).rejects.toThrow(ProcessKilledError);
        await run(world);
        expect({ call, ...stateOf(world) }).toEqual({ call, ...converged });
      }
    },
  );
});

describe('what others have made', () => {
  const foreign = { path: '/', trust: samlTrust(PROVIDER), policyArns: ['arn:own'] };

  it('is never changed: a role of that name', async () => {
    const world = new FakeSamlAccess();
    world.roles.set('admin', foreign);
    await expectRejected(run(world), 'There is a role admin', 'without policies');
    expect(world.roles.get('admin')).toEqual(foreign);
  });

  it.each([
    { what: 'outside our path, where ours was', path: '/', isKnown: true },
    { what: 'below our path, which the ledger does not know', path: '/meshidb/', isKnown: false },
  ])('is never changed: a role $what', async ({ path, isKnown }) => {
    const world = isKnown ? await known() : new FakeSamlAccess();
    world.roles.set('admin', { ...foreign, path });
    await expectRejected(grant(world), 'There is a role admin', 'without policies');
    expect(world.roles.get('admin')).toEqual({ ...foreign, path });
  });

  it('is never changed: a provider of that name', async () => {
    const world = new FakeSamlAccess();
    world.providers.set(PROVIDER, '<foreign/>');
    await expectRejected(run(world), 'There is a SAML provider', 'metadataDocument');
    expect(world.providers.get(PROVIDER)).toBe('<foreign/>');
  });

  it('is used as it is where it is mapped so, and stays when it is mapped no more', async () => {
    const world = new FakeSamlAccess();
    world.roles.set('admin', foreign);
    world.providers.set(PROVIDER, '<foreign/>');
    const external = saml({ provider: { name: 'meshIdB', metadataDocument: null }, roles: [role('admin')] });
    await run(world, external);
    await run(world, null);
    expect([world.writes, world.roles.get('admin'), world.providers.get(PROVIDER)]).toEqual([0, foreign, '<foreign/>']);
  });

  it('stays when one of our roles was replaced by hand', async () => {
    const world = await known();
    world.roles.set('reader', foreign);
    await run(world, saml({ roles: [role('admin', 'arn:admin', 'arn:billing')] }));
    expect(world.roles.get('reader')).toEqual(foreign);
  });

  it.each([
    ['provider', 'There is no SAML provider', (world: FakeSamlAccess) => void world.roles.set('admin', foreign)],
    ['role', 'There is no role admin', (world: FakeSamlAccess) => void world.providers.set(PROVIDER, '<foreign/>')],
    [
      'trust',
      'There is no role admin',
      (world: FakeSamlAccess) => {
        world.providers.set(PROVIDER, '<foreign/>');
        world.roles.set('admin', { ...foreign, trust: '{}' });
      },
    ],
  ])('and is not there fails the run, or is told: %s', async (_, told, prepare) => {
    const external = saml({ provider: { name: 'meshIdB', metadataDocument: null }, roles: [role('admin')] });
    const world = new FakeSamlAccess();
    prepare(world);
    await expectRejected(run(world, external), told, 'failIfSAMLIdpOrRoleNotFound');
    const { granted } = await run(world, { ...external, failIfNotFound: false });
    expect(granted.remark).toContain(told);
  });

  it('is waited for with our roles where it is the provider: nobody could enter by them', async () => {
    const world = new FakeSamlAccess();
    const provider = { name: 'meshIdB', metadataDocument: null };
    const { granted } = await run(world, saml({ provider, failIfNotFound: false }));
    expect(granted.result).toEqual({ groups: 0, roles: 0 });
    expect(world.roles.size).toBe(0);
  });
});
