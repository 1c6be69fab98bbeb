import * as z from 'zod/mini';

import { PreviewedChangeSchema } from '../records/account-records';
import { RunKeySchema, StepErrorSchema, type TenantRecord } from '../records/ledger-records';
import { AnyNumber, AnyText, TextOrNull } from '../base/plain-schemas';

/*
 * One night's reconciliation of all tenants, and what it has found. A pass is named by the day on which it began (UTC):
 * `2026-11-25`.
 */

/** In which runs at work are looked after, by the status of their tenants. */
export const ACTIVE_PHASES = ['RUNNING', 'QUEUED', 'ACCEPTED', 'AWAITING_APPROVAL'] as const;

/**
 * The tenants that the pass works on: those that have vended, those that have failed, those with an active run; none
 * while the runs of this pass end, and none at the end.
 */
const PassPhaseSchema = z.enum(['VENDED', 'FAILED', ...ACTIVE_PHASES, 'SETTLING', 'ENDED']);

export const PassRecordSchema = z.object({
  pass: AnyText,
  phase: PassPhaseSchema,
  /** Rises with every message. One that is behind it has been worked off. */
  part: AnyNumber,
  /** The cursor in the list of this phase; null: at its beginning. */
  cursor: TextOrNull,
  /** Until when a function may be at work on this part; null while none is. */
  takenUntil: TextOrNull,
  startedAt: AnyText,
  /** When a part was last worked off. */
  seenAt: AnyText,
  endedAt: TextOrNull,
  /** How many tenants were given a run. */
  reconciled: AnyNumber,
  /** How many could not be given one; the log of ReconcileTenants says why. */
  notBegun: AnyNumber,
  /** How many were compared and are as they are wanted: they need no run. Earlier releases gave one to each. */
  unchanged: z._default(AnyNumber, 0),
  /** Known at the end: how many of the runs have changed something, how many have failed, how many had not ended. */
  changed: z.nullable(AnyNumber),
  failed: z.nullable(AnyNumber),
  unfinished: z.nullable(AnyNumber),
  /** The number of tenants whose account is lost; null until the end. */
  lost: z._default(z.nullable(AnyNumber), null),
});

export const LatestPassSchema = z.object({ pass: AnyText });

/** How a tenant stood before its run: what is changed for one that had failed is mostly what was still missing. */
const BeforeSchema = z.enum(['VENDED', 'FAILED']);

/** A run of a pass that has not ended. */
export const OpenReconciliationSchema = z.object({ before: BeforeSchema });

/** A run of a pass that has changed something, or has failed. */
export const DriftRecordSchema = z.object({
  ...RunKeySchema.shape,
  tenantUuid: AnyText,
  workspaceIdentifier: AnyText,
  projectIdentifier: AnyText,
  accountId: TextOrNull,
  before: BeforeSchema,
  outcome: z.enum(['VENDED', 'FAILED', 'SUPERSEDED']),
  endedAt: AnyText,
  error: z.nullable(StepErrorSchema),
  changes: z.array(PreviewedChangeSchema),
  changesLeftOut: AnyNumber,
});

/**
 * A tenant that a pass has left alone: its account has left the organization, or is closed, and a run of it has said
 * so.
 */
export const LostAccountSchema = z.object({
  tenantUuid: AnyText,
  workspaceIdentifier: AnyText,
  projectIdentifier: AnyText,
  accountId: AnyText,
  since: AnyText,
});

/** The figure counts all. */
export const MAX_LOST_SHOWN = 200;

export type PassRecord = Readonly<z.infer<typeof PassRecordSchema>>;
export type DriftRecord = Readonly<z.infer<typeof DriftRecordSchema>>;
export type LostAccount = Readonly<z.infer<typeof LostAccountSchema>>;
export type BeforeReconciliation = z.infer<typeof BeforeSchema>;

export const newPass = (pass: string, now: Date): PassRecord => ({
  pass,
  phase: 'VENDED',
  part: 0,
  cursor: null,
  takenUntil: null,
  startedAt: now.toISOString(),
  seenAt: now.toISOString(),
  endedAt: null,
  reconciled: 0,
  notBegun: 0,
  unchanged: 0,
  changed: null,
  failed: null,
  unfinished: null,
  lost: null,
});

/**
 * How a tenant stands that is to have a run in this pass. Null: it has had one, another one is at work, it is to go, it
 * has no account or has lost it, or nothing was ever vended for it.
 */
export function standingBefore(tenant: TenantRecord, pass: string): BeforeReconciliation | null {
  const { status, accountLostSince } = tenant;
  if (!isAtRest(tenant, pass) || accountLostSince !== null) return null;
  return status === 'VENDED' || status === 'FAILED' ? status : null;
}

/**
 * What a pass tells of a tenant whose account is lost, in the place of a run that would only fail again, as it did when
 * it was found out: the person who gets the account back replays that run. Null: it is not lost, or something else
 * becomes of the tenant.
 */
export function lostAccountOf(tenant: TenantRecord, pass: string): LostAccount | null {
  const { tenantUuid, workspaceIdentifier, projectIdentifier, account, accountLostSince } = tenant;
  if (!isAtRest(tenant, pass) || account === null || accountLostSince === null) return null;
  return { tenantUuid, workspaceIdentifier, projectIdentifier, accountId: account.id, since: accountLostSince };
}

/**
 * It has an account that it is to keep, and nobody is at work on it or was in this pass. What a ledger that was lost
 * has known is not wanted of it yet.
 */
const isAtRest = (tenant: TenantRecord, pass: string): boolean => {
  const { account, activeRun, deletion, reconciledIn, latestSequence } = tenant;
  return account !== null && activeRun === null && deletion === null && reconciledIn !== pass && latestSequence >= 0;
};

export const isActivePhase = (phase: PassRecord['phase']): phase is (typeof ACTIVE_PHASES)[number] =>
  ACTIVE_PHASES.some((one) => one === phase);

/** A pass that was seen so long ago has stopped; its message has become a dead letter. */
const ALIVE_MINUTES = 60;

/**
 * Whether a pass still gives tenants their runs: another one waits for the next night, or those at the end of the list
 * would never have theirs.
 */
export const isWalking = ({ phase, seenAt }: PassRecord, now: Date): boolean =>
  (phase === 'VENDED' || phase === 'FAILED') && now.getTime() - Date.parse(seenAt) < ALIVE_MINUTES * 60_000;

/** So long a pass waits for the end of its runs: the next one begins four hours later. */
const LONGEST_HOURS = 20;

export const isOverdue = ({ startedAt }: PassRecord, now: Date): boolean =>
  now.getTime() - Date.parse(startedAt) >= LONGEST_HOURS * 3_600_000;

/**
 * What four days have room for at one part every twenty seconds, and more than thrice what a night over 50,000 tenants
 * needs: some 2,700 parts in which runs are begun, and at most 2,500 in which nobody on the page needs one.
 */
export const MAX_PARTS = 17_280;
