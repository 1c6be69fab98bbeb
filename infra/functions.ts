import {
  automationAccount,
  costCollection,
  costs,
  desiredStates,
  desiredStatesOut,
  driftReports,
  executions,
  failedExecutions,
  laneQueues,
  ledger,
  ledgerListings,
  ledgerOfMeshStack,
  ledgerOfPreflights,
  ledgerOfUsage,
  ledgerReadings,
  managementAccount,
  memberRoles,
  namesOfRoles,
  meshStackKey,
  outcomes,
  ownConcurrency,
  ownSubnets,
  preflightRequests,
  preflights,
  preflightsAndUsage,
  previews,
  reconciliations,
  redrives,
  runFigures,
  executionRoleTrust,
  runs,
  runWatch,
  scimEndpoint,
  stops,
  tenantHistories,
  turns,
  unreadableEvents,
  watchedRuns,
} from './edges';
import type { FunctionRow } from './function-row';
import type { FunctionName } from './names';
import { recursiveFunctions } from './recursive-functions';
import { steps } from './steps';

/** All functions: the steps of the workflow and what stands around it. */
export const functions: Readonly<Record<FunctionName, FunctionRow>> = {
  ...steps,
  // Plans before it accepts: a desired state that cannot be carried out is refused at the door, with all its faults.
  Intake: {
    timeoutSeconds: 30,
    memoryMegabytes: 512,
    readsConfiguration: true,
    edges: [desiredStates, unreadableEvents, ledger, runs, runWatch, laneQueues, turns],
  },
  // A person or a program waits for its answer: API Gateway gives up after 29 seconds.
  Api: {
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    readsConfiguration: true,
    edges: [
      ledger,
      preflightsAndUsage,
      ledgerListings,
      runs,
      redrives,
      stops,
      runWatch,
      laneQueues,
      turns,
      preflightRequests,
      previews,
      driftReports,
    ],
  },
  // At most twenty tenants at once, each a few transactions.
  ReconcileTenants: {
    timeoutSeconds: 60,
    memoryMegabytes: 512,
    readsConfiguration: false,
    edges: [reconciliations, ledger, ledgerListings, laneQueues, driftReports, runs, runWatch, outcomes],
    endsBecause: recursiveFunctions.ReconcileTenants,
  },
  RecordFailure: {
    timeoutSeconds: 30,
    memoryMegabytes: 512,
    readsConfiguration: false,
    edges: [failedExecutions, executions, ledger, runs, outcomes, runFigures, laneQueues, turns],
  },
  // Does what others were interrupted in, so it may do what they may.
  WatchRuns: {
    timeoutSeconds: 30,
    memoryMegabytes: 512,
    readsConfiguration: false,
    edges: [watchedRuns, executions, ledger, runs, redrives, outcomes, runFigures, runWatch, laneQueues, turns],
    endsBecause: recursiveFunctions.WatchRuns,
  },
  // The Api waits for it, and API Gateway for the Api. It can write nothing: neither to the ledger nor, by its sessions, to AWS.
  PreviewChanges: {
    timeoutSeconds: 25,
    memoryMegabytes: 1024,
    readsConfiguration: false,
    edges: [ledgerReadings, managementAccount, scimEndpoint, automationAccount, memberRoles, executionRoleTrust],
  },
  // Once a day. Cost Explorer is asked slowly, and a large organization has many accounts to look up.
  CollectCosts: {
    timeoutSeconds: 600,
    memoryMegabytes: 512,
    readsConfiguration: true,
    edges: [ledgerOfUsage, tenantHistories, costCollection, outcomes],
  },
  // Both only where platform.json names a meshStack. A poll of many changes takes minutes; what it does not come to waits for the next.
  PollMeshStack: {
    timeoutSeconds: 300,
    memoryMegabytes: 512,
    readsConfiguration: true,
    edges: [ledgerOfMeshStack, meshStackKey, desiredStatesOut],
  },
  ReportToMeshStack: {
    timeoutSeconds: 60,
    memoryMegabytes: 512,
    readsConfiguration: true,
    edges: [ledgerOfMeshStack, meshStackKey],
  },
  // Reads slowly, so that vendings keep their share of what AWS allows; a large organization takes minutes to count.
  RunPreflight: {
    timeoutSeconds: 300,
    memoryMegabytes: 512,
    readsConfiguration: true,
    edges: [
      preflights,
      ledgerOfPreflights,
      managementAccount,
      scimEndpoint,
      automationAccount,
      costs,
      ownConcurrency,
      namesOfRoles,
      ownSubnets,
    ],
  },
};

/** How long a function of the workflow can go on after its execution was stopped. */
export const longestFunctionSeconds = Math.max(...Object.values(steps).map(({ timeoutSeconds }) => timeoutSeconds));
