import type { TaskName } from '../functions/domain/base/state-name';
import { eachStep, timeoutSecondsOf } from '../functions/steps/each-step';
import type { GrantName, StepRow } from '../functions/steps/step-row';
import {
  automationAccount,
  type Edge,
  executionRoleTrust,
  laneQueues,
  ledger,
  managementAccount,
  memberRoles,
  outcomes,
  runFigures,
  runs,
  runWatch,
  scimEndpoint,
  turns,
} from './edges';
import type { FunctionRow } from './function-row';

/** By their names in the table of the steps. */
const GRANTS: Readonly<Record<GrantName, Edge>> = {
  executionRoleTrust,
  laneQueues,
  memberRoles,
  outcomes,
  runFigures,
  runs,
  scimEndpoint,
  turns,
};

/** How the function of each step is run and what it may reach, as its row in `functions/steps/table.ts` says. */
export const steps: Readonly<Record<TaskName, FunctionRow>> = eachStep((row, name) => ({
  timeoutSeconds: timeoutSecondsOf(name),
  memoryMegabytes: row.memoryMegabytes ?? 512,
  readsConfiguration: row.readsConfiguration === true,
  edges: edgesOf(row),
}));

/** Each step has its run looked after when it resumes it. */
function edgesOf({ management, automation, member, grants = [] }: StepRow): readonly Edge[] {
  return [
    ledger,
    runWatch,
    ...((management ?? member) === undefined ? [] : [managementAccount]),
    ...(automation === undefined ? [] : [automationAccount]),
    ...grants.map((name) => GRANTS[name]),
  ];
}
