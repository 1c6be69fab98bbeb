import type { AssignmentRecord } from '../../../functions/domain/records/account-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { groupMark } from '../../../functions/domain/access/owned-groups';
import type { Step, StepReport } from '../../../functions/domain/run/vending';
import { checkGrants } from '../../../functions/steps/CheckGrants/step';
import { grantAccess } from '../../../functions/steps/GrantAccess/step';
import { revokeAccess } from '../../../functions/steps/RevokeAccess/step';
import { ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccess } from '../../fakes/fake-access';
import { FakeSamlAccess } from '../../fakes/fake-saml-access';
import { account, after, NOW, OTHER_TENANT, plan, TENANT, vending } from '../../fakes/vending';

const identityStore = {
  region: 'eu-central-1',
  identityStoreId: 'd-1234567890',
  instanceArn: 'arn:instance',
  scim: null,
};
const group = (awsRole: string, members: readonly string[], ...sets: readonly string[]) => ({
  ...{ name: `mst-${awsRole}`, awsRole, projectRoles: [awsRole] },
  permissionSetArns: [...sets],
  members: [...members],
});

const JANE = 'jane@corp.example';
const OMAR = 'omar@corp.example';
const wanted: Partial<VendingPlan> = {
  identityStore,
  groups: [group('admin', [JANE, OMAR], 'set-admin'), group('reader', [OMAR], 'set-view', 'set-billing')],
};

/** The steps of a run over one world, with time that passes between them. */
class Run {
  readonly access: FakeAccess;
  readonly reports: StepReport[] = [];
  seconds = 0;

  constructor(access = worldWith(JANE, OMAR)) {
    this.access = access;
  }

  async pass(
    step: (ports: {
      repository: FakeAccess;
      groupDirectory: FakeAccess;
      assignments: FakeAccess;
      saml: FakeSamlAccess;
    }) => Step,
    parts = wanted,
  ) {
    const saml = new FakeSamlAccess();
    const ports = { repository: this.access, groupDirectory: this.access, assignments: this.access, saml };
    const report = await step(ports)({
      ...vending({ plan: parts }),
      tenant: this.access.tenant,
      now: after(this.seconds, NOW),
    });
    this.reports.push(report);
    return report;
  }

  /** Enters a state again as long as it is not ready. */
  async until(step: Parameters<Run['pass']>[0], parts = wanted) {
    for (let passes = 0; passes < 40; passes += 1) {
      const { result } = await this.pass(step, parts);
      if (result['ready'] === true) return;
      this.seconds += Number(result['waitSeconds']);
    }
    throw new Error('The state never ends.');
  }

  async all(parts = wanted) {
    await this.until(revokeAccess, parts);
    await this.pass(grantAccess, parts);
    await this.until(checkGrants, parts);
  }
}

/** Asked for by an earlier run, and refused twice. */
const outstanding = (groupId: string): AssignmentRecord => ({
  ...{ kind: 'deletion', groupId, permissionSetArn: 'set-admin', requestId: 'request', failures: 2 },
  askedAt: NOW.toISOString(),
});

function worldWith(...people: readonly string[]): FakeAccess {
  const access = new FakeAccess();
  people.forEach((name) => access.users.set(name, `id-${name}`));
  return access;
}

const stateOf = (access: FakeAccess) => ({
  groups: [...access.groups.values()]
    .map(({ name, members }) => [name, [...members].toSorted()] as const)
    .toSorted(([one], [other]) => one.localeCompare(other)),
  assigned: [...access.assigned]
    .map((key) => {
      const [, groupId = '', set] = key.split(' ');
      return `${access.groups.get(groupId)?.name ?? 'nobody'}: ${set ?? ''}`;
    })
    .toSorted(),
  known: access.tenant.groups.map(({ name, groupId }) => [name, groupId === access.idOf(name)]),
  outstanding: access.tenant.assignment,
});

const converged = {
  groups: [
    ['mst-admin', [`id-${JANE}`, `id-${OMAR}`]],
    ['mst-reader', [`id-${OMAR}`]],
  ],
  assigned: ['mst-admin: set-admin', 'mst-reader: set-billing', 'mst-reader: set-view'],
  known: [
    ['mst-admin', true],
    ['mst-reader', true],
  ],
  outstanding: null,
};

