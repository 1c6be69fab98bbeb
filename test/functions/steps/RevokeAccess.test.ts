import type { AssignmentRecord, SamlAccessRecord } from '../../../functions/domain/records/account-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { FACTORY_USER_CHANGE } from '../../../functions/domain/access/factory-user';
import { groupMark } from '../../../functions/domain/access/tenant-groups';
import { revokeAccess } from '../../../functions/steps/RevokeAccess/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { account, after, plan, TENANT } from '../../fakes/vending';
import { group, identityStore, JANE, OMAR, outstanding, Run, wanted } from './access-run';

const { identityStoreId } = identityStore;
const nothing: Partial<VendingPlan> = { identityStore, groups: [] };
const ADMIN_ALONE: Partial<VendingPlan> = { ...wanted, groups: [group('admin', [JANE, OMAR], 'set-admin')] };

async function known(parts = wanted): Promise<Run> {
  const run = new Run();
  await run.all(parts);
  run.reports.length = 0;
  return run;
}

const changesOf = ({ reports }: Run) => reports.flatMap(({ changes = [] }) => changes);

const withTenant = (run: Run, changes: Partial<Run['access']['tenant']>): void => {
  run.access.tenant = { ...run.access.tenant, ...changes };
};

/** A request of an earlier run. */
const withRequest = (run: Run, changes: Partial<AssignmentRecord>): void => {
  withTenant(run, { assignment: { ...outstanding(run.access.idOf('mst-admin')), ...changes } });
};

