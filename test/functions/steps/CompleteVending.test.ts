import type { Change, StepRecord } from '../../../functions/domain/records/ledger-records';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { compose } from '../../../functions/steps/CompleteVending/handler';
import { completeVending } from '../../../functions/steps/CompleteVending/step';
import { ledgerTenantRepository } from '../../../functions/ledger/tenants/tenant-repository';
import { TransientError } from '../../../functions/domain/base/errors';
import { kindOf } from '../../../functions/domain/run/run-history';
import { historyKey } from '../../../functions/ledger/base/keys';
import type { ItemWrite } from '../../../functions/ports/ledger-store';
import { RecordingOutcomes } from '../../fakes/recording-edges';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { account, NOW, plan, TENANT, vending } from '../../fakes/vending';
import { accept, open, referenceTo, runIn, tenantIn } from '../ledger/ledger-calls';
import { FunctionRuntime } from './function-runtime';

const step = (state: string, changes: readonly Change[]): StepRecord => ({
  state,
  startedAt: NOW.toISOString(),
  finishedAt: null,
  attempts: 1,
  remark: null,
  error: null,
  changes: [...changes],
});
const tagged: Change = { what: 'tag meshstack_env', from: 'dev', to: 'prod' };
const moved: Change = { what: 'organizational unit', from: 'r-ab12', to: 'ou-ab12-cdefgh34' };
const asked = { requestedBy: 'meshstack.replicator@111111111111', replayedBy: 'arn:aws:iam::111111111111:user/jane' };
const run = {
  replicationSequence: 17,
  run: 2,
  ...asked,
  steps: [step('PlanVending', []), step('MoveAccount', [moved]), step('TagAccount', [tagged])],
};

describe('CompleteVending', () => {
  it('tells the world what was vended, then writes it down', async () => {
    const outcomes = new RecordingOutcomes();
    let publishedBefore = 0;
    const complete = () => Promise.resolve(void (publishedBefore = outcomes.published.length));
    const step = completeVending({ repository: { complete }, outcomes, run, actual: {} });
    expect(await step(vending({ tenant: { account } }))).toEqual({ result: { accountId: account.id } });
    expect(publishedBefore).toBe(1);
    expect(outcomes.published).toEqual([
      {
        type: 'Account Vended',
        detail: {
          tenantUuid: TENANT,
          replicationSequence: 17,
          run: 2,
          workspaceIdentifier: 'retail',
          projectIdentifier: 'webshop-dev',
          accountId: account.id,
          accountName: account.name,
          email: account.email,
          alias: 'corp-retail-webshop-dev',
          organizationalUnitId: 'ou-ab12-cdefgh34',
          ...asked,
          changes: [
            { state: 'MoveAccount', ...moved },
            { state: 'TagAccount', ...tagged },
          ],
          changesLeftOut: 0,
        },
      },
    ]);
  });

  it('leaves out changes for which an event has no room, and says how many', async () => {
    const outcomes = new RecordingOutcomes();
    const many = Array.from({ length: 1000 }, () => ({ ...tagged, to: 'v'.repeat(1000) }));
    const long = { ...run, steps: [step('TagAccount', many)] };
    const complete = () => Promise.resolve();
    await completeVending({ repository: { complete }, outcomes, run: long, actual: {} })(
      vending({ tenant: { account } }),
    );
    const [event] = outcomes.published;
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(200_000);
    const { changes = [], changesLeftOut } = event?.detail ?? {};
    expect(changes.length).toBeGreaterThan(100);
    expect(changes.length + (changesLeftOut ?? 0)).toBe(1000);
  });

  it('tells of the alias and the place that the account has, where they are not the planned ones', async () => {
    const outcomes = new RecordingOutcomes();
    const actual = { alias: 'corp-kept', organizationalUnitId: 'ou-ab12-below001' };
    await completeVending({ repository: { complete: () => Promise.resolve() }, outcomes, run, actual })(
      vending({ tenant: { account } }),
    );
    expect(outcomes.published).toMatchObject([{ detail: actual }]);
  });

  it('writes nothing down when the bus does not take the event, so that it comes again', async () => {
    const outcomes = new RecordingOutcomes();
    outcomes.failure = new Error('no bus');
    let isComplete = false;
    const complete = () => Promise.resolve(void (isComplete = true));
    const step = completeVending({ repository: { complete }, outcomes, run, actual: {} });
    await expect(step(vending({ tenant: { account } }))).rejects.toThrow('no bus');
    expect(isComplete).toBe(false);
  });

  it('comes again when the ledger could not be written', async () => {
    const outcomes = new RecordingOutcomes();
    const complete = () => Promise.reject(new Error('no table'));
    const step = completeVending({ repository: { complete }, outcomes, run, actual: {} });
    await expect(step(vending({ tenant: { account } }))).rejects.toThrow('no table');
  });

  it('puts no name of a person into the result that the execution history keeps', async () => {
    const outcomes = new RecordingOutcomes();
    const step = completeVending({ repository: { complete: () => Promise.resolve() }, outcomes, run, actual: {} });
    expect(Object.keys((await step(vending({ tenant: { account } }))).result)).toEqual(['accountId']);
  });
});

