import { type StepAttempt, recordStep } from '../../../../functions/ledger/runs/record-step';
import { startRun } from '../../../../functions/ledger/runs/start-run';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../../fakes/recording-workflow';
import { after, NOW } from '../../../fakes/vending';
import { accept, open, referenceTo, runIn, stepError } from '../ledger-calls';

const pass = (changes: Partial<StepAttempt> = {}): StepAttempt => ({
  state: 'CheckAccount',
  startedAt: NOW.toISOString(),
  finishedAt: null,
  remark: null,
  error: null,
  changes: [],
  ...changes,
});

describe('recordStep', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
  });

  it('makes the entry of a state with its first pass, in one write', async () => {
    const { runItem } = await open(store, 17);
    const written = store.writes.length;
    await recordStep(store, runItem, pass({ remark: 'AWS is making the account.' }));
    expect(store.writes).toHaveLength(written + 1);
    expect((await runIn(store, 17)).steps).toEqual([
      { ...pass({ remark: 'AWS is making the account.' }), attempts: 1 },
    ]);
  });

  it('counts later passes, keeps when the first one began and all that was changed, and shows the last word', async () => {
    const change = (to: string) => ({ what: 'tag', from: null, to });
    const passes = [
      pass({ error: stepError, changes: [change('first')] }),
      pass({ startedAt: after(5).toISOString(), remark: 'not yet' }),
      pass({ startedAt: after(9).toISOString(), finishedAt: after(10).toISOString(), changes: [change('second')] }),
    ];
    for (const each of passes) await recordStep(store, (await open(store, 17)).runItem, each);
    expect((await runIn(store, 17)).steps).toEqual([
      {
        ...pass({ finishedAt: after(10).toISOString(), changes: [change('first'), change('second')] }),
        attempts: 3,
      },
    ]);
  });

  it('keeps as many changes as an item of the ledger has room for, and how many more there were', async () => {
    const changes = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        what: `member of mst-retail.webshop-dev-admin ${n}`,
        from: null,
        to: 'x'.repeat(36),
      }));
    await recordStep(store, (await open(store, 17)).runItem, pass({ changes: changes(5000) }));
    await recordStep(store, (await open(store, 17)).runItem, pass({ changes: changes(10) }));
    await recordStep(store, (await open(store, 17)).runItem, pass({ state: 'TagAccount', changes: changes(1) }));
    const [first, second] = (await runIn(store, 17)).steps;
    expect(first?.changes.length).toBeGreaterThan(1000);
    expect((first?.changes.length ?? 0) + (first?.changesLeftOut ?? 0)).toBe(5010);
    expect(second).toMatchObject({ changes: [], changesLeftOut: 1 });
  });

  it('cuts a remark that names everybody', async () => {
    await recordStep(store, (await open(store, 17)).runItem, pass({ remark: 'x'.repeat(400_000) }));
    const [step] = (await runIn(store, 17)).steps;
    expect(step?.remark).toMatch(/^x{2000}… \(400000 characters\)$/u);
  });

  it('keeps states in the order in which they were first entered', async () => {
    for (const state of ['CreateAccount', 'CheckAccount', 'CreateAccount', 'CheckAccess']) {
      await recordStep(store, (await open(store, 17)).runItem, pass({ state }));
    }
    const { steps } = await runIn(store, 17);
    expect(steps.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual([
      'CreateAccount 2',
      'CheckAccount 1',
      'CheckAccess 1',
    ]);
  });

  it('adds its pass to what another writer has written meanwhile', async () => {
    const { runItem } = await open(store, 17);
    const executionArn = await startRun(store, new RecordingWorkflow(), referenceTo(17));
    await recordStep(store, runItem, pass());
    expect(await runIn(store, 17)).toMatchObject({ executionArn, steps: [{ state: 'CheckAccount', attempts: 1 }] });
  });

  it('leaves other failures of the ledger to the caller', async () => {
    const { runItem } = await open(store, 17);
    store.beforeNextCommit = () => Promise.reject(new Error('no table'));
    await expect(recordStep(store, runItem, pass())).rejects.toThrow('no table');
  });

  it.each([
    { what: 'one that waits has waited until then', state: 'AwaitApproval', finishedAt: after(7) },
    { what: 'one that does not wait is not over', state: 'CheckAccess', finishedAt: null },
  ])('tells with the next state that $what', async ({ state, finishedAt }) => {
    await recordStep(store, (await open(store, 17)).runItem, pass({ state }));
    const next = pass({ startedAt: after(7).toISOString() });
    await recordStep(store, (await open(store, 17)).runItem, next);
    expect((await runIn(store, 17)).steps[0]).toMatchObject({ state, finishedAt: finishedAt?.toISOString() ?? null });
  });

  it.each([
    { what: 'has ended', over: { finishedAt: after(3).toISOString() } },
    { what: 'has failed', over: { error: stepError } },
  ])('leaves a state that waits as it is where it $what', async ({ over }) => {
    await recordStep(store, (await open(store, 17)).runItem, pass({ state: 'AwaitApproval', ...over }));
    await recordStep(store, (await open(store, 17)).runItem, pass({ startedAt: after(7).toISOString() }));
    expect((await runIn(store, 17)).steps[0]).toMatchObject({ finishedAt: null, ...over });
  });

  it('shows a text of 2,000 characters whole, in remarks and errors', async () => {
    const message = 'x'.repeat(2000);
    const { runItem } = await open(store, 17);
    await recordStep(store, runItem, pass({ remark: message, error: { ...stepError, message: `${message}y` } }));
    const [step] = (await runIn(store, 17)).steps;
    expect(step?.remark).toBe(message);
    expect(step?.error?.message).toBe(`${message}… (2001 characters)`);
  });
});
