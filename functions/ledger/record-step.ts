import type { Change, RunRecord, StepError, StepRecord } from '../domain/ledger-records';
import { type LedgerStore, VersionConflictError } from '../ports/ledger-store';
import { decide, replace, type Snapshot } from './decide';
import { runOf } from './tenant-items';

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

/** Writes a pass into the run's timeline: the first one makes the entry, later ones count as further attempts. One write. */
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

function withPass(run: RunRecord, pass: StepPass): RunRecord {
  const known = run.steps.find(({ state }) => state === pass.state);
  const entry: StepRecord = {
    ...pass,
    startedAt: known?.startedAt ?? pass.startedAt,
    attempts: (known?.attempts ?? 0) + 1,
    changes: [...(known?.changes ?? []), ...pass.changes],
  };
  const others = run.steps.map((step) => (step.state === pass.state ? entry : waitedUntil(step, pass.startedAt)));
  return { ...run, steps: known === undefined ? [...others, entry] : others };
}

/** Whoever waits for a turn goes on without a word of its own: its wait has ended when another state begins. */
function waitedUntil(step: StepRecord, startedAt: string): StepRecord {
  const waits = /^Await[A-Z]/u.test(step.state) && step.finishedAt === null && step.error === null;
  return waits ? { ...step, finishedAt: startedAt } : step;
}
