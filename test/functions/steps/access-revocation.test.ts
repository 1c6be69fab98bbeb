import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { groupMark } from '../../../functions/domain/access/tenant-groups';
import { revokeAccess } from '../../../functions/steps/RevokeAccess/step';
import { account, OTHER_TENANT, plan, TENANT } from '../../fakes/vending';
import { group, JANE, OMAR, wanted, Run, outstanding, stateOf, converged } from './access-run';

describe('RevokeAccess', () => {
  const known = async (parts = wanted) => {
    const run = new Run();
    await run.all(parts);
    return run;
  };

  it('takes away members who are no longer wanted, and nothing else', async () => {
    const run = await known();
    const fewer = {
      ...wanted,
      groups: [group('admin', [OMAR], 'set-admin'), group('reader', [OMAR], 'set-view', 'set-billing')],
    };
    const before = run.access.writes;
    await run.until(revokeAccess, fewer);

    expect(run.access.membersOf('mst-admin')).toEqual([`id-${OMAR}`]);
    expect(run.access.writes - before).toBe(1);
  });

  it('leaves what others assign to a group whose role has no permission sets, and takes its members out', async () => {
    const plain = { ...wanted, groups: [group('admin', [JANE, OMAR])] };
    const run = await known(plain);
    const groupId = run.access.idOf('mst-admin');
    expect(run.access.assigned.size).toBe(0);
    run.access.assigned.add(`${account.id} ${groupId} set-of-others`);
    await run.all({ ...wanted, groups: [group('admin', [OMAR])] });

    expect([...run.access.assigned]).toEqual([`${account.id} ${groupId} set-of-others`]);
    expect(run.access.membersOf('mst-admin')).toEqual([`id-${OMAR}`]);
  });

  it('leaves members as they are when nothing is known about people', async () => {
    const run = await known();
    const unknown = { ...wanted, membersKnown: false, groups: wanted.groups?.map((one) => ({ ...one, members: [] })) };
    const before = run.access.writes;
    await run.all(unknown as Partial<VendingPlan>);

    expect(stateOf(run.access)).toEqual(converged);
    expect(run.access.writes - before).toBe(0);
  });

  it('does not take a failure to read people for people who have left', async () => {
    const run = await known();
    run.access.killedAt = run.access.calls + 3;
    run.access.findUsers = () => Promise.reject(new Error('The directory is down.'));
    await expect(run.pass(revokeAccess)).rejects.toThrow('The directory is down.');

    expect(run.access.membersOf('mst-admin')).toHaveLength(2);
  });

  it('takes away a group whose role is no longer mapped: its members at once, its assignments, and then itself', async () => {
    const run = await known();
    const fewer = { ...wanted, groups: [group('admin', [JANE, OMAR], 'set-admin')] };
    const first = await run.pass(revokeAccess, fewer);
    expect(run.access.membersOf('mst-reader')).toEqual([]);
    expect(first.result).toEqual({ ready: false, waitSeconds: 3 });
    await run.until(revokeAccess, fewer);

    expect(stateOf(run.access)).toMatchObject({ assigned: ['mst-admin: set-admin'], known: [['mst-admin', true]] });
    expect([...run.access.groups.values()].map(({ name }) => name)).toEqual(['mst-admin']);
  });

  it('asks for nothing in an account that is closed: members and groups go, and with them what their assignments gave', async () => {
    const run = await known();
    run.access.tenant = { ...run.access.tenant, assignment: outstanding(run.access.idOf('mst-admin')) };
    run.access.describe = () => Promise.resolve({ state: 'FAILED', reason: 'The account is not active.' });
    run.access.delete = () => Promise.reject(new Error('The account is not active.'));
    await run.until((ports) => revokeAccess({ ...ports, canEnter: false }), { ...wanted, groups: [] });

    expect(stateOf(run.access)).toMatchObject({ known: [] });
    expect([...run.access.groups.values()]).toEqual([]);
    expect(run.access.tenant.assignment).toBeNull();
  });

  it('touches no group that the ledger does not know, whatever its name, and no assignment of others', async () => {
    const run = await known();
    const foreign = run.access.plant('mst-other', groupMark(OTHER_TENANT), 'id-somebody');
    run.access.assigned.add(`${account.id} ${foreign} set-admin`);
    run.access.assigned.add(`${account.id} control-tower set-admin`);
    await run.all({ ...wanted, groups: [] });

    expect([...run.access.groups.values()].map(({ name, members }) => [name, [...members]])).toEqual([
      ['mst-other', ['id-somebody']],
    ]);
    expect([...run.access.assigned]).toEqual([
      `${account.id} ${foreign} set-admin`,
      `${account.id} control-tower set-admin`,
    ]);
  });

  it('leaves assignments of our groups in other accounts', async () => {
    const run = await known();
    const elsewhere = `999999999999 ${run.access.idOf('mst-admin')} set-admin`;
    run.access.assigned.add(elsewhere);
    await run.until(revokeAccess, { ...wanted, groups: [group('admin', [], 'set-other')] });

    expect(run.access.assigned.has(elsewhere)).toBe(true);
  });

  it('writes nothing where there is no group yet', async () => {
    const run = new Run();
    await run.until(revokeAccess);
    expect(run.access.writes).toBe(0);
  });

  describe('where the ledger does not know a group of a planned name', () => {
    const ELSEWHERE = '999999999999';

    it.each([
      { what: 'carries the mark of the tenant', mark: groupMark(TENANT), accounts: [account.id], isTaken: true },
      { what: 'carries it, and has no assignment yet', mark: groupMark(TENANT), accounts: [], isTaken: true },
      { what: 'gives access to this account alone', mark: null, accounts: [account.id], isTaken: true },
      { what: 'gives access to nothing', mark: null, accounts: [], isTaken: false },
      { what: 'gives access elsewhere', mark: null, accounts: [account.id, ELSEWHERE], isTaken: false },
      {
        what: 'carries it, and gives access elsewhere',
        mark: groupMark(TENANT),
        accounts: [ELSEWHERE],
        isTaken: false,
      },
      { what: "is another tenant's", mark: groupMark(OTHER_TENANT), accounts: [account.id], isTaken: false },
    ])('takes it over, or leaves it alone: it $what', async ({ mark, accounts, isTaken }) => {
      const run = new Run();
      const groupId = run.access.plant('mst-admin', mark, 'id-somebody');
      for (const id of accounts) run.access.assigned.add(`${id} ${groupId} set-admin`);
      await run.until(revokeAccess);

      const { groups } = run.access.tenant;
      expect(groups.map((one) => one.groupId)).toEqual(isTaken ? [groupId] : []);
      expect(run.access.membersOf('mst-admin')).toEqual(isTaken ? [] : ['id-somebody']);
    });

    it('makes it as planned in the same run', async () => {
      const run = new Run();
      const groupId = run.access.plant('mst-admin', null, 'id-somebody');
      run.access.assigned.add(`${account.id} ${groupId} set-admin`);
      await run.all();

      expect(stateOf(run.access)).toEqual(converged);
      expect(run.access.idOf('mst-admin')).toBe(groupId);
    });

    it('takes it over although nothing is taken away (skipUserGroupPermissionCleanup), and says so', async () => {
      const run = new Run();
      const groupId = run.access.plant('mst-admin', groupMark(TENANT), 'id-somebody');
      const { remark } = await run.pass(revokeAccess, { ...wanted, skipUserGroupPermissionCleanup: true });

      expect(run.access.tenant.groups).toMatchObject([{ name: 'mst-admin', groupId }]);
      expect(run.access.membersOf('mst-admin')).toEqual(['id-somebody']);
      expect(remark).toContain('mst-admin');
    });
  });

  it('says what it leaves behind when no identity store is configured any more', async () => {
    const run = await known();
    const calls = run.access.calls;
    const { remark, result } = await run.pass(revokeAccess, plan());

    expect([result['ready'], run.access.calls - calls]).toEqual([true, 0]);
    expect(remark).toContain('2 groups of this tenant stay');
  });

  it('takes nothing away where skipUserGroupPermissionCleanup is set, and says so', async () => {
    const run = await known();
    const before = { ...stateOf(run.access), writes: run.access.writes };
    const { remark, result } = await run.pass(
      revokeAccess,
      plan({ ...wanted, groups: [group('admin', [])], skipUserGroupPermissionCleanup: true }),
    );

    expect(result).toEqual({ ready: true, waitSeconds: 0 });
    expect({ ...stateOf(run.access), writes: run.access.writes }).toEqual(before);
    expect(remark).toContain('skipUserGroupPermissionCleanup is set');
  });

  it('takes a group that was renamed by hand away, and GrantAccess makes one of the planned name', async () => {
    const run = await known();
    const id = run.access.idOf('mst-admin');
    const renamed = run.access.groups.get(id);
    if (renamed !== undefined) run.access.groups.set(id, { ...renamed, name: 'renamed' });
    await run.all();

    expect(stateOf(run.access)).toMatchObject({ groups: converged.groups, assigned: converged.assigned });
  });
});
