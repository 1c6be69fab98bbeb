import { collectCosts, enterCostRole } from './cost-grants';
import { handleDeadLetters } from './dead-letter-grants';
import {
  adoptionItems,
  consumeAdoptions,
  readModes,
  requestAdoptions,
  enterAutomationAccount,
  consumeDesiredStates,
  publishDesiredStates,
  queryDriftReports,
  describeExecutions,
  consumeFailedExecutions,
  queryLanes,
  ledger,
  listVendings,
  meshStackLedger,
  preflightLedger,
  usageLedger,
  readLedger,
  enterManagementAccount,
  lookAtIdentityCenterRole,
  memberRoleBoundary,
  functionRoleNames,
  readMeshStackKey,
  publishOutcomes,
  readConcurrency,
  functionSubnets,
  requestPreflights,
  consumePreflights,
  preflightAndUsageItems,
  invokePreview,
  switchModes,
  consumeReconciliations,
  redriveExecutions,
  measureRuns,
  operationWaits,
  executionRoleTrust,
  startRuns,
  scheduleRunChecks,
  readScimToken,
  stopExecutions,
  queryTenantHistories,
  resumeExecutions,
  keepUnreadableEvents,
  consumeRunChecks,
} from './function-grants';
import type { FunctionRow } from './function-row';
import type { FunctionName } from './names';
import { consumeRollouts, readRelease, requestRollouts, rolloutItems } from './rollout-grants';
import { recursiveFunctions } from './recursive-functions';
import { steps } from './steps';

/** All functions: the steps of the workflow, from the rows of `functions/steps/table.ts`, and those around it. */
export const functions: Readonly<Record<FunctionName, FunctionRow>> = {
  ...steps,
  // Plans before it accepts: a desired state that cannot be carried out is refused at the door, with all its faults.
  Intake: {
    timeoutSeconds: 30,
    memoryMegabytes: 512,
    readsConfiguration: true,
    grants: [
      consumeDesiredStates,
      keepUnreadableEvents,
      ledger,
      startRuns,
      scheduleRunChecks,
      queryLanes,
      resumeExecutions,
      readRelease,
    ],
  },
  // A person or a program waits for its answer: API Gateway gives up after 29 seconds.
  Api: {
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    readsConfiguration: true,
    grants: [
      ledger,
      preflightAndUsageItems,
      listVendings,
      startRuns,
      redriveExecutions,
      stopExecutions,
      scheduleRunChecks,
      queryLanes,
      resumeExecutions,
      requestPreflights,
      adoptionItems,
      requestAdoptions,
      rolloutItems,
      requestRollouts,
      publishOutcomes,
      invokePreview,
      queryDriftReports,
      queryTenantHistories,
      switchModes,
      handleDeadLetters,
    ],
  },
  // Waits for some dry runs in each part. To AWS it writes nothing: the runs that it starts do.
  AdoptAccounts: {
    timeoutSeconds: 120,
    memoryMegabytes: 512,
    readsConfiguration: true,
    grants: [
      consumeAdoptions,
      ledger,
      readRelease,
      adoptionItems,
      startRuns,
      scheduleRunChecks,
      queryLanes,
      resumeExecutions,
      invokePreview,
      enterManagementAccount,
    ],
    endsBecause: recursiveFunctions.AdoptAccounts,
  },
  // Waits for some dry runs in each part, begins some runs, or looks at a thousand accounts in Control Tower.
  RollOut: {
    timeoutSeconds: 120,
    memoryMegabytes: 512,
    readsConfiguration: true,
    grants: [
      consumeRollouts,
      ledger,
      rolloutItems,
      listVendings,
      readModes,
      startRuns,
      scheduleRunChecks,
      invokePreview,
      publishOutcomes,
      measureRuns,
      enterManagementAccount,
    ],
    endsBecause: recursiveFunctions.RollOut,
  },
  // Waits for dry runs, some twenty side by side, and begins the runs that are needed. It calls no other account.
  ReconcileTenants: {
    timeoutSeconds: 300,
    memoryMegabytes: 512,
    readsConfiguration: true,
    grants: [
      consumeReconciliations,
      ledger,
      readModes,
      invokePreview,
      listVendings,
      queryLanes,
      queryDriftReports,
      startRuns,
      scheduleRunChecks,
      publishOutcomes,
    ],
    endsBecause: recursiveFunctions.ReconcileTenants,
  },
  RecordFailure: {
    timeoutSeconds: 30,
    memoryMegabytes: 512,
    readsConfiguration: false,
    grants: [
      consumeFailedExecutions,
      describeExecutions,
      ledger,
      startRuns,
      publishOutcomes,
      measureRuns,
      scheduleRunChecks,
      queryLanes,
      resumeExecutions,
    ],
  },
  // Does what others were interrupted in, so it may do what they may.
  WatchRuns: {
    timeoutSeconds: 30,
    memoryMegabytes: 512,
    readsConfiguration: false,
    grants: [
      consumeRunChecks,
      describeExecutions,
      ledger,
      startRuns,
      redriveExecutions,
      publishOutcomes,
      measureRuns,
      scheduleRunChecks,
      queryLanes,
      resumeExecutions,
    ],
    endsBecause: recursiveFunctions.WatchRuns,
  },
  // Only where events of AWS are forwarded. It can wake runs, and change nothing: what a run does then, its steps
  // decide.
  WakeRuns: {
    timeoutSeconds: 30,
    memoryMegabytes: 256,
    readsConfiguration: false,
    grants: [operationWaits, resumeExecutions],
  },
  // The Api waits for it, and API Gateway for the Api. It can write nothing: neither to the ledger nor, by its
  // sessions, to AWS.
  PreviewChanges: {
    timeoutSeconds: 25,
    memoryMegabytes: 1024,
    readsConfiguration: false,
    grants: [
      readLedger,
      enterManagementAccount,
      readScimToken,
      enterAutomationAccount,
      memberRoleBoundary,
      executionRoleTrust,
    ],
  },
  // Runs once a day. Cost Explorer is called slowly, and a large organization has many accounts.
  CollectCosts: {
    timeoutSeconds: 600,
    memoryMegabytes: 512,
    readsConfiguration: true,
    grants: [usageLedger, queryTenantHistories, collectCosts, publishOutcomes],
  },
  // Both only where platform.json names a meshStack. A poll of many changes takes minutes; what it does not come to
  // waits for the next.
  PollMeshStack: {
    timeoutSeconds: 300,
    memoryMegabytes: 512,
    readsConfiguration: true,
    grants: [meshStackLedger, readMeshStackKey, publishDesiredStates],
  },
  ReportToMeshStack: {
    timeoutSeconds: 60,
    memoryMegabytes: 512,
    readsConfiguration: true,
    grants: [meshStackLedger, readMeshStackKey],
  },
  // Reads slowly, so that vendings keep their share of what AWS allows; a large organization takes minutes to count.
  RunPreflight: {
    timeoutSeconds: 300,
    memoryMegabytes: 512,
    readsConfiguration: true,
    grants: [
      consumePreflights,
      preflightLedger,
      enterManagementAccount,
      readScimToken,
      enterAutomationAccount,
      enterCostRole,
      lookAtIdentityCenterRole,
      readConcurrency,
      functionRoleNames,
      functionSubnets,
    ],
  },
};

/** How long a function of the workflow can go on after its execution was stopped. */
export const longestFunctionSeconds = Math.max(...Object.values(steps).map(({ timeoutSeconds }) => timeoutSeconds));
