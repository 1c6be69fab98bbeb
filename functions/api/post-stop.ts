import * as z from 'zod/mini';

import { readRun, readTenant } from '../ledger/tenants/tenant-items';
import { rememberStop } from '../ledger/runs/run-stop';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { WorkflowStopper } from '../ports/workflow';
import { type Answer, answer, problem, tenantNotFound } from './answer';
import { type ApiRequest, jsonBody } from './api-request';
import type { VendingStopped } from './vending-responses';

export interface StopPorts {
  readonly ledger: LedgerStore;
  readonly stopper: WorkflowStopper;
  readonly longestFunctionSeconds: number;
  readonly log: Log;
}

const LONGEST_REASON = 500;

const StopSchema = z.object({
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_REASON)),
});

/** The error of a run that was stopped by this call. */
const STOPPED = 'StoppedByOperator';

/**
 * `POST /vendings/{tenantUuid}/stop`: stops the execution of the run that is under way. Who has asked for it, and why,
 * becomes the error of the run. A second call finds the run stopped, and answers the same. A call that is killed in
 * between has stopped it: its event writes that down.
 */
export async function postStop(ports: StopPorts, request: ApiRequest): Promise<Answer> {
  const { pathParameters, caller } = request;
  const tenantUuid = (pathParameters['tenantUuid'] ?? '').toLowerCase();
  const wish = wishIn(request);
  if (!wish.ok) return wish.answer;
  const tenant = await readTenant(ports.ledger, tenantUuid);
  if (tenant === undefined) return tenantNotFound(tenantUuid);
  if (tenant.activeRun === null) {
    return problem('conflict', 'No run of this tenant is under way, so there is nothing to stop.');
  }
  const reference = { tenantUuid, ...tenant.activeRun };
  const { executionArn } = (await readRun(ports.ledger, reference)) ?? { executionArn: null };
  if (executionArn === null) {
    return problem('conflict', 'The run of this tenant has not begun yet. Send the same request again in a minute.');
  }
  const { reason } = wish;
  const why = { error: STOPPED, cause: `${caller ?? 'Somebody'} has stopped this run: ${reason}` };
  const stoppedAt = await ports.stopper.stop(executionArn, why);
  ports.log.warn('A run was stopped', { ...reference, caller, reason });
  const stop = await rememberStop(ports.ledger, reference, stoppedAt, ports.longestFunctionSeconds, caller);
  const { replicationSequence } = reference;
  const stopped: VendingStopped = { tenantUuid, replicationSequence, executionArn, ...stop };
  return answer(202, stopped);
}

type Wish = { readonly ok: true; readonly reason: string } | { readonly ok: false; readonly answer: Answer };

function wishIn(request: ApiRequest): Wish {
  const input = jsonBody(request, 'Send { "reason": "..." }.');
  if (!input.ok && input.answer.statusCode !== 400) return input;
  const wish = StopSchema.safeParse(input.ok ? input.value : undefined);
  return wish.success
    ? { ok: true, reason: wish.data.reason }
    : { ok: false, answer: unreadable(request.body?.text ?? null) };
}

const unreadable = (body: string | null): Answer =>
  problem('invalid-request', 'The body must be JSON that says why the run is stopped.', [
    {
      field: 'reason',
      message: `has to be a text of 1 to ${LONGEST_REASON} characters. Send { "reason": "..." }.`,
      ...(body === null ? {} : { value: body.slice(0, 100) }),
      limit: LONGEST_REASON,
    },
  ]);
