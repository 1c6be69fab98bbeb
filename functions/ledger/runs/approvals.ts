import { hasExpired, isUndecided, refusalOf, standsAtApproval } from '../../domain/run/approval';
import { RejectedError, TransientError } from '../../domain/base/errors';
import type { ApprovalRecord, RunRecord, TenantRecord } from '../../domain/records/ledger-records';
import type { Approvals } from '../../ports/repositories';
import type { LedgerStore } from '../../ports/ledger-store';
import type { TaskTokens } from '../../ports/workflow';
import { type Decision, replace, type Snapshot } from '../base/decide';
import { runKey } from '../base/keys';
import { stopOf } from './run-stop';
import { decideForTenant, isSameRun, replaceTenant, runOf, type RunReference, tenantOf } from '../tenants/tenant-items';

export interface ApprovalDeps {
  readonly ledger: LedgerStore;
  readonly tokens: TaskTokens;
  readonly now: () => Date;
}

/** The approval of one run, for one entry into the state that waits for it. */
export function ledgerApprovals(deps: ApprovalDeps, reference: RunReference, token: string): Approvals {
  const { tenantUuid, replicationSequence, run } = reference;
  return {
    ask: (days) =>
      decideForTenant(
        deps.ledger,
        tenantUuid,
        () => [runKey(tenantUuid, replicationSequence, run)],
        (tenantItem, runItem) => asked({ reference, token, days, now: deps.now() }, tenantItem, runItem),
      ),
    deliver: (approval) => deliverDecision(deps.tokens, approval),
  };
}

/** Again: nobody waits with the token any more. */
export async function deliverDecision(tokens: TaskTokens, approval: ApprovalRecord): Promise<void> {
  const { token, decision, decidedAt } = approval;
  if (decision === 'approve') await tokens.succeed(token, { decision, decidedAt });
  if (decision === 'reject') await tokens.fail(token, refusalOf(approval));
}

interface Asking {
  readonly reference: RunReference;
  readonly token: string;
  readonly days: number;
  readonly now: Date;
}

function asked(asking: Asking, tenantItem: Snapshot, runItem: Snapshot | undefined): Decision<ApprovalRecord> {
  const tenant = tenantOf(tenantItem);
  const run = runOf(runItem);
  if (runItem === undefined || tenant === undefined || run === undefined || !isSameRun(tenant.activeRun, run)) {
    throw new TransientError(
      `The run of tenant ${asking.reference.tenantUuid} has ended while it asked for an approval.`,
    );
  }
  if (tenant.waitingSequence !== null) throw superseded(tenant.waitingSequence);
  const approval = approvalOf(run, asking);
  const writes = [replace(runItem, { ...run, approval })];
  if (!isUndecided(approval) || tenant.status === 'AWAITING_APPROVAL') return { writes, result: approval };
  const waiting = { ...tenant, status: 'AWAITING_APPROVAL' as const, statusChangedAt: asking.now.toISOString() };
  return { writes: [replaceTenant(tenantItem, waiting), ...writes], result: approval };
}

/**
 * As it was asked for before, with the token of this entry; or again, where nothing was asked since the run was
 * resumed.
 */
function approvalOf({ approval: known, resumedAt }: RunRecord, { token, days, now }: Asking): ApprovalRecord {
  if (known !== undefined && known.askedAt >= resumedAt) return { ...known, token };
  if (known !== undefined && (known.decision === 'reject' || hasExpired(known, now))) throw spent();
  const expiresAt = new Date(now.getTime() + days * 24 * 60 * 60 * 1000).toISOString();
  const undecided = { decision: null, decidedBy: null, decidedAt: null, reason: null };
  return { askedAt: now.toISOString(), expiresAt, token, ...undecided };
}

const superseded = (sequence: number): RejectedError =>
  new RejectedError(
    `Sequence ${sequence} has come before anybody was asked to approve this run, and takes its place.`,
    'Nothing has to be done: look at the newest run of this tenant instead.',
  );

/** Its names were given back with the end of the run: others may have them by now. */
const spent = (): RejectedError =>
  new RejectedError(
    'This run was not approved, and cannot go on by a redrive of its execution.',
    'Replay it by POST /vendings/{tenantUuid}/replay: a new run makes a new plan, and asks again.',
  );

/** What somebody has decided. */
export interface ApprovalDecision extends Pick<ApprovalRecord, 'reason' | 'decidedBy'> {
  readonly decision: NonNullable<ApprovalRecord['decision']>;
}

export type Deciding =
  | { readonly verdict: 'unknown-tenant' }
  /** Nothing waits for a decision, or not for this one any more. */
  | { readonly verdict: 'refused'; readonly tenant: TenantRecord; readonly run: RunRecord | undefined }
  /** It is to be delivered. */
  | { readonly verdict: 'decided'; readonly run: RunRecord; readonly approval: ApprovalRecord };

/** Writes down a decision. The same one again finds the first, as long as the run stands there. */
export async function decideApproval(
  store: LedgerStore,
  tenantUuid: string,
  decision: ApprovalDecision,
  now: Date,
): Promise<Deciding> {
  return decideForTenant<Deciding>(store, tenantUuid, activeRunKeys, (tenantItem, runItem) => {
    const tenant = tenantOf(tenantItem);
    const run = runOf(runItem);
    if (tenant === undefined) return { writes: [], result: { verdict: 'unknown-tenant' } };
    const approval = run?.approval;
    const refused = { writes: [], result: { verdict: 'refused', tenant, run } } as const;
    if (run === undefined || approval === undefined || !standsAtApproval(run)) return refused;
    if (approval.decision === decision.decision) return { writes: [], result: { verdict: 'decided', run, approval } };
    if (!isUndecided(approval) || !isInTime(tenant, approval, now)) return refused;
    const decided: ApprovalRecord = { ...approval, ...decision, decidedAt: now.toISOString() };
    const goesOn = { ...tenant, status: 'RUNNING' as const, statusChangedAt: now.toISOString() };
    return {
      writes: [replaceTenant(tenantItem, goesOn), replace(runItem, { ...run, approval: decided })],
      result: { verdict: 'decided', run, approval: decided },
    };
  });
}

const activeRunKeys = (tenant: TenantRecord | undefined): readonly ReturnType<typeof runKey>[] =>
  tenant?.activeRun == null
    ? []
    : [runKey(tenant.tenantUuid, tenant.activeRun.replicationSequence, tenant.activeRun.run)];

const isInTime = (tenant: TenantRecord, { expiresAt }: ApprovalRecord, now: Date): boolean =>
  stopOf(tenant) === null && now.toISOString() < expiresAt;
