import type { AssignmentRecord } from '../../../functions/domain/records/account-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { checkGrants } from '../../../functions/steps/CheckGrants/step';
import { grantAccess } from '../../../functions/steps/GrantAccess/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { account, NOW, plan } from '../../fakes/vending';
import { group, identityStore, OMAR, outstanding, Run, wanted, worldWith } from './access-run';

const three: Partial<VendingPlan> = {
  identityStore,
  groups: [
    group('admin', [OMAR], 'set-admin'),
    group('reader', [OMAR], 'set-view', 'set-billing'),
    group('auditor', [OMAR], 'set-audit'),
  ],
};

/** A run whose groups are there, and whose reads of what a group has are listed. */
async function granted(parts = three): Promise<{ readonly run: Run; readonly read: string[] }> {
  const run = new Run(worldWith(OMAR));
  await run.pass(grantAccess, parts);
  const read: string[] = [];
  const list = run.access.listOfGroup.bind(run.access);
  run.access.listOfGroup = (accountId, groupId) => {
    read.push(run.access.groups.get(groupId)?.name ?? 'nobody');
    return list(accountId, groupId);
  };
  return { run, read };
}

const withRequest = (run: Run, changes: Partial<AssignmentRecord>): void => {
  const assignment = { ...outstanding(run.access.idOf('mst-admin')), ...changes };
  run.access.tenant = { ...run.access.tenant, assignment };
};

describe('CheckGrants reads what a group has', () => {
  it('from the one on that was given something: those before it had all, and one with a single set has it', async () => {
    const { run, read } = await granted();
    await run.until(checkGrants, three);

    expect(read.map((name) => name.replace('mst-', ''))).toEqual([
      'admin',
      // Given set-admin.
      'reader',
      // Given set-view.
      'reader',
      // Given set-billing.
      'reader',
      'auditor',
      // Given set-audit.
    ]);
  });

  it('again where IAM Identity Center does not know the request any more: it may have given nothing', async () => {
    const { run } = await granted();
    withRequest(run, { kind: 'creation', requestId: 'forgotten' });
    await run.until(checkGrants, three);

    expect(run.access.assigned.size).toBe(4);
    expect(run.access.tenant.assignment).toBeNull();
  });

  it('of planned groups alone: one that stays although it is planned no more keeps what it has', async () => {
    const { run, read } = await granted();
    await run.until(checkGrants, three);
    read.length = 0;
    const fewer = { ...three, groups: [group('admin', [OMAR], 'set-admin')] };
    await run.until(checkGrants, { ...fewer, skipUserGroupPermissionCleanup: true });

    expect(read).toEqual(['mst-admin']);
    expect(run.access.assigned.size).toBe(4);
  });

  it('where the request of an older plan has ended, for a group that is planned no more', async () => {
    const { run } = await granted();
    await run.pass(checkGrants, three);
    run.seconds = 10;
    await run.pass(checkGrants, three);
    await run.until(checkGrants, { identityStore, groups: [group('auditor', [OMAR], 'set-audit')] });

    expect([...run.access.assigned].map((key) => key.split(' ')[2])).toEqual(['set-admin', 'set-audit']);
  });
});

describe('CheckGrants', () => {
  it('asks nothing where the plan has no IAM Identity Center, although a request is known', async () => {
    const run = new Run();
    withRequest(run, { kind: 'creation' });
    const { result } = await run.pass(checkGrants, plan());

    expect([result['ready'], run.access.calls]).toEqual([true, 0]);
  });

  it('forgets what has failed once somebody else has given it', async () => {
    const { run } = await granted(wanted);
    await run.until(checkGrants, wanted);
    withRequest(run, { kind: 'creation', requestId: null, failures: 2 });
    const { result } = await run.pass(checkGrants, wanted);

    expect(result['ready']).toBe(true);
    expect(run.access.tenant.assignment).toBeNull();
  });

  it('gives a group that is not known by the directory ten minutes from when that group was made', async () => {
    const older = { ...wanted, groups: [group('admin', [OMAR], 'set-admin')] };
    const { run } = await granted(older);
    await run.until(checkGrants, older);
    run.seconds = 3000;
    await run.pass(grantAccess);
    run.access.create = () => Promise.resolve({ absent: 'ResourceNotFoundException: Group not found.' });
    run.seconds = 3599;
    expect((await run.pass(checkGrants)).result).toEqual({ ready: false, waitSeconds: 15 });
  });

  it('names the instance that it has asked, and the fields that may name another one', async () => {
    const { run } = await granted();
    run.access.create = () => Promise.resolve({ absent: 'ResourceNotFoundException: Gone.' });
    run.seconds = 600;
    await expectRejected(run.pass(checkGrants, three), '(instance arn:instance)', 'awsIdentityStore or awsSso');
  });
});

describe('CheckGrants and the user of the Account Factory', () => {
  const region = 'eu-central-1';
  const factoryUser = { email: OMAR, region, instanceArn: 'arn:instance', identityStoreId: 'd-1234567890' };
  const userId = `id-${OMAR}`;
  const accountId = account.id;

  /** The sets that it has here; `looks` counts how often somebody asks. */
  function given(run: Run, ...sets: readonly string[]): { looks: number } {
    sets.forEach((set) => run.access.assigned.add([accountId, userId, set].join(' ')));
    const count = { looks: 0 };
    run.access.ofFactoryUser = () => {
      count.looks += 1;
      const left = sets.filter((set) => run.access.assigned.has([accountId, userId, set].join(' ')));
      return Promise.resolve(left.map((permissionSetArn) => ({ accountId, userId, permissionSetArn })));
    };
    return count;
  }

  it('takes away all that it has, one after the other, and tells the ledger that it is a user', async () => {
    const { run } = await granted();
    given(run, 'set-one', 'set-two');
    await run.pass(checkGrants, { ...three, factoryUser });
    expect(run.access.tenant.assignment).toMatchObject({
      kind: 'deletion',
      groupId: userId,
      principalType: 'USER',
      permissionSetArn: 'set-one',
      askedAt: NOW.toISOString(),
      failures: 0,
    });
    await run.until(checkGrants, { ...three, factoryUser });

    expect([...run.access.assigned].filter((key) => key.includes(userId))).toEqual([]);
    expect(run.access.assigned.size).toBe(4);
  });

  it('does not look for it again after a grant, which is followed by another grant', async () => {
    const { run } = await granted();
    const count = given(run);
    await run.until(checkGrants, { ...three, factoryUser });

    expect(run.access.assigned.size).toBe(4);
    expect(count.looks).toBe(1);
  });

  it('goes on in a second where somebody else has taken it away, and writes nothing', async () => {
    const { run } = await granted();
    given(run, 'set-one');
    run.access.delete = () => Promise.resolve({ absent: 'ResourceNotFoundException: Assignment not found.' });
    const { result } = await run.pass(checkGrants, { ...three, factoryUser });

    expect(result).toEqual({ ready: false, waitSeconds: 1 });
    expect(run.access.tenant.assignment).toBeNull();
  });
});
