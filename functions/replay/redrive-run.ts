import type { RunRecord } from '../domain/records/ledger-records';
import { restartRun } from '../ledger/runs/replay-run';
import { startRun } from '../ledger/runs/start-run';
import type { LedgerStore } from '../ports/ledger-store';
import type { WorkflowRedriver, WorkflowStarter } from '../ports/workflow';

export interface RedrivePorts {
  readonly ledger: LedgerStore;
  readonly workflow: WorkflowStarter;
  readonly redriver: WorkflowRedriver;
  readonly now: () => Date;
}

export type Redriven =
  | { readonly replay: 'redriven'; readonly executionArn: string }
  | { readonly replay: 'restarted'; readonly executionArn: string };

/**
 * Lets the execution of a run go on that the ledger has made active again. One that cannot be redriven any more gets a
 * new run of the same desired state. May be repeated: an execution that runs again is left alone by the ledger's fence.
 *
 * @param failed as it was before it was made active again
 */
export async function redriveRun(
  { ledger, workflow, redriver, now }: RedrivePorts,
  tenantUuid: string,
  failed: RunRecord & { readonly executionArn: string },
): Promise<Redriven> {
  const { executionArn } = failed;
  if ((await redriver.redrive(executionArn)) === 'redriven') return { replay: 'redriven', executionArn };
  const next = await restartRun(ledger, tenantUuid, failed, now());
  // Somebody else has ended it meanwhile, and nothing was waiting.
  if (next === null) return { replay: 'redriven', executionArn };
  return { replay: 'restarted', executionArn: await startRun(ledger, workflow, { tenantUuid, ...keyOf(next) }) };
}

const keyOf = ({ replicationSequence, run }: { readonly replicationSequence: number; readonly run: number }) => ({
  replicationSequence,
  run,
});