describe('access', () => {
  it('is granted on a first run, and each change told', async () => {
    const run = new Run();
    await run.all();

    expect(stateOf(run.access)).toEqual(converged);
    expect(run.reports.flatMap(({ changes = [] }) => changes).map(({ what, to }) => `${what} → ${to ?? ''}`)).toEqual([
      'group mst-admin → g-1',
      'group mst-reader → g-2',
      `member of mst-admin → id-${JANE}`,
      `member of mst-admin → id-${OMAR}`,
      `member of mst-reader → id-${OMAR}`,
      'assignment of mst-admin → set-admin',
      'assignment of mst-reader → set-view',
      'assignment of mst-reader → set-billing',
    ]);
  });

  it('is found on a second run, which writes nothing', async () => {
    const run = new Run();
    await run.all();
    const before = run.access.writes;
    run.reports.splice(0);
    await run.all();

    expect(run.access.writes - before).toBe(0);
    expect(run.reports.flatMap(({ changes = [] }) => changes)).toEqual([]);
  });

  /**
   * From access that is as wanted by an older plan to the newer one: members, permission sets and a group go, others
   * come.
   */
  const older: Partial<VendingPlan> = {
    identityStore,
    groups: [group('admin', [JANE], 'set-admin', 'set-old'), group('gone', [JANE, OMAR], 'set-view')],
  };

  it.each(['effect', 'answer'] as const)(
    'ends the same wherever the process is killed, with the %s lost',
    async (loses) => {
      const undisturbed = new Run();
      await undisturbed.all(older);
      const callsBefore = undisturbed.access.calls;
      await undisturbed.all();
      const calls = undisturbed.access.calls - callsBefore;
      expect(stateOf(undisturbed.access)).toEqual(converged);
      expect(calls).toBeGreaterThan(40);

      for (let killed = 1; killed <= calls; killed += 1) {
        const run = new Run();
        await run.all(older);
        run.access.loses = loses;
        run.access.killedAt = run.access.calls + killed;
        await expect(run.all()).rejects.toThrow(ProcessKilledError);
        // By the time of the next run, AWS has done what it was asked for.
        run.access.finishAll();
        run.seconds += 60;
        await run.all();

        expect({ killed, ...stateOf(run.access) }).toEqual({ killed, ...converged });
      }
    },
  );

  it('ends the same wherever GrantAccess is killed, and only that state is entered again', async () => {
    const undisturbed = new Run();
    await undisturbed.pass(grantAccess);
    for (let killed = 1; killed <= undisturbed.access.calls; killed += 1) {
      const run = new Run();
      run.access.killedAt = killed;
      await expect(run.pass(grantAccess)).rejects.toThrow(ProcessKilledError);
      await run.pass(grantAccess);
      await run.until(checkGrants);
      expect({ killed, ...stateOf(run.access) }).toEqual({ killed, ...converged });
    }
  });

  it('ends the same wherever a first run is killed: no group is made twice', async () => {
    const undisturbed = new Run();
    await undisturbed.all();
    for (let killed = 1; killed <= undisturbed.access.calls; killed += 1) {
      const run = new Run();
      run.access.loses = 'answer';
      run.access.killedAt = killed;
      await expect(run.all()).rejects.toThrow(ProcessKilledError);
      run.access.finishAll();
      await run.all();

      expect({ killed, ...stateOf(run.access) }).toEqual({ killed, ...converged });
    }
  });
});

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

