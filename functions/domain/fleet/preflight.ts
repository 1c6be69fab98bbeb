import * as z from 'zod/mini';

import { AnyText, TextOrNull } from '../base/plain-schemas';

/** How a prerequisite was found. */
export const CheckReportSchema = z.object({
  /** Stable: what is checked, and behind a colon of what. */
  id: AnyText,
  /** What should be so, in the present tense. */
  sentence: AnyText,
  /**
   * `skipped`: it does not apply, or something that it needs is not so. `unknown`: it cannot be told, for want of a
   * right or because AWS did not answer.
   */
  result: z.enum(['ok', 'failed', 'skipped', 'unknown']),
  /** What was found, or why it was not looked for. */
  detail: TextOrNull,
  /** What a person does about it; null where nothing is to be done. */
  remedy: TextOrNull,
});

export type CheckReport = Readonly<z.infer<typeof CheckReportSchema>>;

/** FINDINGS: some check has failed, or could not be told. FAILED: the preflight itself did not come to its end. */
export const PreflightStatusSchema = z.enum(['RUNNING', 'PASSED', 'FINDINGS', 'FAILED']);

export type PreflightStatus = z.infer<typeof PreflightStatusSchema>;

/** One preflight, as the ledger keeps it and the API answers it. */
export const PreflightRecordSchema = z.object({
  id: AnyText,
  status: PreflightStatusSchema,
  startedAt: AnyText,
  finishedAt: TextOrNull,
  checks: z.array(CheckReportSchema),
});

/** Which preflight has ended last. */
export const LatestPreflightSchema = z.object({ preflight: AnyText });

export type PreflightRecord = Readonly<z.infer<typeof PreflightRecordSchema>>;

export const statusOf = (checks: readonly CheckReport[]): PreflightStatus =>
  checks.every(({ result }) => result === 'ok' || result === 'skipped') ? 'PASSED' : 'FINDINGS';

/**
 * Three tries of five minutes each, and the time for which a message stays hidden after a killed one. What has not
 * ended by then never will.
 */
const PATIENCE_SECONDS = 20 * 60;

/** As it is to be shown: one that was killed too often says so. */
export function shownPreflight(record: PreflightRecord, now: Date): PreflightRecord {
  const isOverdue = now.getTime() - Date.parse(record.startedAt) > PATIENCE_SECONDS * 1000;
  return record.status === 'RUNNING' && isOverdue ? { ...record, status: 'FAILED' } : record;
}