describe('RevokeAccess', () => {
  it('has neither change nor remark where all is as wanted', async () => {
    const run = await known();
    const remove = jest.spyOn(run.access, 'removeMembers');
    expect(await run.pass(revokeAccess)).toEqual({ result: { ready: true, waitSeconds: 0 }, changes: [] });
    expect(remove).not.toHaveBeenCalled();
  });

  it('tells what it has taken away, by ids that name nobody', async () => {
    const run = await known();
    const groupId = run.access.idOf('mst-reader');
    await run.until(revokeAccess, ADMIN_ALONE);
    expect(changesOf(run)).toEqual([
      { what: 'member of mst-reader', from: `id-${OMAR}`, to: null },
      { what: 'assignment of mst-reader', from: 'set-view', to: null },
      { what: 'assignment of mst-reader', from: 'set-billing', to: null },
      { what: 'group mst-reader', from: groupId, to: null },
    ]);
  });

  it('takes everybody out of a group that is wanted no more although nothing is known about people', async () => {
    const run = await known();
    const groups = [group('admin', [], 'set-admin')];
    await run.pass(revokeAccess, { ...wanted, groups, membersKnown: false });
    expect(run.access.membersOf('mst-reader')).toEqual([]);
    expect(run.access.membersOf('mst-admin')).toHaveLength(2);
  });

  it('asks nothing where the plan has no IAM Identity Center, although a request is known', async () => {
    const run = new Run();
    withRequest(run, {});
    expect((await run.pass(revokeAccess, plan())).result['ready']).toBe(true);
    expect(run.access.calls).toBe(0);
  });

  it('gives up after an hour without a place', async () => {
    const run = await known();
    run.access.busy = Infinity;
    run.seconds = 3599;
    expect(await run.pass(revokeAccess, ADMIN_ALONE)).toMatchObject({ result: { ready: false, waitSeconds: 10 } });
    run.seconds = 3600;
    await expectRejected(run.pass(revokeAccess, ADMIN_ALONE), 'after 60 minutes', 'replay this run');
  });

  it('tells nothing while it waits for a place', async () => {
    const run = await known();
    await run.pass(revokeAccess, ADMIN_ALONE);
    withRequest(run, { requestId: 'forgotten' });
    run.access.busy = Infinity;
    expect((await run.pass(revokeAccess, ADMIN_ALONE)).changes).toEqual([]);
  });

  it('goes on in a second where somebody else has taken an assignment away, and tells nothing', async () => {
    const run = await known();
    const { tenant } = run.access;
    run.access.delete = () => Promise.resolve({ absent: 'ResourceNotFoundException: Assignment not found.' });
    const groups = [group('admin', [JANE, OMAR], 'set-admin'), group('reader', [OMAR], 'set-view')];
    const report = await run.pass(revokeAccess, { ...wanted, groups });
    expect(report).toMatchObject({ result: { ready: false, waitSeconds: 1 }, changes: [] });
    expect(run.access.tenant).toEqual(tenant);
  });

  it('tells whom it has taken out although nothing else is to be done, and reads nobody in vain', async () => {
    const run = await known();
    const find = jest.spyOn(run.access, 'findUsers');
    const groups = [group('admin', [OMAR], 'set-admin'), group('reader', [OMAR], 'set-view', 'set-billing')];
    const { result, changes } = await run.pass(revokeAccess, { ...wanted, groups });
    expect(result['ready']).toBe(true);
    expect(changes).toEqual([{ what: 'member of mst-admin', from: `id-${JANE}`, to: null }]);
    expect(find).toHaveBeenCalledTimes(1);
    await run.pass(revokeAccess, { ...wanted, membersKnown: false });
    await run.until(revokeAccess, nothing);
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('deletes several groups, each once the one before is forgotten', async () => {
    const run = await known({ ...wanted, groups: [group('admin', []), group('reader', []), group('auditor', [])] });
    const update = jest.spyOn(run.access, 'update');
    await run.pass(revokeAccess, { ...wanted, groups: [group('reader', [])] });
    expect(run.access.tenant.groups.map(({ name }) => name)).toEqual(['mst-reader']);
    expect([...run.access.groups.values()].map(({ name }) => name)).toEqual(['mst-reader']);
    expect(update.mock.calls.map(([field, { after }]) => [field, after])).toMatchObject([
      ['groups', [{ name: 'mst-reader' }, { name: 'mst-auditor' }]],
      ['groups', [{ name: 'mst-reader' }]],
    ]);
  });

  it('forgets no group before it is deleted', async () => {
    const run = await known({ ...wanted, groups: [group('admin', [])] });
    run.access.deleteGroup = () => Promise.reject(new Error('The directory is down.'));
    await expect(run.pass(revokeAccess, nothing)).rejects.toThrow('The directory is down.');
    expect(run.access.tenant.groups.map(({ name }) => name)).toEqual(['mst-admin']);
  });

  it('knows when it has asked, and looks the more seldom the longer it takes', async () => {
    const run = await known();
    const began = run.seconds;
    run.seconds += 60;
    await run.pass(revokeAccess, ADMIN_ALONE);
    const askedAt = after(began + 60).toISOString();
    expect(run.access.tenant.assignment).toMatchObject({ kind: 'deletion', askedAt });
    run.access.describe = () => Promise.resolve({ state: 'IN_PROGRESS', reason: null });
    run.seconds += 100;
    expect((await run.pass(revokeAccess, ADMIN_ALONE)).result).toMatchObject({ waitSeconds: 12 });
  });

  it('begins with the next assignment in the pass in which it sees that the last one is gone', async () => {
    const run = await known();
    await run.pass(revokeAccess, ADMIN_ALONE);
    run.access.finishAll();
    await run.pass(revokeAccess, ADMIN_ALONE);
    expect(run.access.tenant.assignment).toMatchObject({ permissionSetArn: 'set-billing', failures: 0 });
  });

  it('gives up at the third failure to take the same away, quotes it, and begins again when it is replayed', async () => {
    const run = await known();
    run.access.failures.push('one', 'two', 'The role is protected.');
    await expectRejected(run.until(revokeAccess, ADMIN_ALONE), '3 times: The role is protected.', 'replay this run');
    expect(run.access.tenant.assignment).toMatchObject({ kind: 'deletion', requestId: null, failures: 0 });
    await run.until(revokeAccess, ADMIN_ALONE);
    expect([...run.access.assigned]).toHaveLength(1);
  });

  it('tells the ledger that what it takes from the user of the Account Factory is a user’s', async () => {
    const run = new Run();
    const { region, instanceArn } = identityStore;
    run.access.assigned.add(`${account.id} id-${OMAR} set-of-factory`);
    const factoryUser = { email: OMAR, region, instanceArn, identityStoreId };
    const { changes } = await run.pass(revokeAccess, { ...nothing, factoryUser });
    expect(changes).toEqual([FACTORY_USER_CHANGE]);
    expect(run.access.tenant.assignment).toMatchObject({
      groupId: `id-${OMAR}`,
      principalType: 'USER',
      permissionSetArn: 'set-of-factory',
    });
  });
});

describe('RevokeAccess and the grant of an earlier run', () => {
  it('waits while it is at work', async () => {
    const run = await known();
    withRequest(run, { kind: 'creation' });
    run.access.describe = () => Promise.resolve({ state: 'IN_PROGRESS', reason: null });
    expect((await run.pass(revokeAccess)).result).toMatchObject({ ready: false });
    expect(run.access.tenant.assignment).not.toBeNull();
  });

  it('forgets one that has failed, however often, and goes on', async () => {
    const run = await known();
    withRequest(run, { kind: 'creation', failures: 2 });
    run.access.describe = () => Promise.resolve({ state: 'FAILED', reason: 'The role is protected.' });
    expect((await run.pass(revokeAccess)).result).toEqual({ ready: true, waitSeconds: 0 });
    expect(run.access.tenant.assignment).toBeNull();
  });
});

describe('RevokeAccess and a group whose id was lost', () => {
  const withIntent = (run: Run, name = 'mst-gone'): void => {
    withTenant(run, { groups: [{ identityStoreId, name, groupId: null }] });
  };

  it('deletes it by its mark where it is planned no more', async () => {
    const run = new Run();
    withIntent(run);
    run.access.plant('mst-gone', groupMark(TENANT), 'id-somebody');
    await run.until(revokeAccess, nothing);
    expect(run.access.groups.size).toBe(0);
    expect(run.access.tenant.groups).toEqual([]);
  });

  it('leaves one of that name without the mark: somebody else has made it', async () => {
    const run = new Run();
    withIntent(run);
    run.access.plant('mst-gone', null, 'id-somebody');
    await run.until(revokeAccess, nothing);
    expect(run.access.membersOf('mst-gone')).toEqual(['id-somebody']);
  });

  it('writes nothing where it was never made', async () => {
    const run = new Run();
    withIntent(run);
    await run.until(revokeAccess, nothing);
    expect(run.access.writes).toBe(0);
  });

  it('leaves it to GrantAccess as long as it is planned', async () => {
    const run = new Run();
    withIntent(run, 'mst-admin');
    const groupId = run.access.plant('mst-admin', groupMark(TENANT), 'id-somebody');
    run.access.assigned.add(`${account.id} ${groupId} set-other`);
    expect((await run.pass(revokeAccess, ADMIN_ALONE)).result['ready']).toBe(true);
    expect(run.access.writes).toBe(0);
  });
});

describe('RevokeAccess takes over', () => {
  it('a group beside those that the ledger knows, and names all', async () => {
    const run = await known({ ...wanted, groups: [group('auditor', [OMAR])] });
    run.access.plant('mst-admin', groupMark(TENANT));
    run.access.plant('mst-reader', groupMark(TENANT));
    const { remark } = await run.pass(revokeAccess, {
      ...wanted,
      groups: [group('auditor', [OMAR]), ...(wanted.groups ?? [])],
    });
    expect(run.access.tenant.groups.map(({ name }) => name)).toEqual(['mst-auditor', 'mst-admin', 'mst-reader']);
    expect(remark).toContain('mst-admin, mst-reader');
  });

  it('a group in the pass in which another one is taken away', async () => {
    const run = await known({ ...wanted, groups: [group('auditor', [OMAR])] });
    run.access.plant('mst-admin', groupMark(TENANT));
    const { remark, changes } = await run.pass(revokeAccess, { ...wanted, groups: [group('admin', [])] });
    expect(run.access.tenant.groups.map(({ name }) => name)).toEqual(['mst-admin']);
    expect([...run.access.groups.values()].map(({ name }) => name)).toEqual(['mst-admin']);
    expect(changes?.map(({ what }) => what)).toEqual(['member of mst-auditor', 'group mst-auditor']);
    expect(remark).toContain('mst-admin');
  });

  it('nothing where no group of that name is there, not even for an account that was imported', async () => {
    const run = new Run();
    withTenant(run, { account: { ...account, imported: true } });
    await run.until(revokeAccess, { ...wanted, adoptGroups: true });
    expect(run.access.tenant.groups).toEqual([]);
    expect(run.access.writes).toBe(0);
  });
});

describe('RevokeAccess and what is left of meshIdB in an account', () => {
  const LEFT = /roles and SAML provider stay in the account/u;

  const remarkOf = async (samlAccess: SamlAccessRecord, canEnter?: boolean): Promise<string | undefined> => {
    const run = new Run();
    withTenant(run, { samlAccess });
    const ofAccount = canEnter === undefined ? {} : { canEnter };
    const { remark } = await run.pass(
      (ports) => revokeAccess({ ...ports, ...ofAccount }),
      canEnter === false ? nothing : { ...nothing, samlAccess: KEPT },
    );
    return remark;
  };

  const KEPT: VendingPlan['samlAccess'] = {
    provider: { name: 'meshIdB', metadataDocument: '<metadata/>' },
    roles: [{ name: 'admin', projectRoles: [], policyArns: ['arn:admin'] }],
    failIfNotFound: true,
  };

  it.each([
    { what: 'a role', samlAccess: { provider: null, roles: ['admin'] } },
    { what: 'a provider', samlAccess: { provider: 'meshIdB', roles: [] } },
  ])('says so where nobody can enter: $what', async ({ samlAccess }) => {
    expect(await remarkOf(samlAccess, false)).toMatch(LEFT);
  });

  it('says nothing where there is nothing of it', async () => {
    expect(await remarkOf({ provider: null, roles: [] }, false)).toBeUndefined();
  });

  it('says nothing of an account that is open', async () => {
    expect(await remarkOf({ provider: 'meshIdB', roles: ['admin'] })).toBeUndefined();
    expect(await remarkOf({ provider: 'meshIdB', roles: ['admin'] }, true)).toBeUndefined();
  });
});

describe('RevokeAccess and groups of the identity provider', () => {
  const existing = (name: string, ...permissionSetArns: readonly string[]) => ({
    name,
    awsRole: 'admin',
    projectRoles: ['admin'],
    permissionSetArns: [...permissionSetArns],
  });
  const planOf = (...groups: readonly ReturnType<typeof existing>[]): Partial<VendingPlan> => ({
    ...nothing,
    existingGroups: { withinHours: 24, groups: [...groups] },
  });
  const record = (name: string, groupId: string, ...permissionSetArns: readonly string[]) => ({
    identityStoreId,
    name,
    groupId,
    knownSince: account.knownSince,
    permissionSetArns: [...permissionSetArns],
  });

  /** Groups `admins` and `readers` that were given this much by a mapping, of which `assigned` is there. */
  function runWith(assigned: readonly string[], ...given: readonly (readonly string[])[]) {
    const run = new Run();
    const names = ['admins', 'readers'];
    const ids = names.map((name) => run.access.plant(name, null));
    const records = given.map((sets, index) => record(names[index] ?? '', ids[index] ?? '', ...sets));
    if (given.length > 0) withTenant(run, { assignedGroups: records });
    assigned.forEach((key) => run.access.assigned.add(`${account.id} ${key}`));
    return {
      run,
      ids,
      records,
      find: jest.spyOn(run.access, 'findGroup'),
      list: jest.spyOn(run.access, 'listOfGroup'),
    };
  }

  it('asks about none where no mapping has given anything', async () => {
    const { run, find } = runWith([]);
    await run.until(revokeAccess, planOf(existing('admins', 'set-admin')));
    expect(find).not.toHaveBeenCalled();
  });

  it('asks for no group by its name where none is planned', async () => {
    const { run, find } = runWith([], ['set-admin']);
    await run.until(revokeAccess, nothing);
    expect(find).not.toHaveBeenCalled();
  });

  it('reads what a group has only where it is to have less, and tells what it takes', async () => {
    const { run, ids, list } = runWith(
      ['g-1 set-admin', 'g-1 set-old', 'g-2 set-view'],
      ['set-admin', 'set-old'],
      ['set-view'],
    );
    await run.until(revokeAccess, planOf(existing('admins', 'set-admin'), existing('readers', 'set-view')));
    expect(new Set(list.mock.calls.map(([, groupId]) => groupId))).toEqual(new Set([ids[0]]));
    expect(changesOf(run)).toEqual([{ what: 'assignment of admins', from: 'set-old', to: null }]);
  });

  it('forgets a group whose assignments others have taken away, and keeps the other one', async () => {
    const { run, records } = runWith(['g-2 set-view'], ['set-admin'], ['set-view']);
    await run.until(revokeAccess, planOf(existing('readers', 'set-view')));
    expect(run.access.tenant.assignedGroups).toEqual([records[1]]);
  });

  it('neither reads nor writes what was given under another directory', async () => {
    const { run, list } = runWith([], ['set-admin']);
    await run.until(revokeAccess, { ...nothing, identityStore: { ...identityStore, identityStoreId: 'd-2' } });
    expect(list).not.toHaveBeenCalled();
    expect(run.access.writes).toBe(0);
  });

  it('leaves it where only the user of the Account Factory is looked for', async () => {
    const { run, records } = runWith(['g-1 set-admin'], ['set-admin']);
    const { region, instanceArn } = identityStore;
    const factoryUser = { email: 'cloud@corp.example', region, instanceArn, identityStoreId };
    await run.until(revokeAccess, { identityStore: null, groups: [], factoryUser });
    expect(run.access.tenant.assignedGroups).toEqual(records);
  });
});
