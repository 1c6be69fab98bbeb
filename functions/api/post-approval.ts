import * as z from 'zod/mini';

import { awaitsApproval } from '../domain/run/approval';
import { decideApproval, deliverDecision, type Deciding } from '../ledger/runs/approvals';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { RunWatch } from '../ports/queues';
import type { TaskTokens } from '../ports/workflow';
import { type Answer, answer, problem, tenantNotFound } from './answer';
import { type ApiRequest, jsonBody } from './api-request';
import type { VendingDecided } from './vending-responses';

export interface ApprovalPorts {
  readonly ledger: LedgerStore;
  readonly watch: RunWatch;
  readonly turns: TaskTokens;
  readonly log: Log;
  readonly now: () => Date;
}

const LONGEST_REASON = 500;

const ApprovalSchema = z.object({
  decision: z.enum(['approve', 'reject']),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_REASON)),
});

/**
 * `POST /vendings/{tenantUuid}/approval`: decides whether the run that waits for it may go on. The ledger is written
 * first; who is killed after that is followed by WatchRuns, and the same call again does what was left undone.
 */
export async function postApproval(ports: ApprovalPorts, request: ApiRequest): Promise<Answer> {
  const { pathParameters, caller } = request;
  const tenantUuid = (pathParameters['tenantUuid'] ?? '').toLowerCase();
  const input = jsonBody(request, 'Send { "decision": "approve", "reason": "..." }.');
  if (!input.ok && input.answer.statusCode !== 400) return input.answer;
  const wish = ApprovalSchema.safeParse(input.ok ? input.value : undefined);
  if (!wish.success) return unreadable(wish.error);
  const { ledger, watch, turns, log, now } = ports;
  const tenant = await readTenant(ledger, tenantUuid);
  if (tenant === undefined) return tenantNotFound(tenantUuid);
  await watch.watch({ tenantUuid, replicationSequence: tenant.latestSequence });
  const decided = await decideApproval(ledger, tenantUuid, { ...wish.data, decidedBy: caller }, now());
  switch (decided.verdict) {
    case 'unknown-tenant':
      return tenantNotFound(tenantUuid);
    case 'refused':
      return problem('conflict', refusal(decided));
    case 'decided': {
      const { replicationSequence, run } = decided.run;
      const { decision, decidedBy, decidedAt, reason } = decided.approval;
      log.warn('A run was decided', { tenantUuid, replicationSequence, run, decision, decidedBy, reason });
      await deliverDecision(turns, decided.approval);
      const told = { decision: wish.data.decision, decidedBy, decidedAt: decidedAt ?? '', reason: reason ?? '' };
      const answered: VendingDecided = { tenantUuid, replicationSequence, run, ...told };
      return answer(202, answered);
    }
  }
}

function refusal({ run }: Extract<Deciding, { readonly verdict: 'refused' }>): string {
  const approval = run?.approval;
  if (run === undefined || approval === undefined) {
    return 'No run of this tenant waits for an approval. GET /vendings/{tenantUuid} tells where it is.';
  }
  if (!awaitsApproval(run)) {
    return `It was decided already: ${approval.decision ?? 'nothing'}, by ${approval.decidedBy ?? 'somebody'} at ${approval.decidedAt ?? '?'}.`;
  }
  return `The run was stopped, or its approval has expired at ${approval.expiresAt}. Wait until it is FAILED, and replay it to ask again.`;
}

const WANTED = {
  decision: "has to be 'approve' or 'reject'.",
  reason: `has to be a text of 1 to ${LONGEST_REASON} characters.`,
};

function unreadable({ issues }: z.core.$ZodError): Answer {
  const fields = new Set(issues.map(({ path: [field] }) => field));
  const wrong = (['decision', 'reason'] as const).filter((field) => fields.has(field) || fields.has(undefined));
  return problem(
    'invalid-request',
    'The body must be JSON with a decision and a reason: { "decision": "approve", "reason": "..." }.',
    wrong.map((field) => ({
      field,
      message: `${WANTED[field]} Send { "decision": "approve" or "reject", "reason": "..." }.`,
    })),
  );
}
