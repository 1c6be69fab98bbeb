import { isStep, timeoutSecondsOf as stepTimeoutSeconds } from '../../../functions/steps/each-step';

/** As in `infra/functions.ts`, which brings the whole CDK with it; a test compares. */
const TIMEOUT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['Intake', 30],
  ['RecordFailure', 30],
  ['ReconcileTenants', 300],
  ['AdoptAccounts', 120],
  ['RollOut', 120],
  ['WatchRuns', 30],
  ['WakeRuns', 30],
  ['Api', 28],
  ['PreviewChanges', 25],
  ['RunPreflight', 300],
  ['CollectCosts', 600],
  ['PollMeshStack', 300],
]);

/** Functions that a test makes up, and `ReportToMeshStack`. */
const TIMEOUT_SECONDS_OF_OTHERS = 60;

/** A step may work for this long. */
export const LONGEST_FUNCTION_SECONDS = 300;

export const timeoutSecondsOf = (name: string): number =>
  isStep(name) ? stepTimeoutSeconds(name) : (TIMEOUT_SECONDS.get(name) ?? TIMEOUT_SECONDS_OF_OTHERS);

/** How many messages of its queue a function takes at a time, as `infra/constructs/fed-queue.ts` has it. */
export const mostAtOnceOf = (name: string): number => (PIECE_BY_PIECE.has(name) ? 2 : 5);

const PIECE_BY_PIECE: ReadonlySet<string> = new Set(['RunPreflight', 'ReconcileTenants', 'AdoptAccounts', 'RollOut']);
