import { within } from '../../domain/base/plain-schemas';
import type { RunRecord, Change, StepError, StepRecord } from '../../domain/records/ledger-records';
import { type LedgerStore, VersionConflictError } from '../../ports/ledger-store';
import { type Snapshot, decide, replace } from '../base/decide';
import { isWaiting } from '../../domain/base/workflow-facts';
import { runOf } from '../tenants/tenant-items';

/** One pass through a state, as the timeline shows it. */
export interface StepAttempt {
  readonly state: string;
  readonly startedAt: string;
  /** Null when the state will be entered again: its operation goes on. */
  readonly finishedAt: string | null;
  readonly remark: string | null;
  readonly error: StepError | null;
  readonly changes: readonly Change[];
}

/** What a pass says about the run as a whole. */
export type OfRun = Pick<RunRecord, 'configurationHash'>;

/** Writes a pass into the run's timeline. One write. */
export async function recordStep(
  store: LedgerStore,
  runItem: Snapshot,
  attempt: StepAttempt,
  ofRun: OfRun = {},
): Promise<void> {
  const run = runOf(runItem);
  if (run === undefined) return;
  try {
    await store.commit([replace(runItem, { ...withAttempt(run, attempt), ...ofRun })]);
  } catch (error) {
    if (!(error instanceof VersionConflictError)) throw error;
    await recordOnFreshRun(store, runItem, attempt, ofRun);
  }
}

async function recordOnFreshRun(
  store: LedgerStore,
  runItem: Snapshot,
  attempt: StepAttempt,
  ofRun: OfRun,
): Promise<void> {
  await decide(store, [runItem.key], (item) => {
    const run = runOf(item);
    const writes = run === undefined ? [] : [replace(item, { ...withAttempt(run, attempt), ...ofRun })];
    return { writes, result: undefined };
  });
}

/** The first pass through a state makes its entry, later ones count as further attempts. */
export function withAttempt(run: RunRecord, attempt: StepAttempt): RunRecord {
  const known = run.steps.find(({ state }) => state === attempt.state);
  const entry: StepRecord = {
    ...known,
    ...attempt,
    startedAt: known?.startedAt ?? attempt.startedAt,
    attempts: (known?.attempts ?? 0) + 1,
    ...changesWithin(run, known, attempt.changes),
    remark: attempt.remark === null ? null : shortText(attempt.remark),
    error: attempt.error === null ? null : shortError(attempt.error),
  };
  const others = run.steps.map((step) => (step.state === attempt.state ? entry : waitedUntil(step, attempt.startedAt)));
  return { ...run, steps: known === undefined ? [...others, entry] : others };
}

/** An item of the ledger has at most 400 KB, and a change of thousands of memberships would be more. */
export const MAX_CHANGE_BYTES = 200 * 1024;

/** Each of forty states may have a remark and an error. */
const LONGEST_TEXT = 2000;

export const shortText = (text: string): string =>
  text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT).toWellFormed()}… (${text.length} characters)`;

/** As an item of the ledger has room for it: AWS and landing zones say what they like. */
export const shortError = (error: StepError): StepError => ({ ...error, message: shortText(error.message) });

/** The changes of a state so far and those of another pass, as far as the item of the run has room for them. */
function changesWithin(
  run: RunRecord,
  known: StepRecord | undefined,
  changes: readonly Change[],
): Pick<StepRecord, 'changes' | 'changesLeftOut'> {
  const taken = Buffer.byteLength(JSON.stringify(run.steps.map((step) => step.changes)));
  const kept = within(changes, MAX_CHANGE_BYTES - taken);
  const leftOut = (known?.changesLeftOut ?? 0) + changes.length - kept.length;
  return { changes: [...(known?.changes ?? []), ...kept], ...(leftOut === 0 ? {} : { changesLeftOut: leftOut }) };
}

/** A run that waits for a turn goes on without a record of its own: its wait ended when another state began. */
function waitedUntil(step: StepRecord, startedAt: string): StepRecord {
  const waits = isWaiting(step.state) && step.finishedAt === null && step.error === null;
  return waits ? { ...step, finishedAt: startedAt } : step;
}
