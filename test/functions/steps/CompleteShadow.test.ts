import { TransientError } from '../../../functions/domain/base/errors';
import type { RunRecord, ShadowRecord } from '../../../functions/domain/records/ledger-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { Preview } from '../../../functions/domain/run/preview';
import { isForbidden } from '../../../functions/domain/run/shadow';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { compose } from '../../../functions/steps/CompleteShadow/handler';
import { completeShadow } from '../../../functions/steps/CompleteShadow/step';
import { stepNames } from '../../../functions/steps/each-step';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingOutcomes } from '../../fakes/recording-edges';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { account, plan, TENANT, vending } from '../../fakes/vending';
import { accept, open, referenceTo, runIn, tenantIn } from '../ledger/ledger-calls';
import { FunctionRuntime } from './function-runtime';

const CHANGE = { state: 'TagAccount', what: 'tag meshstack_env', from: 'dev', to: 'prod' };
const REFUSAL = { state: 'CheckAccess', message: 'The access role could not be assumed.', remedy: 'Make it.' };

const RUN: RunRecord = {
  replicationSequence: 17,
  run: 2,
  workflow: 'vend-account',
  status: 'RUNNING',
  executionArn: null,
  startedAt: '',
  resumedAt: '',
  finishedAt: null,
  error: null,
  supersededBy: null,
  reconciledIn: null,
  steps: [],
};

class World {
  readonly outcomes = new RecordingOutcomes();
  readonly recorded: ShadowRecord[] = [];
  readonly asked: VendingPlan[] = [];
  preview: Preview = { changes: [CHANGE], refusal: null };
  failure: Error | undefined;

  step(run: Partial<RunRecord> = {}, known: typeof account | null = account) {
    const context = vending({ tenant: { account: known } });
    return completeShadow({
      previews: {
        preview: (plan) => {
          this.asked.push(plan);
          return this.failure === undefined ? Promise.resolve(this.preview) : Promise.reject(this.failure);
        },
      },
      outcomes: this.outcomes,
      repository: { complete: (shadow) => Promise.resolve(void this.recorded.push(shadow)) },
      run: { ...RUN, ...run },
    })({ ...context, plan: { ...context.plan, shadow: true } });
  }
}

describe('CompleteShadow', () => {
  it('asks what the acting run would change, tells the world, and writes it down', async () => {
    const world = new World();
    expect(await world.step()).toMatchObject({ result: { verdict: 'CHANGE' } });
    expect(world.asked.map(({ shadow }) => shadow)).toEqual([undefined]);
    const found = { landingZone: 'aws-dev', accountId: account.id, changes: [CHANGE], refusal: null };
    expect(world.recorded).toEqual([found]);
    expect(world.outcomes.shadows).toEqual([
      {
        type: 'Account Vending Shadowed',
        detail: {
          tenantUuid: TENANT,
          replicationSequence: 17,
          run: 2,
          workspaceIdentifier: 'retail',
          projectIdentifier: 'webshop-dev',
          requestedBy: null,
          replayedBy: null,
          ...found,
          verdict: 'CHANGE',
          changesLeftOut: 0,
        },
      },
    ]);
  });

  it.each([
    { what: 'the same', preview: { changes: [], refusal: null }, verdict: 'SAME', says: 'change nothing' },
    {
      what: 'changed',
      preview: { changes: [CHANGE], refusal: null },
      verdict: 'CHANGE',
      says: 'change what is listed',
    },
    { what: 'created', preview: { changes: null, refusal: null }, verdict: 'CREATE', says: 'create the account' },
    { what: 'refused', preview: { changes: [CHANGE], refusal: REFUSAL }, verdict: 'REFUSED', says: 'be refused' },
  ])('says that a tenant would be $what', async ({ preview, verdict, says }) => {
    const world = new World();
    world.preview = preview;
    const report = await world.step();
    expect(report).toMatchObject({ result: { verdict } });
    expect(report.remark).toContain(says);
    expect(world.recorded).toMatchObject([preview]);
  });

  it('tells of a tenant that has no account yet', async () => {
    const world = new World();
    world.preview = { changes: null, refusal: null };
    await world.step({}, null);
    expect(world.recorded).toMatchObject([{ accountId: null }]);
  });

  it('tells of a deletion by its own event', async () => {
    const world = new World();
    await world.step({ workflow: 'close-account' });
    expect(world.outcomes.shadows).toMatchObject([{ type: 'Account Closing Shadowed' }]);
  });

  it('tells again what it has recorded, when it was killed after that, and asks nobody', async () => {
    const world = new World();
    const shadow = { landingZone: 'aws-dev', accountId: null, changes: [], refusal: null };
    expect(await world.step({ status: 'SHADOWED', shadow })).toMatchObject({ result: { verdict: 'SAME' } });
    expect(world.asked).toEqual([]);
    expect(world.recorded).toEqual([shadow]);
  });

  it('writes nothing down where AWS did not answer', async () => {
    const world = new World();
    world.failure = new TransientError('Slow down.');
    await expect(world.step()).rejects.toBe(world.failure);
    expect([...world.recorded, ...world.outcomes.shadows]).toEqual([]);
  });
});

describe('the function of CompleteShadow', () => {
  it('ends the run with what it has found', async () => {
    const runtime = new FunctionRuntime();
    const { ledger } = runtime;
    await accept(ledger, 17);
    await pinPlan(ledger, referenceTo(17), plan({ shadow: true }));
    await open(ledger, 17);
    const complete = compose(runtime, {
      outcomes: new RecordingOutcomes(),
      workflow: new RecordingWorkflow(),
      turns: new FakeTaskTokens(),
      previews: { preview: () => Promise.resolve({ changes: [CHANGE], refusal: null }) },
    });

    expect(await complete(referenceTo(17))).toMatchObject({ verdict: 'CHANGE' });
    const shadow = { landingZone: 'aws-dev', accountId: null, changes: [CHANGE], refusal: null };
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'SHADOWED', shadow });
    expect(await tenantIn(ledger)).toMatchObject({ status: 'SHADOWED', activeRun: null });
    expect(runtime.outcomes).toEqual(['SHADOWED']);
  });
});

describe('the plan of a shadow run', () => {
  it('lets it come to the turn that it waits for and to its end, and to no other state', () => {
    const allowed = stepNames.filter((state) => !isForbidden(state, { shadow: true }));
    expect(allowed).toEqual(['AwaitReconciliationTurn', 'CompleteShadow']);
    expect(stepNames.filter((state) => isForbidden(state, {}))).toEqual([]);
  });
});
