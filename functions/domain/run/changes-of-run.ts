import { PROPAGATION_SECONDS } from '../access/kept-rights';
import { within } from '../base/plain-schemas';
import type { ApprovalRecord, Change, RunRecord } from '../records/ledger-records';
import type { PreviewedChange } from './preview';
import { secondsBetween } from './step-context';

/** Says who asked for a run, as its outcome reports it. */
export const askedForBy = ({
  requestedBy = null,
  replayedBy = null,
  approval,
}: Pick<RunRecord, 'requestedBy' | 'replayedBy' | 'approval'>): AskedFor => ({
  requestedBy,
  replayedBy,
  ...(approval === undefined ? {} : { approval: approvalTold(approval) }),
});

export interface AskedFor {
  /**
   * The sender of the desired state: the ARN of a caller of the API, or the source and the account of an event. Null:
   * unknown.
   */
  readonly requestedBy: string | null;
  /** The person who replayed the run last; null: nobody did. */
  readonly replayedBy: string | null;
  /** Absent: nobody was asked. */
  readonly approval?: Omit<ApprovalRecord, 'token'>;
}

/** The token is for the ledger alone: who has it can let the run go on. */
const approvalTold = ({
  askedAt,
  expiresAt,
  decision,
  decidedBy,
  decidedAt,
  reason,
}: ApprovalRecord): Omit<ApprovalRecord, 'token'> => ({ askedAt, expiresAt, decision, decidedBy, decidedAt, reason });

/** An event of EventBridge may have 256 KB; the rest of an outcome takes a few. */
const MAX_BYTES = 128 * 1024;

/** What a run has changed in AWS, state by state, as far as an event has room for it. */
export function changesOfRun(
  { steps }: Pick<RunRecord, 'steps'>,
  mostBytes = MAX_BYTES,
): {
  readonly changes: readonly PreviewedChange[];
  readonly changesLeftOut: number;
} {
  const neverKept = steps.reduce((sum, { changesLeftOut = 0 }) => sum + changesLeftOut, 0);
  const all = steps.flatMap(({ state, changes }) => changes.map((change) => ({ state, ...change })));
  const changes = within(all, mostBytes);
  return { changes, changesLeftOut: neverKept + all.length - changes.length };
}

/**
 * When a state of the run that came to its end has made this change, the last time; null where none says so. A state
 * that was killed after its change has not told of it.
 */
export function changedAt({ steps }: Pick<RunRecord, 'steps'>, { what, from, to }: Change): Date | null {
  const ends = steps.flatMap(({ finishedAt, changes }) =>
    finishedAt !== null && changes.some((one) => one.what === what && one.from === from && one.to === to)
      ? [finishedAt]
      : [],
  );
  const last = ends.toSorted().at(-1);
  return last === undefined ? null : new Date(last);
}

/** The same, if that was after the run had begun, or had last been resumed. */
export function changedSinceResumed(run: Pick<RunRecord, 'steps' | 'resumedAt'>, change: Change): Date | null {
  const at = changedAt(run, change);
  return at !== null && at >= new Date(run.resumedAt) ? at : null;
}

/** Whole seconds that are left of a wait since a state has come to its end; all of them where it has not. */
export const secondsLeftSince = (...given: Parameters<typeof leftSince>): number => Math.ceil(leftSince(...given));

function leftSince({ steps }: Pick<RunRecord, 'steps'>, ended: string, waitSeconds: number, now: Date): number {
  const finishedAt = steps.find(({ state }) => state === ended)?.finishedAt ?? null;
  const passed = finishedAt === null ? 0 : secondsBetween(finishedAt, now);
  return Math.max(0, waitSeconds - Math.max(0, passed));
}

/** Seconds until the roles that a run has made in the account count everywhere; nought where it has made none. */
export function secondsUntilRolesCount(run: Pick<RunRecord, 'steps'>, now: Date): number {
  const hasMade = run.steps.some(({ state, changes }) => state === 'OpenAccount' && changes.length > 0);
  return hasMade ? leftSince(run, 'OpenAccount', PROPAGATION_SECONDS, now) : 0;
}
