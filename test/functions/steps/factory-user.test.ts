import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { Step, StepReport } from '../../../functions/domain/run/step-context';
import { checkGrants } from '../../../functions/steps/CheckGrants/step';
import { revokeAccess } from '../../../functions/steps/RevokeAccess/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccess } from '../../fakes/fake-access';
import { ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { FakeSamlAccess } from '../../fakes/fake-saml-access';
import { account, after, NOW, vending } from '../../fakes/vending';

const CLOUD = 'cloud@corp.example';
const region = 'eu-central-1';
const instanceArn = 'arn:instance';
const identityStoreId = 'd-1234567890';
const factoryUser = { email: CLOUD, region, instanceArn, identityStoreId };
const wanted: Partial<VendingPlan> = {
  identityStore: { region, identityStoreId, instanceArn, scim: null },
  groups: [],
  factoryUser,
};
const GIVEN = `${account.id} id-cloud set-of-factory`;
const OF_OTHERS = [`${account.id} id-cloud set-by-hand`, `999999999999 id-cloud set-of-factory`];

class Run {
  readonly access = new FakeAccess();
  readonly reports: StepReport[] = [];
  seconds = 0;

  constructor() {
    this.access.users.set(CLOUD, 'id-cloud');
    [GIVEN, ...OF_OTHERS].forEach((key) => this.access.assigned.add(key));
  }

  async pass(step: Step, parts = wanted): Promise<StepReport> {
    const begun = vending({ plan: parts });
    const report = await step({ ...begun, tenant: this.access.tenant, now: after(this.seconds, NOW) });
    this.reports.push(report);
    return report;
  }

  async until(step: Step, parts = wanted): Promise<void> {
    for (let passes = 0; passes < 20; passes += 1) {
      const { result } = await this.pass(step, parts);
      if (result['ready'] === true) return;
      this.seconds += Number(result['waitSeconds']);
    }
    throw new Error('The state never ends.');
  }

  get ports() {
    return {
      repository: this.access,
      groupDirectory: this.access,
      assignments: this.access,
      saml: new FakeSamlAccess(),
    };
  }
}

const steps = [
  ['CheckGrants', (run: Run) => checkGrants(run.ports)],
  ['RevokeAccess', (run: Run) => revokeAccess(run.ports)],
] as const;

describe.each(steps)('%s and the user of the Account Factory', (_name, stepOf) => {
  it('takes away what it was given here, and tells it without its name', async () => {
    const run = new Run();
    await run.until(stepOf(run));

    expect([...run.access.assigned]).toEqual(OF_OTHERS);
    expect(run.access.tenant.assignment).toBeNull();
    expect(run.reports.flatMap(({ changes = [] }) => changes)).toEqual([
      { what: "assignment of the Account Factory's user", from: 'AWSAdministratorAccess', to: null },
    ]);
  });

  it('does so where access is given otherwise than by IAM Identity Center', async () => {
    const run = new Run();
    await run.until(stepOf(run), { ...wanted, identityStore: null });

    expect([...run.access.assigned]).toEqual(OF_OTHERS);
  });

  it('does so although cleaning up is somebody else’s work', async () => {
    const run = new Run();
    await run.until(stepOf(run), { ...wanted, skipUserGroupPermissionCleanup: true });

    expect([...run.access.assigned]).toEqual(OF_OTHERS);
  });

  it('writes nothing where it has nothing', async () => {
    const run = new Run();
    run.access.assigned.delete(GIVEN);
    await run.until(stepOf(run));

    expect(run.access.writes).toBe(0);
    expect(run.reports).toHaveLength(1);
  });

  it('asks nothing where it is to stay', async () => {
    const run = new Run();
    await run.until(stepOf(run), { identityStore: wanted.identityStore ?? null });

    expect(run.access.assigned).toContain(GIVEN);
    expect(run.access.calls).toBe(0);
  });

  it('has a place among the requests of all accounts, or waits for one', async () => {
    const run = new Run();
    run.access.busy = 1;
    expect(await run.pass(stepOf(run))).toMatchObject({ result: { ready: false, waitSeconds: 10 } });
    await run.until(stepOf(run));

    expect([...run.access.assigned]).toEqual(OF_OTHERS);
  });

  it('says so when it cannot be taken away', async () => {
    const run = new Run();
    run.access.failures.push('one', 'two', 'The role is protected.');
    await expectRejected(run.until(stepOf(run)), 'could not take away set-of-factory, 3 times', 'replay this run');
  });

  it('asks for it again in a replay, which has its own three attempts', async () => {
    const run = new Run();
    run.access.failures.push('one', 'two', 'three', 'four', 'five');
    await expectRejected(run.until(stepOf(run)), '3 times: three.', 'replay this run');
    const asking = jest.spyOn(run.access, 'delete');
    await run.until(stepOf(run));

    expect(asking).toHaveBeenCalledTimes(3);
    expect([...run.access.assigned]).toEqual(OF_OTHERS);
    expect(run.access.tenant.assignment).toBeNull();
  });

  it.each(['effect', 'answer'] as const)('ends the same wherever it is killed, with the %s lost', async (loses) => {
    const undisturbed = new Run();
    await undisturbed.until(stepOf(undisturbed));
    for (let killedAt = 1; killedAt <= undisturbed.access.calls; killedAt += 1) {
      const run = new Run();
      Object.assign(run.access, { loses, killedAt });
      await expect(run.until(stepOf(run))).rejects.toThrow(ProcessKilledError);
      run.access.finishAll();
      await run.until(stepOf(run));

      expect([...run.access.assigned]).toEqual(OF_OTHERS);
      expect(run.access.tenant.assignment).toBeNull();
    }
  });
});

describe('RevokeAccess in an account that is closed', () => {
  it('leaves the user of the Account Factory, who gets in no more', async () => {
    const run = new Run();
    await run.until(revokeAccess({ ...run.ports, canEnter: false }));

    expect(run.access.assigned).toContain(GIVEN);
    expect(run.access.writes).toBe(0);
  });
});
