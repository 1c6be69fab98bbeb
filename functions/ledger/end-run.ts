import type { LedgerStore } from '../ports/ledger-store';
import type { WorkflowStarter } from '../ports/workflow';
import { closeRun, type RunEnd } from './close-run';
import { startRun } from './start-run';
import type { RunReference } from './tenant-items';

/** Ends a run and starts the one that was waiting for its end. Both may be repeated. */
export async function endRun(
  store: LedgerStore,
  workflow: WorkflowStarter,
  reference: RunReference,
  end: RunEnd,
  now: Date,
): ReturnType<typeof closeRun> {
  const closed = await closeRun(store, reference, end, now);
  if (closed?.next != null) await startRun(store, workflow, { tenantUuid: reference.tenantUuid, ...closed.next });
  return closed;
}
