import { InvalidRequestError, RejectedError } from '../../../functions/domain/errors';
import type { VendingPlan } from '../../../functions/domain/plan';
import type { PlanMemory } from '../../../functions/ports/plan-memory';
import { compose } from '../../../functions/steps/PlanVending/handler';
import { planRun } from '../../../functions/steps/PlanVending/step';
import { changed, configuration, desiredStateJson } from '../domain/examples';
import { expectRejected } from '../../fakes/expect-rejected';
import { RecordingLog } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { account, NOW, plan, tenant } from '../../fakes/vending';
import { accept, open, referenceTo, runIn } from '../ledger/ledger-calls';

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
    expect(report).toEqual({ result: { accountKnown: false, enrollment: true, stackSets: ['baseline'] } });
    expect(memory.pinned).toMatchObject({
      tenantUuid: desiredStateJson.tenant.metadata.uuid,
      account: { email: 'aws+retail.webshop-dev.42@corp.example' },
    });
  });

  it('says whether the account is known', async () => {
    const memory = new FakePlanMemory(desiredStateJson);
    const report = await planRun({ memory, configuration: configuration() }, tenant({ account }), null);
    expect(report.result).toMatchObject({ accountKnown: true });
  });

  it('shows what an operator should know', async () => {
    const memory = new FakePlanMemory(changed(desiredStateJson, ['userPermissions.0.euid', null]));
    const report = await planRun({ memory, configuration: configuration() }, tenant(), null);
    expect(report.remark).toBe('The user u-1 has no euid and gets no access.');
  });

  it('keeps a plan that was pinned before, even when the configuration does not fit any more', async () => {
    const memory = new FakePlanMemory(changed(desiredStateJson, ['tenant.spec.landingZoneRef.name', 'gone']));
    const report = await planRun({ memory, configuration: configuration() }, tenant(), plan());
    expect(report).toEqual({ result: { accountKnown: false, enrollment: false, stackSets: [] } });
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

describe('the function of PlanVending', () => {
  it('pins a plan to the run and keeps it when the state is tried again under another configuration', async () => {
    const ledger = new RecordingLedgerStore();
    const host = {
      environment: () => '',
      now: () => NOW,
      log: new RecordingLog(),
      ledger,
      secrets: { externalId: () => Promise.resolve('') },
      aws: {},
    };
    await accept(ledger, 17, { desiredState: desiredStateJson });
    await compose(host, configuration())(referenceTo(17));
    const pinned = (await open(ledger, 17)).plan;
    await compose(host, configuration(['landingZone.awsTargetOrgUnitId', 'ou-ab12-other000']))(referenceTo(17));
    expect((await open(ledger, 17)).plan).toEqual(pinned);
    expect(pinned?.targetOrgUnitId).toBe('ou-ab12-cdefgh34');
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ state: 'PlanVending', attempts: 2 }]);
  });
});
