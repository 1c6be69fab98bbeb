import * as z from 'zod/mini';

import { RunKeySchema, StepErrorSchema } from './ledger-records';
import { PreviewedChangeSchema } from './preview';
import { AnyNumber, AnyText, TextOrNull } from './plain-schemas';

/*
 * One night's reconciliation of all tenants, and what it has found. A pass is named by the day on which it began (UTC): `2026-11-25`.
 */

/** Whose turn it is: tenants that have vended, those that have failed, nobody any more while their runs end, and the end. */
const PassPhaseSchema = z.enum(['VENDED', 'FAILED', 'SETTLING', 'ENDED']);

export const PassRecordSchema = z.object({
  pass: AnyText,
  phase: PassPhaseSchema,
  /** Rises with every message. One that is behind it has been worked off. */
  part: AnyNumber,
  /** Where the list of this phase goes on; null: at its begin. */
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
  /** Known at the end: how many of the runs have changed something, how many have failed, how many had not ended. */
  changed: z.nullable(AnyNumber),
  failed: z.nullable(AnyNumber),
  unfinished: z.nullable(AnyNumber),
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

export type PassRecord = Readonly<z.infer<typeof PassRecordSchema>>;
export type DriftRecord = Readonly<z.infer<typeof DriftRecordSchema>>;
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
  changed: null,
  failed: null,
  unfinished: null,
});

/** A pass that was seen so long ago has stopped; its message has become a dead letter. */
const ALIVE_MINUTES = 60;

/** Whether a pass still gives tenants their runs: another one waits for the next night, or those at the end of the list would never have theirs. */
export const isWalking = ({ phase, seenAt }: PassRecord, now: Date): boolean =>
  (phase === 'VENDED' || phase === 'FAILED') && now.getTime() - Date.parse(seenAt) < ALIVE_MINUTES * 60_000;

/** So long a pass waits for the end of its runs: the next one begins four hours later. */
const LONGEST_HOURS = 20;

export const isOverdue = ({ startedAt }: PassRecord, now: Date): boolean =>
  now.getTime() - Date.parse(startedAt) >= LONGEST_HOURS * 3_600_000;
