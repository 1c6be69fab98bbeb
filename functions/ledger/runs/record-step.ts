import { type LedgerStore, VersionConflictError } from '../../ports/ledger-store';
import { type Snapshot, decide, replace } from '../base/decide';
import { runOf } from '../tenants/tenant-items';
import type { Change, RunRecord, StepError, StepRecord } from '../../domain/records/ledger-records';
import { within } from '../../domain/base/parsed-json';
import { isWaiting } from '../../domain/base/workflow-facts';

/** One pass through a state, as the timeline shows it. */
export interface StepPass {
  readonly state: string;
  readonly startedAt: string;
  /** Null when the state will be entered again: its operation goes on. */
  readonly finishedAt: string | null;
  readonly remark: string | null;
  readonly error: StepError | null;
  readonly changes: readonly Change[];
}

/** The first pass through a state makes its entry, later ones count as further attempts. */
export function withPass(run: RunRecord, pass: StepPass): RunRecord {
  const known = run.steps.find(({ state }) => state === pass.state);
  const entry: StepRecord = {
    ...known,
    ...pass,
    startedAt: known?.startedAt ?? pass.startedAt,
    attempts: (known?.attempts ?? 0) + 1,
    ...changesWithin(run, known, pass.changes),
    remark: pass.remark === null ? null : shortText(pass.remark),
    error: pass.error === null ? null : shortError(pass.error),
  };
  const others = run.steps.map((step) => (step.state === pass.state ? entry : waitedUntil(step, pass.startedAt)));
  return { ...run, steps: known === undefined ? [...others, entry] : others };
}

/** An item of the ledger has at most 400 KB, and a change of thousands of memberships would be more. */
const MOST_CHANGE_BYTES = 200 * 1024;

/** Each of forty states may have a remark and an error. */
const LONGEST_TEXT = 2000;

const shortText = (text: string): string =>
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
  const kept = within(changes, MOST_CHANGE_BYTES - taken);
  const leftOut = (known?.changesLeftOut ?? 0) + changes.length - kept.length;
  return { changes: [...(known?.changes ?? []), ...kept], ...(leftOut === 0 ? {} : { changesLeftOut: leftOut }) };
}

/** A run that waits for a turn goes on without a record of its own: its wait ended when another state began. */
function waitedUntil(step: StepRecord, startedAt: string): StepRecord {
  const waits = isWaiting(step.state) && step.finishedAt === null && step.error === null;
  return waits ? { ...step, finishedAt: startedAt } : step;
}

/** Writes a pass into the run's timeline. One write. */
export async function recordStep(store: LedgerStore, runItem: Snapshot, pass: StepPass): Promise<void> {
  const run = runOf(runItem);
  if (run === undefined) return;
  try {
    await store.commit([replace(runItem, withPass(run, pass))]);
  } catch (error) {
    if (!(error instanceof VersionConflictError)) throw error;
    await recordOnFreshRun(store, runItem, pass);
  }
}

async function recordOnFreshRun(store: LedgerStore, runItem: Snapshot, pass: StepPass): Promise<void> {
  await decide(store, [runItem.key], (item) => {
    const run = runOf(item);
    const writes = run === undefined ? [] : [replace(item, withPass(run, pass))];
    return { writes, result: undefined };
  });
}
