import {
  desiredStates,
  executions,
  failedExecutions,
  ledger,
  ledgerListings,
  outcomes,
  runs,
  unreadableEvents,
} from './edges';
import type { FunctionRow } from './function-row';
import type { FunctionName } from './names';
import { steps } from './steps';

/** All functions: the steps of the workflow and what stands around it. */
export const functions: Readonly<Record<FunctionName, FunctionRow>> = {
  ...steps,
  // Plans before it accepts: a desired state that cannot be carried out is refused at the door, with all its faults.
  Intake: {
    timeoutSeconds: 30,
    memoryMegabytes: 512,
    readsConfiguration: true,
    edges: [desiredStates, unreadableEvents, ledger, runs],
  },
  // A person or a program waits for its answer: API Gateway gives up after 29 seconds.
  Api: {
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    readsConfiguration: true,
    edges: [ledger, ledgerListings, runs],
  },
  RecordFailure: {
    timeoutSeconds: 30,
    memoryMegabytes: 512,
    readsConfiguration: false,
    edges: [failedExecutions, executions, ledger, runs, outcomes],
  },
};

/** How long a function can go on after its execution was stopped. */
export const longestFunctionSeconds = Math.max(...Object.values(functions).map(({ timeoutSeconds }) => timeoutSeconds));
