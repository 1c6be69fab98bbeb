import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { groupMark } from '../../../functions/domain/access/tenant-groups';
import { checkGrants } from '../../../functions/steps/CheckGrants/step';
import { grantAccess } from '../../../functions/steps/GrantAccess/step';
import { ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { expectRejected } from '../../fakes/expect-rejected';
import { after, NOW, OTHER_TENANT, TENANT } from '../../fakes/vending';
import { identityStore, group, JANE, OMAR, wanted, Run, worldWith, stateOf, converged } from './access-run';

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

describe('GrantAccess', () => {
  it('rejects a foreign group of the planned name, by name', async () => {
    const run = new Run();
    run.access.plant('mst-reader', null, 'id-somebody');
    await expectRejected(run.pass(grantAccess), 'There is a group "mst-reader"', 'Rename or delete that group');
    expect(run.access.membersOf('mst-reader')).toEqual(['id-somebody']);
  });

  it('names the field of the directory under which it has made the group itself, before that was changed', async () => {
    const run = new Run();
    const groupId = run.access.plant('mst-reader', null, 'id-somebody');
    const made = { identityStoreId: 'd-0000000000', name: 'mst-reader', groupId };
    run.access.tenant = { ...run.access.tenant, groups: [made] };
    const bySCIM = { ...identityStore, scim: { endpoint: 'https://scim', tokenSecretArn: 'arn' } };
    const remedy = 'set identityStoreId of awsSso in platform.json to that';
    await expectRejected(run.pass(grantAccess, { ...wanted, identityStore: bySCIM }), 'mst-reader', remedy);
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
      { ready: false, waitSeconds: 8 },
      { ready: false, waitSeconds: 8 },
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