describe('the function of CompleteVending', () => {
  let runtime: FunctionRuntime;
  let outcomes: RecordingOutcomes;
  let workflow: RecordingWorkflow;

  beforeEach(async () => {
    runtime = new FunctionRuntime();
    outcomes = new RecordingOutcomes();
    workflow = new RecordingWorkflow();
    const { ledger } = runtime;
    await accept(ledger, 17);
    await open(ledger, 17);
    await pinPlan(ledger, referenceTo(17), plan());
    await ledgerTenantRepository(ledger, TENANT).recordAccount(account);
    runtime.seconds = 100;
  });

  const complete = (input: object = {}) =>
    compose(runtime, { outcomes, workflow, turns: new FakeTaskTokens() })({ ...referenceTo(17), ...input });

  const history = async (): Promise<unknown> => (await runtime.ledger.read([historyKey(kindOf(plan()))]))[0]?.data;

  it('does what was left undone when it was interrupted after the ledger was written', async () => {
    const { ledger } = runtime;
    await accept(ledger, 18);
    jest.spyOn(workflow, 'start').mockRejectedValueOnce(new Error('killed'));
    await expect(complete()).rejects.toThrow('killed');
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'VENDED' });
    runtime.seconds = 1000;
    expect(await complete()).toEqual({ accountId: account.id });
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-18`]);
    expect(await tenantIn(ledger)).toMatchObject({ activeRun: { replicationSequence: 18, run: 1 } });
    expect(outcomes.published.map(({ type }) => type)).toEqual(['Account Vended', 'Account Vended']);
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ state: 'CompleteVending', attempts: 2, error: null }]);
    expect(runtime.outcomes).toEqual(['VENDED']);
    // Its end counts, and not the try after that.
    expect(await history()).toMatchObject({ samples: [{ workSeconds: 100 }] });
  });

  it('remembers once what the run has taken, for the estimates of others', async () => {
    await complete();
    await complete();
    expect(await history()).toMatchObject({ samples: [{ run: `${TENANT}#17#1`, workSeconds: 100 }] });
  });

  /** What has been done of a run is written down, but for its history. */
  const failHistory = (causes: readonly Error[]): void => {
    const left = [...causes];
    const write = runtime.ledger.commit.bind(runtime.ledger);
    const isHistory = ({ key }: ItemWrite): boolean => key.sort === 'HISTORY';
    jest
      .spyOn(runtime.ledger, 'commit')
      .mockImplementation((writes) =>
        writes.some(isHistory) ? Promise.reject(left.shift() ?? new Error()) : write(writes),
      );
  };

  it('has vended all the same where that came too late, and comes again after any other fault', async () => {
    failHistory([new TransientError('Too many write it.'), new Error('no table')]);
    expect(await complete()).toEqual({ accountId: account.id });
    expect(runtime.log.entries).toContainEqual({
      level: 'warn',
      sentence: 'What this run has taken was not written down',
      keys: { ...referenceTo(17), cause: 'Too many write it.' },
    });
    await expect(complete()).rejects.toThrow('no table');
  });

  it.each([
    {
      results: { SetAccountAlias: { alias: 'corp-kept' }, MoveAccount: { organizationalUnitId: 'ou-ab12-below001' } },
      detail: { alias: 'corp-kept', organizationalUnitId: 'ou-ab12-below001' },
    },
    {
      results: { SetAccountAlias: { alias: 7 } },
      detail: { alias: plan().account.alias, organizationalUnitId: plan().targetOrgUnitId },
    },
    { results: {}, detail: { alias: plan().account.alias, organizationalUnitId: plan().targetOrgUnitId } },
  ])('tells what the states before have found: $results', async ({ results, detail }) => {
    await complete({ results });
    expect(outcomes.published).toMatchObject([{ detail }]);
  });
});
