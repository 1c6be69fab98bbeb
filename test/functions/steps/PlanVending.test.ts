import { InvalidRequestError, RejectedError } from '../../../functions/domain/errors';
import type { VendingPlan } from '../../../functions/domain/plan';
import type { PlanMemory } from '../../../functions/ports/plan-memory';
import { planRun } from '../../../functions/steps/PlanVending/step';
import { changed, configuration, desiredStateJson } from '../domain/examples';
import { expectRejected } from '../../fakes/expect-rejected';
import { account, plan, tenant } from '../../fakes/vending';

/** Keeps the first plan, as the ledger does. */
class FakePlanMemory implements PlanMemory {
  pinned: VendingPlan | null = null;
  readonly #desiredState: unknown;

  constructor(desiredState: unknown) {
    this.#desiredState = desiredState;
  }

  desiredState(): Promise<unknown> {
    return Promise.resolve(this.#desiredState);
  }

  pin(wanted: VendingPlan): Promise<VendingPlan> {
    this.pinned ??= wanted;
    return Promise.resolve(this.pinned);
  }
}

describe('PlanVending', () => {
  it('pins the plan of the desired state under the configuration of now', async () => {
    const memory = new FakePlanMemory(desiredStateJson);
    const report = await planRun({ memory, configuration: configuration() }, tenant(), null);
    expect(report).toEqual({ result: { accountKnown: false } });
    expect(memory.pinned).toMatchObject({
      tenantUuid: desiredStateJson.tenant.metadata.uuid,
      account: { email: 'aws+retail.webshop-dev.42@corp.example' },
    });
  });

  it('says whether the account is known', async () => {
    const memory = new FakePlanMemory(desiredStateJson);
    const report = await planRun({ memory, configuration: configuration() }, tenant({ account }), null);
    expect(report.result).toEqual({ accountKnown: true });
  });

  it('shows what an operator should know', async () => {
    const memory = new FakePlanMemory(changed(desiredStateJson, ['userPermissions.0.euid', null]));
    const report = await planRun({ memory, configuration: configuration() }, tenant(), null);
    expect(report.remark).toBe('The user u-1 has no euid and gets no access.');
  });

  it('keeps a plan that was pinned before, even when the configuration does not fit any more', async () => {
    const memory = new FakePlanMemory(changed(desiredStateJson, ['tenant.spec.landingZoneRef.name', 'gone']));
    const report = await planRun({ memory, configuration: configuration() }, tenant(), plan());
    expect(report).toEqual({ result: { accountKnown: false } });
  });

  it('keeps a plan that was pinned before, even when the desired state has expired', async () => {
    const memory = new FakePlanMemory(undefined);
    expect(await planRun({ memory, configuration: configuration() }, tenant(), plan())).toMatchObject({
      result: { accountKnown: false },
    });
  });

  it('refuses a desired state that does not fit the configuration any more, with every fault', async () => {
    const memory = new FakePlanMemory(
      changed(desiredStateJson, ['tenant.spec.landingZoneRef.name', 'gone'], ['tenant.metadata.ownedByProject', 'NO']),
    );
    const error: unknown = await planRun({ memory, configuration: configuration() }, tenant(), null).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InvalidRequestError);
    const faulty = (error as InvalidRequestError).faults.map(({ field }) => field);
    expect(faulty).toEqual(
      expect.arrayContaining(['tenant.spec.landingZoneRef.name', 'tenant.metadata.ownedByProject']),
    );
    expect(memory.pinned).toBeNull();
  });

  it('refuses a run whose desired state is gone', async () => {
    const memory = new FakePlanMemory(undefined);
    await expectRejected(
      planRun({ memory, configuration: configuration() }, tenant(), null),
      'is gone from the ledger',
      'Send the desired state again',
    );
  });

  it('leaves a claim that is taken to the ledger', async () => {
    const refusal = new RejectedError('The alias "x" belongs to another tenant.', 'Make it unique.');
    const memory: PlanMemory = {
      desiredState: () => Promise.resolve(desiredStateJson),
      pin: () => Promise.reject(refusal),
    };
    await expect(planRun({ memory, configuration: configuration() }, tenant(), null)).rejects.toBe(refusal);
  });
});
