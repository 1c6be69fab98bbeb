import * as z from 'zod/mini';

import { RejectedError } from '../domain/base/errors';
import type { RunRecord, TenantRecord } from '../domain/records/ledger-records';
import { awaitsApproval, hasExpired, standsAtApproval } from '../domain/run/approval';
import { MAX_LOOKS } from '../domain/run/delay';
import { deliverDecision } from '../ledger/runs/approvals';
import { endRun } from '../ledger/runs/end-run';
import { lookAtLine } from '../ledger/queue/look-at-line';
import { startRun } from '../ledger/runs/start-run';
import { readRun, readTenant } from '../ledger/tenants/tenant-items';
import type { RunWatch, WatchedRun } from '../ports/queues';
import type { WorkflowRedriver } from '../ports/workflow';
import {
  hasFailed,
  isToBeRedriven,
  settleFailure,
  type SettleFailurePorts,
  settleUnfinished,
} from '../record-failure/settle-failure';
import { redriveRun } from '../replay/redrive-run';
import type { BatchAnswer } from '../runtime/on-lambda';
import { reportDelays } from './report-delays';

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** It goes back into the queue with fields that only a newer release knows. */
const WatchedRunSchema = z.looseObject({
  tenantUuid: z.string(),
  replicationSequence: z.number(),
  looks: z.exactOptional(z.number()),
  once: z.exactOptional(z.boolean()),
});

/**
 * Looks after the runs that messages name. A look that fails comes again, and ends as a dead letter if it keeps
 * failing.
 */
export async function watchRuns(ports: WatchRunsPorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await watchRun(ports, WatchedRunSchema.parse(JSON.parse(body)));
    } catch (cause) {
      ports.log.error('A run could not be looked at now; the look will come again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

export interface WatchRunsPorts extends SettleFailurePorts {
  readonly redriver: WorkflowRedriver;
  readonly watch: RunWatch;
}

/**
 * One look at the run of a tenant, some time after it was to begin. What somebody was interrupted in is done: an
 * execution that was never started or redriven, a failure that no event has told of. As long as a run is active there
 * will be another look.
 *
 * A newer desired state has a look of its own, so one tenant is looked at by one message at a time. Two looks at once
 * do no harm.
 *
 * @throws RejectedError when this chain of looks is longer than any run: its message becomes a dead letter
 */
async function watchRun(ports: WatchRunsPorts, watched: WatchedRun): Promise<void> {
  const tenant = await readTenant(ports.ledger, watched.tenantUuid);
  if (tenant?.activeRun == null || tenant.latestSequence !== watched.replicationSequence) return;
  const { looks = 0 } = watched;
  if (looks >= MAX_LOOKS) throw tooManyLooks(watched);
  const run = await readRun(ports.ledger, { tenantUuid: tenant.tenantUuid, ...tenant.activeRun });
  if (run !== undefined && (await mend(ports, tenant, run))) {
    await reportDelays(ports, tenant, run);
    if (await mayRest(ports, tenant, run)) return;
  }
  if (watched.once !== true) await ports.watch.watch({ ...watched, looks: looks + 1 });
}

/** Whether looks may end while it waits, so that days of it cost nothing. Nights look once. */
async function mayRest(ports: WatchRunsPorts, tenant: TenantRecord, run: RunRecord): Promise<boolean> {
  const { turns: tokens, ledger, watch, now } = ports;
  // The decision, or the state itself when the time is over, has it looked after again.
  if (awaitsApproval(run) && !hasExpired(run.approval, now())) return true;
  // So does the function that lets it in, or that makes it the first.
  return lookAtLine({ ledger, tokens, watch, now }, tenant, run);
}

const tooManyLooks = ({ tenantUuid, replicationSequence }: WatchedRun): RejectedError =>
  new RejectedError(
    `The run of sequence ${replicationSequence} of tenant ${tenantUuid} was looked at ${MAX_LOOKS} times, longer than an execution may last.`,
    'Stop its execution if it still runs, and replay the run: the replay is watched by a new chain of looks. Then delete this message.',
  );

/** @returns whether there was nothing to mend: the run goes on */
async function mend(ports: WatchRunsPorts, tenant: TenantRecord, run: RunRecord): Promise<boolean> {
  const { tenantUuid } = tenant;
  const { executionArn, replicationSequence } = run;
  const keys = { tenantUuid, replicationSequence, run: run.run };
  if (executionArn === null) {
    ports.log.warn('A run was never started; it is now', keys);
    await startRun(ports.ledger, ports.workflow, keys);
    return false;
  }
  const execution = await ports.executions.describe(executionArn);
  if (execution.status === 'SUCCEEDED') {
    // It may have completed the run between our two looks.
    const latest = await readRun(ports.ledger, keys);
    if (latest?.status === 'RUNNING') await settleUnfinished(ports, keys, latest, executionArn);
    return false;
  }
  if (!hasFailed(execution)) return !(await mendApproval(ports, tenant, run));
  if (isToBeRedriven(run, execution)) {
    ports.log.warn('A replay was interrupted; it goes on now', keys);
    await redriveRun(ports, tenantUuid, { ...run, executionArn });
    return false;
  }
  ports.log.warn('An execution has ended and no event has told of it in time', keys);
  await settleFailure(ports, executionArn);
  return false;
}

/**
 * Mends what was left when a process was interrupted after a decision was written down, or before a run gave way to a
 * newer desired state. @returns whether there was something to do
 */
async function mendApproval(ports: WatchRunsPorts, tenant: TenantRecord, run: RunRecord): Promise<boolean> {
  const { tenantUuid, waitingSequence } = tenant;
  if (run.approval === undefined || !standsAtApproval(run)) return false;
  if (!awaitsApproval(run)) {
    await deliverDecision(ports.turns, run.approval);
    return true;
  }
  if (waitingSequence === null) return false;
  const { ledger, workflow, turns: tokens, watch, now } = ports;
  const reference = { tenantUuid, replicationSequence: run.replicationSequence, run: run.run };
  await endRun({ ledger, workflow, watch, tokens, now }, reference, {
    status: 'SUPERSEDED',
    by: waitingSequence,
    ifAwaiting: true,
  });
  return true;
}
