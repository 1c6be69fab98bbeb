import { isDeepStrictEqual } from 'node:util';

import { downgradedPolicy } from '../../../functions/domain/access/access-role-policies';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { groupMark } from '../../../functions/domain/access/tenant-groups';
import { grantAccess } from '../../../functions/steps/GrantAccess/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { account, after, NOW, plan, TENANT } from '../../fakes/vending';
import { group, identityStore, JANE, OMAR, Run, wanted, worldWith } from './access-run';

const { identityStoreId } = identityStore;
const recordOf = (name: string, groupId: string | null) => ({ identityStoreId, name, groupId });

/** A run that the ledger knows these groups of; `read` lists the groups whose members are read. */
function runWith(...groups: readonly ReturnType<typeof recordOf>[]) {
  const run = new Run();
  run.access.tenant = { ...run.access.tenant, groups: [...groups] };
  const read: string[] = [];
  const list = run.access.listMembers.bind(run.access);
  run.access.listMembers = (groupId) => {
    read.push(run.access.groups.get(groupId)?.name ?? 'nobody');
    return list(groupId);
  };
  const add = jest.spyOn(run.access, 'addMembers');
  return { run, read, add };
}

describe('GrantAccess', () => {
  it('asks nothing where the plan has no IAM Identity Center', async () => {
    const { run } = runWith();
    expect(await run.pass(grantAccess, plan())).toEqual({ result: { groups: 0 } });
    expect(run.access.calls).toBe(0);
  });

  it('tells how many groups there are, and has no remark where everybody is known', async () => {
    const { run } = runWith();
    await run.pass(grantAccess);
    expect(await run.pass(grantAccess)).toEqual({ result: { groups: 2 }, changes: [] });
  });

  it('adds nobody where nothing is known about people, and misses nobody', async () => {
    const { run } = runWith();
    const report = await run.pass(grantAccess, { ...wanted, membersKnown: false });
    expect(report.remark).toBeUndefined();
    expect([run.access.membersOf('mst-admin'), run.access.membersOf('mst-reader')]).toEqual([[], []]);
  });

  it('tells of somebody who has no meshIdentifier that there is one, and not who', async () => {
    const { run } = runWith();
    run.access.users.clear();
    const { remark } = await run.pass(grantAccess, { ...wanted, meshIdentifiers: { [JANE]: 'u-1' } });
    expect(remark).toContain('does not know somebody, u-1 (');
    expect(remark).not.toContain(OMAR);
  });

  it('reads no members of a group that it has just made, or that is to have none', async () => {
    const { run, read } = runWith(recordOf('mst-empty', 'g-1'));
    run.access.plant('mst-empty', groupMark(TENANT));
    await run.pass(grantAccess, { ...wanted, groups: [group('empty', []), group('admin', [JANE])] });
    expect(read).toEqual([]);
  });

  it('writes no members where all are in their groups', async () => {
    const { run, read, add } = runWith();
    await run.pass(grantAccess);
    add.mockClear();
    await run.pass(grantAccess);
    expect(read).toEqual(['mst-admin', 'mst-reader']);
    expect(add).not.toHaveBeenCalled();
  });

  it('adds to a group that it finds again only who is not in it', async () => {
    const { run } = runWith(recordOf('mst-admin', null));
    run.access.plant('mst-admin', groupMark(TENANT), `id-${JANE}`);
    const { changes = [] } = await run.pass(grantAccess);
    expect(changes.filter(({ what }) => what === 'member of mst-admin')).toEqual([
      { what: 'member of mst-admin', from: null, to: `id-${OMAR}` },
    ]);
  });
});

