import type { TaskName } from '../functions/domain/base/state-name';
import { eachStep, timeoutSecondsOf } from '../functions/steps/each-step';
import type { GrantName, StepRow } from '../functions/steps/step-row';
import {
  enterAutomationAccount,
  type FunctionGrant,
  executionRoleTrust,
  queryLanes,
  ledger,
  enterManagementAccount,
  memberRoleBoundary,
  publishOutcomes,
  measureRuns,
  startRuns,
  scheduleRunChecks,
  readScimToken,
  resumeExecutions,
  invokePreview,
  readModes,
} from './function-grants';
import type { FunctionRow } from './function-row';
import { releaseFirst } from './rollout-grants';

/** The grants by their names in the table of the steps. */
const GRANTS: Readonly<Record<GrantName, FunctionGrant>> = {
  executionRoleTrust,
  queryLanes,
  memberRoleBoundary,
  publishOutcomes,
  measureRuns,
  startRuns,
  readScimToken,
  resumeExecutions,
  invokePreview,
  readModes,
  releaseFirst,
};

/** How the function of each step is run and what it may reach, as its row in `functions/steps/table.ts` says. */
export const steps: Readonly<Record<TaskName, FunctionRow>> = eachStep((row, name) => ({
  timeoutSeconds: timeoutSecondsOf(name),
  memoryMegabytes: row.memoryMegabytes ?? 512,
  readsConfiguration: row.readsConfiguration === true,
  grants: grantsOf(row),
}));

/** Each step schedules a check of its run before it resumes it. */
function grantsOf({ management, automation, member, grants = [] }: StepRow): readonly FunctionGrant[] {
  return [
    ledger,
    scheduleRunChecks,
    ...((management ?? member) === undefined ? [] : [enterManagementAccount]),
    ...(automation === undefined ? [] : [enterAutomationAccount]),
    ...grants.map((name) => GRANTS[name]),
  ];
}
