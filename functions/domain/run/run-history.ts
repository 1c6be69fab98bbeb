import * as z from 'zod/mini';

import type { RunRecord } from '../records/ledger-records';
import { ACCOUNT_CREATION, ACCOUNT_FACTORY, RECONCILIATION } from '../queue/lanes';
import { STACK_SETS } from './measurement';
import type { VendingPlan } from '../plan/plan';
import { secondsBetween } from './step-context';
import { LANE_OF_STATE } from '../base/workflow-facts';

/** What one run has taken, which has ended well; seconds. */
export const RunSampleSchema = z.object({
  /** The id of the run: no run counts twice. */
  run: z.string(),
  /** From its start to its end, without standing in lanes. */
  workSeconds: z.number(),
  /** How long it has held its turn in each lane. */
  holdSeconds: z.record(z.string(), z.number()),
});

/** The last runs of one kind, newest last. */
export const RunHistorySchema = z.object({ samples: z.array(RunSampleSchema) });

export type RunHistory = Readonly<z.infer<typeof RunHistorySchema>>;

export type RunSample = Readonly<z.infer<typeof RunSampleSchema>>;

/** More tell no more, and older ones tell of an AWS that was. */
const MAX_SAMPLES = 20;

/** Runs of one kind take the same way through the workflow, so they take about as long. */
export const kindOf = ({ existingAccountId, enrollment, stackSets }: VendingPlan): string =>
  [
    existingAccountId === null ? 'new' : 'known',
    ...(enrollment === null ? [] : ['enrolled']),
    ...(stackSets.length === 0 ? [] : ['stack-sets']),
  ].join('-');

/** The same samples when this run is among them already. */
export const withSample = (samples: readonly RunSample[], sample: RunSample): readonly RunSample[] =>
  samples.some(({ run }) => run === sample.run) ? samples : [...samples, sample].slice(-MAX_SAMPLES);

/** From when to when a run holds its turn in a lane. */
const HOLDS: Readonly<Record<string, readonly [first: string, last: string]>> = {
  [ACCOUNT_CREATION.name]: ['CreateAccount', 'CheckAccount'],
  [ACCOUNT_FACTORY]: ['EnrollAccount', 'CheckEnrollment'],
  [STACK_SETS]: ['DeployStackInstances', 'CheckStackInstances'],
};

/**
 * Null where the run tells nothing of others: it had failed and was replayed, or it only brought back at night what had
 * drifted.
 */
export function sampleOf(name: string, run: RunRecord, now: Date): RunSample | null {
  if (run.resumedAt !== run.startedAt || run.reconciledIn !== null) return null;
  const workSeconds = secondsBetween(run.startedAt, now) - waitedSeconds(run, now);
  const held = Object.entries(HOLDS).flatMap(([lane, [first, last]]) => {
    const from = run.steps.find(({ state }) => state === first)?.startedAt;
    const to = run.steps.find(({ state }) => state === last)?.finishedAt;
    return from === undefined || to == null ? [] : [[lane, secondsBetween(from, new Date(to))] as const];
  });
  return { run: name, workSeconds, holdSeconds: { ...Object.fromEntries(held), [RECONCILIATION.name]: workSeconds } };
}

/** How long a run has stood in lanes up to now. */
export const waitedSeconds = ({ steps }: RunRecord, now: Date): number =>
  steps
    .filter(({ state }) => state in LANE_OF_STATE)
    .reduce(
      (sum, { startedAt, finishedAt }) =>
        sum + secondsBetween(startedAt, finishedAt === null ? now : new Date(finishedAt)),
      0,
    );
