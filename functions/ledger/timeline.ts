import type { Change, RunRecord, StepError, StepRecord } from '../domain/ledger-records';

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
