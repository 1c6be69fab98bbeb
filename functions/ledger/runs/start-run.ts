import type { RunRecord } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import type { WorkflowStarter } from '../../ports/workflow';
import { decide, replace } from '../base/decide';
import { runKey } from '../base/keys';
import { type RunReference, readRun, runOf } from '../tenants/tenant-items';

/**
 * Starts the execution of a run and writes down which it is. The execution's name is made of the run alone, so a second
 * call finds the execution that the first one started.
 *
 * @returns the ARN of the execution
 */
export async function startRun(
  ledger: LedgerStore,
  workflow: WorkflowStarter,
  reference: RunReference,
): Promise<string> {
  const { tenantUuid, replicationSequence, run } = reference;
  const input = { tenantUuid, replicationSequence, run };
  const known = await readRun(ledger, reference);
  const executionArn = await workflow.start(executionName(reference), input, known?.workflow ?? 'vend-account');
  await decide(ledger, [runKey(tenantUuid, replicationSequence, run)], (item) => {
    const record = runOf(item);
    if (record?.executionArn !== null) return { writes: [], result: undefined };
    const started: RunRecord = { ...record, executionArn };
    return { writes: [replace(item, started)], result: undefined };
  });
  return executionArn;
}

/** `<tenant uuid>-<sequence>`; a deliberate repetition of the same sequence appends `-r<n>`. */
function executionName({ tenantUuid, replicationSequence, run }: RunReference): string {
  const name = `${tenantUuid}-${replicationSequence}`;
  return run === 1 ? name : `${name}-r${run}`;
}
