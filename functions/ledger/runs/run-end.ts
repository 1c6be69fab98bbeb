import { within } from '../../domain/base/plain-schemas';
import type { RunRecord, ShadowRecord, StepError, TenantRecord } from '../../domain/records/ledger-records';
import { MAX_CHANGE_BYTES, shortError, shortText, withAttempt } from './record-step';

export type RunEnd =
  | { readonly status: 'VENDED' }
  /** It has told what it would change, and has changed nothing. */
  | { readonly status: 'SHADOWED'; readonly shadow: ShadowRecord }
  /**
   * The tenant is gone: its people have no access any more, and its account is kept or closed, or has left the
   * organization.
   */
  | { readonly status: 'CLOSED'; readonly accountGone: boolean }
  /** `state`: at which the run has failed, where that state could write nothing of it into the timeline. */
  | { readonly status: 'FAILED'; readonly error: StepError; readonly state?: string | null }
  /**
   * It had started nothing in AWS, and the tenant is to go; or it was to close the account, and the deletion was taken
   * back.
   */
  /** `ifAwaiting`: only as long as nobody has decided whether it may go on. */
  | { readonly status: 'SUPERSEDED'; readonly by: number; readonly ifAwaiting?: boolean };

export const hasEnded = ({ status }: RunRecord): boolean =>
  status === 'VENDED' || status === 'FAILED' || status === 'SUPERSEDED' || status === 'CLOSED' || status === 'SHADOWED';

/** The run as it is written down when it ends. */
export function ended(run: RunRecord, end: RunEnd, now: Date): RunRecord {
  return {
    ...withEnd(run, end, now),
    status: end.status,
    finishedAt: now.toISOString(),
    error: end.status === 'FAILED' ? shortError(end.error) : null,
    supersededBy: end.status === 'SUPERSEDED' ? end.by : null,
    ...(end.status === 'SHADOWED' ? { shadow: shortShadow(end.shadow) } : {}),
  };
}

/** What a shadow run has found, as an item of the ledger has room for it: it has no other changes. */
function shortShadow({ changes, changesLeftOut = 0, refusal, ...shadow }: ShadowRecord): ShadowRecord {
  const kept = changes === null ? null : within(changes, MAX_CHANGE_BYTES);
  const leftOut = changesLeftOut + (changes?.length ?? 0) - (kept?.length ?? 0);
  return {
    ...shadow,
    changes: kept === null ? null : [...kept],
    ...(leftOut === 0 ? {} : { changesLeftOut: leftOut }),
    refusal: refusal === null ? null : { ...refusal, message: shortText(refusal.message) },
  };
}

/** A try that was killed has left nothing in the timeline: its state says now that it has failed. */
function withEnd(run: RunRecord, end: RunEnd, now: Date): RunRecord {
  if (end.status !== 'FAILED' || end.state == null) return run;
  const { state, error } = end;
  const pass = { state, startedAt: now.toISOString(), finishedAt: null, remark: null, error, changes: [] };
  return withAttempt(run, pass);
}

/** A shadow run has not tried to work with the account. */
export function lostSince({ accountLostSince }: TenantRecord, end: RunEnd, now: Date): string | null {
  if (end.status === 'SHADOWED') return accountLostSince;
  return end.status === 'FAILED' && end.error.accountLost === true ? now.toISOString() : null;
}
