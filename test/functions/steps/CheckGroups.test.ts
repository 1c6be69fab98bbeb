import type { AssignmentRecord } from '../../../functions/domain/records/account-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { checkGroups } from '../../../functions/steps/CheckGroups/step';
import { revokeAccess } from '../../../functions/steps/RevokeAccess/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { account, turn } from '../../fakes/vending';
import { group, identityStore, OMAR, Run, worldWith } from './access-run';

const HOUR = 3600;
const ADMINS = 'retail-admins';
const existing = (awsRole: string, name: string, ...permissionSetArns: readonly string[]) => ({
  name,
  awsRole,
  projectRoles: [awsRole],
  permissionSetArns: [...permissionSetArns],
});
const planOf = (
  groups: NonNullable<VendingPlan['existingGroups']>['groups'],
  withinHours = 24,
): Partial<VendingPlan> => ({ identityStore, groups: [], existingGroups: { withinHours, groups } });

const wanted = planOf([existing('admin', ADMINS, 'set-admin', 'set-billing')]);
const nothing: Partial<VendingPlan> = { identityStore, groups: [] };

/** A run whose identity provider brings groups, and the slots that it gives up. */
class ExistingRun extends Run {
  readonly freed: string[] = [];

  check(parts = wanted): Promise<StepReport> {
    const turns = {
      free: ({ name }: { readonly name: string }) => {
        this.freed.push(name);
        this.access.tenant = { ...this.access.tenant, turns: {} };
        return Promise.resolve();
      },
    };
    return this.pass((ports) => checkGroups({ ...ports, turns }), parts);
  }

  async given(parts = wanted): Promise<void> {
    for (let passes = 0; passes < 40; passes += 1) {
      const { result } = await this.check(parts);
      if (result['ready'] === true) return;
      this.seconds += Number(result['waitSeconds']);
    }
    throw new Error('The state never ends.');
  }

  get assigned(): readonly string[] {
    return [...this.access.assigned].toSorted();
  }
}

const runWith = (...names: readonly string[]): { readonly run: ExistingRun; readonly ids: readonly string[] } => {
  const run = new ExistingRun(worldWith(OMAR));
  return { run, ids: names.map((name) => run.access.plant(name, null, `id-${OMAR}`, 'id-of-others')) };
};
const in444 = (groupId: string, set: string): string => `${account.id} ${groupId} ${set}`;