describe('GrantAccess', () => {
  it('rejects a foreign group of the planned name, by name', async () => {
    const run = new Run();
    run.access.plant('mst-reader', null, 'id-somebody');
    await expectRejected(run.pass(grantAccess), 'There is a group "mst-reader"', 'Rename or delete that group');
    expect(run.access.membersOf('mst-reader')).toEqual(['id-somebody']);
  });

  it('rejects another tenant’s group also where it was about to make one itself', async () => {
    const run = new Run();
    const { identityStoreId } = identityStore;
    run.access.tenant = { ...run.access.tenant, groups: [{ identityStoreId, name: 'mst-admin', groupId: null }] };
    run.access.plant('mst-admin', groupMark(OTHER_TENANT));
    await expectRejected(run.pass(grantAccess), 'There is a group "mst-admin"', 'Rename or delete that group');
  });

  it('adopts the group whose id was lost, by its mark', async () => {
    const run = new Run();
    const { identityStoreId } = identityStore;
    run.access.tenant = { ...run.access.tenant, groups: [{ identityStoreId, name: 'mst-admin', groupId: null }] };
    const groupId = run.access.plant('mst-admin', groupMark(TENANT));
    await run.pass(grantAccess);

    expect(run.access.tenant.groups).toContainEqual({
      identityStoreId,
      name: 'mst-admin',
      groupId,
      madeAt: NOW.toISOString(),
    });
  });

  it('skips whom the directory does not know, and calls them by their meshIdentifier', async () => {
    const run = new Run(worldWith(OMAR));
    const { remark } = await run.pass(grantAccess, { ...wanted, meshIdentifiers: { [JANE]: 'u-1' } });

    expect(remark).toBe('IAM Identity Center does not know u-1 (by userName, which is the euid): no access for now.');
    expect(run.access.membersOf('mst-admin')).toEqual([`id-${OMAR}`]);
  });
});

describe('CheckGrants', () => {
  const granted = async () => {
    const run = new Run();
    await run.pass(grantAccess);
    return run;
  };

  it('has one request at work at a time', async () => {
    const run = await granted();
    const passes = [await run.pass(checkGrants), await run.pass(checkGrants)];
    expect(passes.map(({ result }) => result)).toEqual([
      { ready: false, waitSeconds: 10 },
      { ready: false, waitSeconds: 10 },
    ]);
    expect(run.access.tenant.assignment).toMatchObject({ kind: 'creation', permissionSetArn: 'set-admin' });
  });

  it('waits for a place', async () => {
    const run = await granted();
    run.access.busy = 1;
    expect(await run.pass(checkGrants)).toMatchObject({ result: { ready: false, waitSeconds: 10 }, changes: [] });
    await run.until(checkGrants);
    expect(run.access.assigned.size).toBe(3);
  });

  it('gives up after an hour without a place', async () => {
    const run = await granted();
    run.access.busy = Infinity;
    run.seconds = 3600;
    await expectRejected(run.pass(checkGrants), 'had not finished with the assignments', 'replay this run');
  });

  it('tries again what has failed, with a pause', async () => {
    const run = await granted();
    run.access.failures.push('An internal fault.', 'An internal fault.');
    await run.until(checkGrants);
    expect(run.access.assigned.size).toBe(3);
    expect(run.reports.map(({ result }) => result['waitSeconds'])).toContain(20);
  });

  it('gives up what has failed three times, and says why', async () => {
    const run = await granted();
    run.access.failures.push('one', 'two', 'The role is protected.');
    await expectRejected(run.until(checkGrants), '3 times: The role is protected.', 'replay this run');
  });

  it('waits where something is not known that is younger than ten minutes, and then quotes AWS', async () => {
    const run = await granted();
    run.access.create = () => Promise.resolve({ absent: 'ResourceNotFoundException: Group not found.' });
    run.seconds = 599;
    expect(await run.pass(checkGrants)).toMatchObject({ result: { ready: false, waitSeconds: 15 } });
    run.seconds = 600;
    await expectRejected(run.pass(checkGrants), '(ResourceNotFoundException: Group not found.)', 'replay this run');
  });

  it('waits for a group that was made later than the account', async () => {
    const run = new Run();
    run.seconds = 1800;
    await run.pass(grantAccess);
    run.access.create = () => Promise.resolve({ absent: 'ResourceNotFoundException: Group not found.' });
    expect(await run.pass(checkGrants)).toMatchObject({ result: { ready: false } });
    expect(run.access.tenant.groups[0]?.madeAt).toBe(after(1800, NOW).toISOString());
  });

  it('names a permission set that is not there', async () => {
    const run = await granted();
    run.access.create = () => Promise.resolve({ absent: 'ResourceNotFoundException: Gone.' });
    run.seconds = 600;
    await expectRejected(
      run.pass(checkGrants),
      'does not know the permission set set-admin of the role "admin"',
      'in awsRoleMappings of platform.json or landing-zones/aws-dev.json',
    );
  });
});
