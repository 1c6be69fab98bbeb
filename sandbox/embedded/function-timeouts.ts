/** As in `infra/steps.ts` and `infra/functions.ts`, which bring the whole CDK with them; a test compares. */
const TIMEOUT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['PlanVending', 30],
  ['CompleteVending', 30],
  ['Intake', 30],
  ['RecordFailure', 30],
  ['WatchRuns', 30],
  ['Api', 28],
  ['RunPreflight', 300],
]);

/** A function may work for this long. */
export const LONGEST_FUNCTION_SECONDS = 60;

export const timeoutSecondsOf = (name: string): number => TIMEOUT_SECONDS.get(name) ?? LONGEST_FUNCTION_SECONDS;
