import type { AssignedGroup, AssignmentRecord } from '../../../functions/domain/records/account-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { checkGroups } from '../../../functions/steps/CheckGroups/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { account, after, NOW } from '../../fakes/vending';
import { identityStore, Run, worldWith } from './access-run';

const HOUR = 3600;
const { identityStoreId } = identityStore;
const existing = (name: string, ...permissionSetArns: readonly string[]) => ({
  name,
  awsRole: name,
  projectRoles: [name],
  permissionSetArns: [...permissionSetArns],
});
const planOf = (...groups: readonly ReturnType<typeof existing>[]): Partial<VendingPlan> => ({
  identityStore,
  groups: [],
  existingGroups: { withinHours: 24, groups: [...groups] },
});
const wanted = planOf(existing('admins', 'set-admin'));

class ExistingRun extends Run {
  constructor(...names: readonly string[]) {
    super(worldWith());
    names.forEach((name) => this.access.plant(name, null));
  }

  check(parts = wanted): Promise<StepReport> {
    const turns = { free: () => Promise.resolve() };
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

  /** IAM Identity Center knows the group, the account or the permission set not, or not yet. */
  knowsNothing(): void {
    this.access.create = () => Promise.resolve({ absent: 'ResourceNotFoundException: Not found.' });
  }

  remembers(...assignedGroups: AssignedGroup[]): void {
    this.access.tenant = { ...this.access.tenant, assignedGroups };
  }
}

const record = (name: string, groupId: string, seconds: number, ...permissionSetArns: string[]): AssignedGroup => ({
  identityStoreId,
  name,
  groupId,
  permissionSetArns,
  knownSince: after(seconds, NOW).toISOString(),
});

describe('CheckGroups', () => {
  it('asks nothing where no group of others is planned', async () => {
    const run = new ExistingRun();
    expect(await run.check({ identityStore, groups: [] })).toEqual({ result: { ready: true, waitSeconds: 0 } });
    expect(run.access.calls).toBe(0);
  });

  it('names every group that has not come', async () => {
    const run = new ExistingRun();
    const both = planOf(existing('admins', 'set-admin'), existing('readers', 'set-view'));
    expect((await run.check(both)).remark).toContain('"admins", "readers"');
    run.seconds = 24 * HOUR;
    await expectRejected(run.check(both), '"admins" (role admins) and no group "readers"', 'under exactly this name');
  });

  it('tells a change in the pass that has asked for it, and none in those that wait', async () => {
    const run = new ExistingRun('admins');
    expect((await run.check()).changes).toHaveLength(1);
    run.seconds = 10;
    expect(await run.check()).toMatchObject({ result: { ready: false }, changes: [] });
  });

  it('looks for a group that has not come a minute later', async () => {
    const run = new ExistingRun();
    expect((await run.check()).result).toMatchObject({ ready: false, waitSeconds: 60 });
  });

  it('gives an assignment an hour from when it was asked for, and looks the more seldom the longer it takes', async () => {
    const run = new ExistingRun('admins');
    run.access.describe = () => Promise.resolve({ state: 'IN_PROGRESS', reason: null });
    await run.check();
    run.seconds = 3;
    expect((await run.check()).result).toMatchObject({ ready: false, waitSeconds: 5 });
    run.seconds = 3599;
    expect((await run.check()).result).toMatchObject({ ready: false, waitSeconds: 15 });
    run.seconds = 3600;
    await expectRejected(run.check(), 'after 60 minutes', 'replay this run');
  });

  it('waits for a place for an hour longer than for the groups', async () => {
    const run = new ExistingRun('admins');
    run.access.busy = Infinity;
    run.seconds = 25 * HOUR - 1;
    expect((await run.check()).result).toMatchObject({ ready: false, waitSeconds: 10 });
    run.seconds = 25 * HOUR;
    await expectRejected(run.check(), 'after 60 minutes', 'replay this run');
  });
});

describe('CheckGroups and an assignment that fails', () => {
  it('tries again after a pause, and remembers meanwhile how often it has failed', async () => {
    const run = new ExistingRun('admins');
    run.access.failures.push('An internal fault.');
    await run.check();
    await run.check();
    expect((await run.check()).result).toMatchObject({ ready: false, waitSeconds: 20 });
    expect(run.access.tenant.assignment).toMatchObject({ requestId: null, failures: 1 });
    await run.given();
    expect(run.access.assigned.size).toBe(1);
  });

  it('gives up at the third failure, and quotes it', async () => {
    const run = new ExistingRun('admins');
    run.access.failures.push('one', 'two', 'The role is protected.');
    await expectRejected(run.given(), '3 times: The role is protected.', 'replay this run');
    expect(run.access.tenant.assignment).toMatchObject({ requestId: null, failures: 0 });
  });

  it('does not ask about a request that has none: it is asked for again', async () => {
    const run = new ExistingRun('admins');
    const failed: AssignmentRecord = {
      kind: 'creation',
      groupId: 'g-1',
      permissionSetArn: 'set-admin',
      requestId: null,
      failures: 2,
      askedAt: NOW.toISOString(),
    };
    run.access.tenant = { ...run.access.tenant, assignment: failed };
    await run.check();
    expect(run.access.tenant.assignment).toMatchObject({ failures: 2, requestId: 'r-2' });
  });
});

describe('CheckGroups remembers what a group is given', () => {
  it('for each group on its own', async () => {
    const run = new ExistingRun('admins', 'readers');
    await run.check(planOf(existing('admins', 'set-admin'), existing('readers', 'set-view')));
    expect(run.access.tenant.assignedGroups).toEqual([
      record('admins', 'g-1', 0, 'set-admin'),
      record('readers', 'g-2', 0, 'set-view'),
    ]);
  });

  it('with a permission set more, before it is given, and since when the group has been known', async () => {
    const run = new ExistingRun('admins', 'readers');
    run.remembers(record('admins', 'g-1', 0, 'set-admin'), record('readers', 'g-2', 0, 'set-view'));
    run.seconds = 900;
    const more = planOf(existing('admins', 'set-admin', 'set-billing'), existing('readers', 'set-view'));
    await run.check(more);
    expect(run.access.tenant.assignedGroups).toEqual([
      record('readers', 'g-2', 0, 'set-view'),
      record('admins', 'g-1', 0, 'set-admin', 'set-billing'),
    ]);
  });

  it('beside what a mapping of earlier has given it: that is to be taken away again one day', async () => {
    const run = new ExistingRun('admins');
    run.remembers(record('admins', 'g-1', 0, 'set-old', 'set-other'));
    await run.check();
    expect(run.access.tenant.assignedGroups).toEqual([record('admins', 'g-1', 0, 'set-admin', 'set-old', 'set-other')]);
  });

  it('in this directory: what it was given under another one stays known beside it', async () => {
    const run = new ExistingRun('admins');
    const elsewhere = { ...record('admins', 'g-1', 0, 'set-admin'), identityStoreId: 'd-0000000000' };
    run.remembers(elsewhere);
    await run.check();
    expect(run.access.tenant.assignedGroups).toEqual([elsewhere, record('admins', 'g-1', 0, 'set-admin')]);
  });
});

describe('CheckGroups where IAM Identity Center does not know something', () => {
  it('waits for ten minutes of the account, and then tells what it may be', async () => {
    const run = new ExistingRun('admins');
    run.knowsNothing();
    run.remembers(record('admins', 'g-1', -9999, 'set-admin'));
    run.seconds = 599;
    expect((await run.check()).result).toEqual({ ready: false, waitSeconds: 15 });
    run.seconds = 600;
    const quoted = `the group "admins" (g-1), or the account ${account.id} (ResourceNotFoundException: Not found.)`;
    await expectRejected(run.check(), 'does not know the permission set set-admin of the role "admins"', 'deploy');
    await expectRejected(run.check(), quoted, 'awsRoleMappings of platform.json or landing-zones/aws-dev.json');
    await expectRejected(run.check(), quoted, 'replay this run');
  });

  it('waits for ten minutes of a group that has come later, its first pass among them', async () => {
    const run = new ExistingRun('admins');
    run.knowsNothing();
    run.seconds = 1800;
    expect((await run.check()).result).toEqual({ ready: false, waitSeconds: 15 });
    run.seconds = 2399;
    expect((await run.check()).result).toEqual({ ready: false, waitSeconds: 15 });
    run.seconds = 2400;
    await expectRejected(run.check(), '"admins" (g-1)', 'replay this run');
  });

  it('does not wait for a group because another one has just come', async () => {
    const run = new ExistingRun('readers', 'admins');
    run.knowsNothing();
    run.remembers(record('readers', 'g-1', 1700, 'set-view'), record('admins', 'g-2', 0, 'set-admin'));
    run.seconds = 1800;
    await expectRejected(run.check(), '"admins" (g-2)', 'replay this run');
  });
});
