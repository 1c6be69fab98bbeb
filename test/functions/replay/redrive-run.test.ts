import { readRun } from '../../../functions/ledger/tenants/tenant-items';
import { replayRun } from '../../../functions/ledger/runs/replay-run';
import { startRun } from '../../../functions/ledger/runs/start-run';
import type { RunRecord } from '../../../functions/domain/records/ledger-records';
import { type Redriven, redriveRun } from '../../../functions/replay/redrive-run';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { after, TENANT } from '../../fakes/vending';
import { accept, close, open, referenceTo, runIn, tenantIn } from '../ledger/ledger-calls';

describe('a run that is to be continued', () => {
  let ledger: RecordingLedgerStore;
  let workflow: RecordingWorkflow;
  let failed: RunRecord & { readonly executionArn: string };

  const transient = { name: 'TransientError', message: 'throttled', remedy: null };

  beforeEach(async () => {
    ledger = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    await accept(ledger, 17);
    await startRun(ledger, workflow, referenceTo(17));
    await open(ledger, 17);
    await close(ledger, 17, { status: 'FAILED', error: transient });
    const run = await runIn(ledger, 17);
    failed = { ...run, executionArn: run.executionArn ?? '' };
    await replayRun(ledger, TENANT, after(60), 'jane');
  });

  const goOn = (answer: 'redriven' | 'not-redrivable'): Promise<Redriven> =>
    redriveRun(
      { ledger, workflow, redriver: { redrive: () => Promise.resolve(answer) }, now: () => after(70) },
      TENANT,
      failed,
    );

  it('goes on in its own execution where Step Functions redrives it', async () => {
    expect(await goOn('redriven')).toEqual({ replay: 'redriven', executionArn: failed.executionArn });
    expect(workflow.calls).toEqual([`${TENANT}-17`]);
    expect(await tenantIn(ledger)).toMatchObject({ status: 'RUNNING', activeRun: { run: 1 } });
  });

  it('begins again, in an execution of its own, where it cannot be redriven any more', async () => {
    const again = await goOn('not-redrivable');
    expect(again).toMatchObject({
      replay: 'restarted',
      executionArn: expect.stringContaining(`${TENANT}-17-r2`) as string,
    });
    expect(workflow.started.get(`${TENANT}-17-r2`)).toEqual(referenceTo(17, 2));
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED' });
    expect(await runIn(ledger, 17, 2)).toMatchObject({ replayedBy: 'jane', executionArn: again.executionArn });
  });

  it('keeps the newer desired state that waits for its end', async () => {
    await accept(ledger, 18);
    await goOn('not-redrivable');
    expect(await tenantIn(ledger)).toMatchObject({ activeRun: { run: 2 }, waitingSequence: 18 });
  });

  it('starts nothing where somebody else has ended it meanwhile', async () => {
    await close(ledger, 17, { status: 'FAILED', error: transient });
    expect(await goOn('not-redrivable')).toEqual({ replay: 'redriven', executionArn: failed.executionArn });
    expect(workflow.calls).toEqual([`${TENANT}-17`]);
    expect(await readRun(ledger, referenceTo(17, 2))).toBeUndefined();
  });
});