describe('CheckGroups', () => {
  it('gives a group that is there its permission sets, and remembers them before it asks', async () => {
    const { run, ids } = runWith(ADMINS);
    const [id = ''] = ids;
    const report = await run.check();

    expect(report.changes).toEqual([{ what: `assignment of ${ADMINS}`, from: null, to: 'set-admin' }]);
    expect(run.access.tenant.assignedGroups).toMatchObject([
      { name: ADMINS, groupId: id, permissionSetArns: ['set-admin', 'set-billing'] },
    ]);
    await run.given();
    expect(run.assigned).toEqual([in444(id, 'set-admin'), in444(id, 'set-billing')]);
  });

  it('finds all on a second run, which writes nothing', async () => {
    const { run } = runWith(ADMINS);
    await run.given();
    const before = run.access.writes;
    await run.given();

    expect(run.access.writes).toBe(before);
  });

  it('changes no group and nobody in it, from beginning to end', async () => {
    const { run } = runWith(ADMINS);
    const before = structuredClone(run.access.groups);
    await run.given();
    await run.until(revokeAccess, nothing);

    expect(run.access.groups).toEqual(before);
  });

  it('waits for a group that is not there, gives up its slot once, and goes on when it comes', async () => {
    const { run } = runWith();
    run.access.tenant = { ...run.access.tenant, turns: { reconciliation: turn() } };
    const report = await run.check();

    expect(report).toMatchObject({ result: { ready: false, groupsAwaited: 1 } });
    expect(report.changes).toBeUndefined();
    expect(report.remark).toContain(`"${ADMINS}"`);
    run.seconds += 8 * HOUR;
    expect(Number((await run.check()).result['waitSeconds'])).toBe(900);
    expect(run.freed).toEqual(['reconciliation']);
    const id = run.access.plant(ADMINS, null);
    await run.given();
    expect(run.assigned).toEqual([in444(id, 'set-admin'), in444(id, 'set-billing')]);
  });

  it('lets in a group that is there while another one is awaited', async () => {
    const both = planOf([existing('reader', 'retail-readers', 'set-view'), existing('admin', ADMINS, 'set-admin')]);
    const { run, ids } = runWith(ADMINS);
    for (let passes = 0; passes < 5; passes += 1) {
      run.seconds += Number((await run.check(both)).result['waitSeconds']);
    }

    expect(run.assigned).toEqual([in444(ids[0] ?? '', 'set-admin')]);
    expect(run.reports.at(-1)?.result).toMatchObject({ ready: false, groupsAwaited: 1 });
  });

  it('ends where a newer desired state waits, whose run goes on waiting', async () => {
    const { run } = runWith();
    run.access.tenant = { ...run.access.tenant, waitingSequence: 18 };
    const report = await run.check();

    expect(report.result['ready']).toBe(true);
    expect(report.remark).toContain('A newer desired state waits');
  });

  it.each([
    { withinHours: 24, seconds: 24 * HOUR },
    { withinHours: 1, seconds: HOUR },
  ])('fails after $withinHours hours, and names the group and what to do', async ({ withinHours, seconds }) => {
    const { run } = runWith();
    const late = planOf([existing('admin', ADMINS, 'set-admin')], withinHours);
    await run.check(late);
    run.seconds = seconds - 1;
    expect((await run.check(late)).result['ready']).toBe(false);
    run.seconds = seconds;

    await expectRejected(run.check(late), `"${ADMINS}" (role admin)`, 'existingGroupNamePattern');
    await expectRejected(run.check(late), `${withinHours} hours`, 'groupsWithinHours');
  });

  it('has an hour for the assignments of a group that came in the last minute', async () => {
    const { run } = runWith();
    await run.check();
    run.seconds = 24 * HOUR - 1;
    run.access.plant(ADMINS, null);
    await run.given();

    expect(run.assigned).toHaveLength(2);
  });

  it('fails where an assignment hangs for an hour', async () => {
    const { run } = runWith(ADMINS);
    await run.check();
    run.seconds += HOUR;

    await expectRejected(run.check(), '60 minutes', 'replay this run');
  });

  it('waits for a place, and asks again', async () => {
    const { run } = runWith(ADMINS);
    run.access.busy = 2;
    expect((await run.check()).result).toMatchObject({ ready: false, waitSeconds: 10 });
    await run.given();

    expect(run.assigned).toHaveLength(2);
  });

  it.each(['effect', 'answer'] as const)('ends the same wherever it is killed, with the %s lost', async (loses) => {
    const { run: undisturbed } = runWith(ADMINS);
    await undisturbed.given();
    const { calls } = undisturbed.access;
    expect(calls).toBeGreaterThan(8);
    for (let killed = 1; killed <= calls; killed += 1) {
      const { run } = runWith(ADMINS);
      run.access.loses = loses;
      run.access.killedAt = killed;
      await expect(run.given()).rejects.toThrow(ProcessKilledError);
      run.access.finishAll();
      run.seconds += 60;
      await run.given();

      expect({ killed, assigned: run.assigned }).toEqual({ killed, assigned: undisturbed.assigned });
      expect(run.access.tenant.assignedGroups).toMatchObject([{ permissionSetArns: ['set-admin', 'set-billing'] }]);
    }
  });
});