describe('GrantAccess and what the ledger knows of groups', () => {
  it('has the name of a group written before the directory is asked, and no age of a group that is not made', async () => {
    const { run } = runWith();
    run.access.createGroup = () => Promise.reject(new ProcessKilledError());
    await expect(run.pass(grantAccess)).rejects.toThrow(ProcessKilledError);
    expect(run.access.tenant.groups).toEqual([recordOf('mst-admin', null)]);
  });

  it('keeps what another group was about to be: it is found by that', async () => {
    const { run } = runWith(recordOf('mst-admin', null), recordOf('mst-reader', null));
    const groupId = run.access.plant('mst-reader', groupMark(TENANT));
    await run.pass(grantAccess);
    expect(run.access.tenant.groups).toMatchObject([{ name: 'mst-admin' }, { name: 'mst-reader', groupId }]);
  });

  it('keeps a group that somebody has renamed beside the one that it makes', async () => {
    const { run } = runWith(recordOf('mst-admin', 'g-renamed'));
    await run.pass(grantAccess);
    expect(run.access.tenant.groups).toMatchObject([
      recordOf('mst-admin', 'g-renamed'),
      recordOf('mst-admin', run.access.idOf('mst-admin')),
      { name: 'mst-reader' },
    ]);
  });

  it('takes no group for its own that it was not about to make, not even by its mark', async () => {
    const { run } = runWith();
    run.access.plant('mst-reader', groupMark(TENANT), 'id-somebody');
    await expectRejected(run.pass(grantAccess), 'has not made for this tenant', 'Rename or delete that group');
    expect(run.access.tenant.groups).toMatchObject([{ name: 'mst-admin' }]);
  });

  it.each([
    { field: 'awsIdentityStore', scim: null },
    { field: 'awsSso', scim: { endpoint: 'https://scim', tokenSecretArn: 'arn' } },
  ])('names the field of another directory that has made the group: $field', async ({ field, scim }) => {
    const run = new Run(worldWith(JANE));
    const groupId = run.access.plant('mst-admin', null);
    const made = { identityStoreId: 'd-0000000000', name: 'mst-admin', groupId };
    run.access.tenant = { ...run.access.tenant, groups: [made] };
    const parts: Partial<VendingPlan> = { ...wanted, identityStore: { ...identityStore, scim } };
    const remedy = `set identityStoreId of ${field} in platform.json`;
    await expectRejected(run.pass(grantAccess, parts), 'There is a group "mst-admin"', remedy);
  });

  describe('tells what needs not be looked at again', () => {
    const ADMIN = { what: 'assignment of mst-admin', from: null, to: 'set-admin' };
    const READER = ['set-view', 'set-billing'].map((to) => ({ what: 'assignment of mst-reader', from: null, to }));
    const { name } = downgradedPolicy('aws', account.id, 'MeshstackAccountAccessRole');
    const KEPT = { what: 'policy of MeshstackAccountAccessRole', from: null, to: name };

    /** A later pass of a run that has made these changes that many seconds before. */
    const told = async (changes: readonly object[], parts: Partial<VendingPlan> = {}, seconds = 30) => {
      const { run } = runWith();
      run.access.tenant = { ...run.access.tenant, account };
      await run.pass(grantAccess);
      return (again: (access: Run['access']) => void = () => undefined) => {
        again(run.access);
        const changedAt = (change: object) =>
          changes.some((one) => isDeepStrictEqual(one, change)) ? after(-seconds) : null;
        return run.pass((ports) => grantAccess({ ...ports, changedAt }), { ...wanted, ...parts });
      };
    };

    it('all permission sets, where this run has asked for each and none is at work or has failed', async () => {
      const pass = await told([ADMIN, ...READER]);
      expect((await pass()).result).toEqual({ groups: 2, granted: true });
      const assignment = { kind: 'creation', groupId: 'g-1', permissionSetArn: 'set-view', requestId: null } as const;
      const failed = { ...assignment, askedAt: NOW.toISOString(), failures: 1 };
      expect((await pass((access) => (access.tenant = { ...access.tenant, assignment: failed }))).result).toEqual({
        groups: 2,
      });
    });

    it('but not those of a group that it has just made itself', async () => {
      const { run } = runWith();
      const changedAt = () => NOW;
      const { result } = await run.pass((ports) => grantAccess({ ...ports, changedAt }));
      expect(result).not.toHaveProperty('granted');
    });

    it.each([[[]], [[ADMIN]], [[ADMIN, READER[0] ?? {}]], [READER]])('but not some of them: %j', async (changes) => {
      const pass = await told(changes);
      expect((await pass()).result).toEqual({ groups: 2 });
    });

    it('the policy that the access role keeps, once it has been there for half a minute', async () => {
      const parts = { selfDowngrade: true };
      expect((await (await told([KEPT], parts))()).result).toEqual({ groups: 2, kept: true });
      expect((await (await told([KEPT], parts, 29))()).result).toEqual({ groups: 2 });
      expect((await (await told([], parts))()).result).toEqual({ groups: 2 });
    });

    it.each<[string, Partial<VendingPlan>, Partial<Run['access']['tenant']>]>([
      ['keeps all its rights', { selfDowngrade: false }, {}],
      ['is to be sealed', { accessRoleProfile: 'sealed' }, {}],
      ['is sealed', {}, { seal: { boundaryArn: 'arn:seal', since: NOW.toISOString() } }],
    ])('but not of one that %s', async (_, parts, of) => {
      const { run } = runWith();
      run.access.tenant = { ...run.access.tenant, account, ...of };
      const pass = () =>
        run.pass((ports) => grantAccess({ ...ports, changedAt: () => after(-60) }), { ...wanted, ...parts });
      await pass();
      expect((await pass()).result).toEqual({ groups: 2, granted: true });
    });
  });
});
