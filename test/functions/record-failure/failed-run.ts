import { openRun } from '../../../functions/ledger/runs/open-run';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import type { StepError } from '../../../functions/domain/records/ledger-records';
import type { ExecutionDescription } from '../../../functions/ports/workflow';
import { compose } from '../../../functions/record-failure/handler';
import { FakeExecutions } from '../../fakes/fake-executions';
import { RecordingLog, RecordingMetrics, RecordingOutcomes, RecordingWatch } from '../../fakes/recording-edges';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { after, NOW } from '../../fakes/vending';
import { accept, open, referenceTo, stepError } from '../ledger/ledger-calls';

export const ARN = 'arn:aws:states:eu-central-1:111111111111:execution:vend-account:tenant-17';

/** A run that has begun, what RecordFailure reaches, and the events that it gets. */
export class FailedRun {
  readonly ledger = new RecordingLedgerStore();
  readonly workflow = new RecordingWorkflow();
  readonly outcomes = new RecordingOutcomes();
  readonly executions = new FakeExecutions();
  readonly log = new RecordingLog();
  readonly metrics = new RecordingMetrics();
  /** The time of the events, after the begin. */
  seconds = 100;

  static async begin(): Promise<FailedRun> {
    const run = new FailedRun();
    await accept(run.ledger, 17);
    await openRun(run.ledger, referenceTo(17), NOW);
    return run;
  }

  readonly stands = (changes: Partial<ExecutionDescription> = {}): void => {
    this.executions.known.set(ARN, {
      status: 'FAILED',
      input: JSON.stringify(referenceTo(17)),
      stoppedAt: after(90),
      redriveCount: 0,
      error: 'RejectedError',
      cause: JSON.stringify({ errorType: 'RejectedError', errorMessage: 'AWS says no. Ask again.', trace: [] }),
      ...changes,
    });
  };

  readonly stepFails = async (state: string, error: StepError = stepError): Promise<void> => {
    const { runItem } = await open(this.ledger, 17);
    const pass = { state, startedAt: NOW.toISOString(), finishedAt: null, remark: null, error, changes: [] };
    await recordStep(this.ledger, runItem, pass);
  };

  /** Hands over events of failed executions, and gives the ids of those that are to come again. */
  readonly record = async (...bodies: readonly string[]): Promise<readonly string[]> => {
    const { ledger, workflow, outcomes, executions, log, metrics } = this;
    const recordFailure = compose(
      {
        environment: (name) => (name === 'LONGEST_FUNCTION_SECONDS' ? '60' : ''),
        now: () => after(this.seconds),
        log,
        ledger,
        metrics,
        wait: () => Promise.resolve(),
        secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
        watch: new RecordingWatch(),
        aws: {},
      },
      { executions, workflow, outcomes, turns: new FakeTaskTokens() },
    );
    const event = JSON.stringify({ detail: { executionArn: ARN, status: 'FAILED' } });
    const Records = (bodies.length === 0 ? [event] : bodies).map((body, index) => ({ messageId: `m${index}`, body }));
    const { batchItemFailures } = await recordFailure({ Records });
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
}
