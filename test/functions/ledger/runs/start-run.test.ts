import { runKey } from '../../../../functions/ledger/base/keys';
import { endRun } from '../../../../functions/ledger/runs/end-run';
import { startRun } from '../../../../functions/ledger/runs/start-run';
import type { WorkflowStarter } from '../../../../functions/ports/workflow';
import { FakeTaskTokens } from '../../../fakes/fake-task-tokens';
import { RecordingWatch } from '../../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../../fakes/recording-workflow';
import { NOW, TENANT } from '../../../fakes/vending';
import { accept, open, overwrite, referenceTo, runIn, tenantIn, vended } from '../ledger-calls';

describe('startRun', () => {
  let store: RecordingLedgerStore;
  let workflow: RecordingWorkflow;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    await accept(store, 17);
  });

  it('starts the execution with the reference as its whole input, and writes down which it is', async () => {
    const executionArn = await startRun(store, workflow, referenceTo(17));
    expect([...workflow.started]).toEqual([[`${TENANT}-17`, referenceTo(17)]]);
    expect(await runIn(store, 17)).toMatchObject({ executionArn });
  });

  it.each([
    { workflow: 'vend-account', knows: 'a run that vends' },
    { workflow: 'close-account', knows: 'a run that closes' },
    { workflow: 'vend-account', knows: 'no such run' },
  ] as const)('starts $workflow where the ledger knows $knows', async ({ workflow: kind, knows }) => {
    if (knows === 'no such run') await overwrite(store, runKey(TENANT, 17, 1), null);
    else await overwrite(store, runKey(TENANT, 17, 1), { ...(await runIn(store, 17)), workflow: kind });
    const start = jest.spyOn(workflow, 'start');
    await startRun(store, workflow, referenceTo(17));
    expect(start.mock.calls).toEqual([[`${TENANT}-17`, referenceTo(17), kind]]);
  });

  it('names the repetition of a sequence by its number', async () => {
    await startRun(store, workflow, referenceTo(17, 3));
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-17-r3`]);
  });

  it('keeps the name within the 80 characters that Step Functions allows, whatever the sequence', async () => {
    await startRun(store, workflow, referenceTo(Number.MAX_SAFE_INTEGER, 999_999));
    expect(Math.max(...[...workflow.started.keys()].map((name) => name.length))).toBeLessThanOrEqual(80);
  });

  it('gives the same execution a second time and writes nothing', async () => {
    const first = await startRun(store, workflow, referenceTo(17));
    const written = store.writes.length;
    expect(await startRun(store, workflow, referenceTo(17))).toBe(first);
    expect(store.writes).toHaveLength(written);
    expect(workflow.started.size).toBe(1);
  });

  it('writes nothing when the execution could not be started', async () => {
    const written = store.writes.length;
    const broken = { start: () => Promise.reject(new Error('throttled')) };
    await expect(startRun(store, broken, referenceTo(17))).rejects.toThrow('throttled');
    expect(store.writes).toHaveLength(written);
  });

  it('keeps what the first step writes at the same time', async () => {
    store.beforeNextCommit = async () => {
      await open(store, 17);
    };
    const executionArn = await startRun(store, workflow, referenceTo(17));
    expect(await runIn(store, 17)).toMatchObject({ status: 'RUNNING', executionArn });
  });
});

describe('endRun', () => {
  let store: RecordingLedgerStore;
  let workflow: RecordingWorkflow;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    await accept(store, 17);
  });

  const end = (sequence: number, starter: WorkflowStarter = workflow): ReturnType<typeof endRun> =>
    endRun(
      {
        ledger: store,
        workflow: starter,
        tokens: new FakeTaskTokens(),
        watch: new RecordingWatch(),
        now: () => NOW,
      },
      referenceTo(sequence),
      vended,
    );

  it('starts nothing when nothing waits', async () => {
    await end(17);
    expect(workflow.calls).toEqual([]);
  });

  it('starts the desired state that was waiting', async () => {
    await accept(store, 18);
    await end(17);
    expect([...workflow.started]).toEqual([[`${TENANT}-18`, referenceTo(18)]]);
  });

  it('starts it when it is called again after it was interrupted in between, and starts it once', async () => {
    await accept(store, 18);
    const broken = { start: () => Promise.reject(new Error('killed')) };
    await expect(end(17, broken)).rejects.toThrow('killed');
    expect(await tenantIn(store)).toMatchObject({ activeRun: { replicationSequence: 18, run: 1 } });
    await end(17);
    await end(17);
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-18`]);
    expect((await runIn(store, 18)).executionArn).toContain(`${TENANT}-18`);
  });

  it('starts nothing for a run that the ledger does not know', async () => {
    expect(await end(99)).toBeUndefined();
    expect(workflow.calls).toEqual([]);
  });
});
