import type { WorkflowStarter } from '../../ports/workflow';
import { closeRun } from './close-run';
import type { RunEnd } from './run-end';
import { grantTurns } from '../queue/grant-turns';
import type { LaneDeps } from '../queue/lane-items';
import { startRun } from './start-run';
import type { RunReference } from '../tenants/tenant-items';

export interface RunEndDeps extends LaneDeps {
  readonly workflow: WorkflowStarter;
}

/** Never retried: the execution ends where it waits. */
const RUN_HAS_ENDED = { name: 'RejectedError', message: 'This run has ended; it waits for nothing any more.' };

/**
 * Ends a run, starts the one that was waiting for its end, and lets others in where it has held a turn. All of it may
 * be repeated.
 */
export async function endRun(deps: RunEndDeps, reference: RunReference, end: RunEnd): ReturnType<typeof closeRun> {
  const { ledger, workflow } = deps;
  const closed = await closeRun(ledger, reference, end, deps.now());
  if (closed?.next != null) await startRun(ledger, workflow, { tenantUuid: reference.tenantUuid, ...closed.next });
  if (closed?.waitingToken != null) await deps.tokens.fail(closed.waitingToken, RUN_HAS_ENDED);
  for (const lane of closed?.freedLanes ?? []) await grantTurns(deps, lane);
  return closed;
}