describe('RevokeAccess, of groups of the identity provider', () => {
  it('takes away a permission set that is mapped no more, and leaves what others have given', async () => {
    const { run, ids } = runWith(ADMINS);
    const [id = ''] = ids;
    run.access.assigned.add(in444(id, 'set-of-others'));
    await run.given();
    await run.until(revokeAccess, planOf([existing('admin', ADMINS, 'set-admin')]));

    expect(run.assigned).toEqual([in444(id, 'set-admin'), in444(id, 'set-of-others')]);
    expect(run.access.tenant.assignedGroups).toMatchObject([{ permissionSetArns: ['set-admin'] }]);
  });

  it('takes everything away that a mapping gave once nothing is planned, and forgets the group', async () => {
    const { run, ids } = runWith(ADMINS);
    const elsewhere = `555555555555 ${ids[0] ?? ''} set-admin`;
    run.access.assigned.add(elsewhere);
    await run.given();
    await run.until(revokeAccess, nothing);

    expect(run.assigned).toEqual([elsewhere]);
    expect(run.access.tenant.assignedGroups).toEqual([]);
  });

  it('writes nothing where all is as planned', async () => {
    const { run } = runWith(ADMINS);
    await run.given();
    const before = run.access.writes;
    await run.until(revokeAccess, wanted);

    expect(run.access.writes).toBe(before);
  });

  it.each(['renamed', 'deleted', 'made again'])('takes away what a group had that was %s', async (what) => {
    const { run, ids } = runWith(ADMINS);
    const [id = ''] = ids;
    await run.given();
    const before = run.access.groups.get(id);
    if (what === 'renamed') run.access.groups.set(id, { name: 'other', mark: null, members: new Set() });
    else run.access.groups.delete(id);
    const again = what === 'made again' ? run.access.plant(ADMINS, null) : undefined;
    await run.until(revokeAccess, wanted);

    expect(before).toBeDefined();
    expect(run.assigned).toEqual([]);
    if (again === undefined) return;
    await run.given();
    expect(run.assigned).toEqual([in444(again, 'set-admin'), in444(again, 'set-billing')]);
  });

  it('keeps a group that got another name, where the pattern follows', async () => {
    const { run, ids } = runWith(ADMINS);
    const [id = ''] = ids;
    await run.given();
    run.access.groups.set(id, { name: 'shop-admins', mark: null, members: new Set() });
    const before = run.access.writes;
    await run.until(revokeAccess, planOf([existing('admin', 'shop-admins', 'set-admin', 'set-billing')]));

    expect(run.access.writes).toBe(before);
    expect(run.assigned).toHaveLength(2);
  });

  it.each([
    ['skipUserGroupPermissionCleanup is set', { ...nothing, skipUserGroupPermissionCleanup: true }, true],
    ['the account is closed', nothing, false],
    [
      'another directory is configured',
      { ...nothing, identityStore: { ...identityStore, identityStoreId: 'd-2' } },
      true,
    ],
  ] as const)('leaves all as it is where %s', async (_, parts, canEnter) => {
    const { run } = runWith(ADMINS);
    await run.given();
    await run.until((ports) => revokeAccess({ ...ports, canEnter }), parts);

    expect(run.assigned).toHaveLength(2);
    expect(run.access.tenant.assignedGroups).toHaveLength(1);
  });

  it('deletes our groups beside them', async () => {
    const { run } = runWith(ADMINS);
    const mixed = { ...wanted, groups: [group('reader', [OMAR], 'set-view')] };
    await run.all(mixed);
    await run.given(mixed);
    await run.until(revokeAccess, nothing);

    expect([...run.access.groups.values()].map(({ name }) => name)).toEqual([ADMINS]);
  });

  it('settles a request that was left at work before it waits for groups', async () => {
    const { run } = runWith(ADMINS);
    const left: AssignmentRecord = {
      kind: 'creation',
      groupId: 'g-1',
      permissionSetArn: 'set-admin',
      requestId: 'request',
      failures: 0,
      askedAt: account.knownSince,
    };
    run.access.tenant = { ...run.access.tenant, assignment: left };
    await run.given();

    expect(run.access.tenant.assignment).toBeNull();
    expect(run.assigned).toHaveLength(2);
  });
});
