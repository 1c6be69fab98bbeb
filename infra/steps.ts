import type { TaskName } from '../functions/domain/state-name';
import {
  automationAccount,
  laneQueues,
  ledger,
  managementAccount,
  memberRoles,
  outcomes,
  executionRoleTrust,
  runs,
  runFigures,
  runWatch,
  scimEndpoint,
  turns,
} from './edges';
import type { FunctionRow } from './function-row';

/** A step that carries out the plan in AWS accounts. Each step has its run looked after when it resumes it. */
const inAwsAccounts = {
  timeoutSeconds: 60,
  memoryMegabytes: 512,
  readsConfiguration: false,
  edges: [ledger, runWatch, managementAccount],
} satisfies FunctionRow;

/** A step that works through the automation account. */
const inAutomationAccount = { ...inAwsAccounts, edges: [ledger, runWatch, automationAccount] } satisfies FunctionRow;

/** A step that changes groups, by the interface that is configured. */
const inDirectory = {
  ...inAwsAccounts,
  edges: [ledger, runWatch, managementAccount, scimEndpoint],
} satisfies FunctionRow;

/** A step that waits in a lane, or gives a turn back and lets the next one in. */
const inLane = (row: FunctionRow): FunctionRow => ({ ...row, edges: [...row.edges, laneQueues, turns] });

/** The last state of a workflow: starts the run of a newer desired state that waited for the end of this one. */
const last = {
  timeoutSeconds: 30,
  memoryMegabytes: 512,
  readsConfiguration: false,
  edges: [ledger, runWatch, runs, outcomes, runFigures, laneQueues, turns],
} satisfies FunctionRow;

/** One row for each state of the workflows that a function carries out. The statements behind the edges are in `edges.ts`. */
export const steps: Readonly<Record<TaskName, FunctionRow>> = {
  // Touches no account: it decides, so it needs what the operator has configured and nothing of AWS but the ledger.
  PlanVending: { timeoutSeconds: 30, memoryMegabytes: 512, readsConfiguration: true, edges: [ledger, runWatch] },
  // Asks a person by an event, and lets a run go on that was decided meanwhile.
  AwaitApproval: { ...inAwsAccounts, timeoutSeconds: 30, edges: [ledger, runWatch, outcomes, turns] },
  AwaitReconciliationTurn: inLane({ ...inAwsAccounts, edges: [ledger, runWatch] }),
  // Both read long lists for 200 seconds at most, page by page at the rate at which AWS answers; the last pages may have to wait.
  AwaitCreationTurn: inLane({ ...inAwsAccounts, timeoutSeconds: 300 }),
  AwaitEnrollmentTurn: inLane(inAwsAccounts),
  AwaitStackSetTurn: inLane(inAutomationAccount),
  // A call that is lost between AWS's answer and the ledger costs a search for the account: it gets the time to write the answer down.
  CreateAccount: inLane(inAwsAccounts),
  CheckAccount: inLane({ ...inAwsAccounts, timeoutSeconds: 300 }),
  ImportAccount: inAwsAccounts,
  RevokeAccess: inDirectory,
  CheckAccess: inAwsAccounts,
  OpenAccount: { ...inAwsAccounts, edges: [...inAwsAccounts.edges, memberRoles, executionRoleTrust] },
  MoveAccount: inAwsAccounts,
  TagAccount: inAwsAccounts,
  SetAccountAlias: inAwsAccounts,
  AwaitWithdrawalTurn: inLane(inAutomationAccount),
  RemoveStackInstances: inLane(inAutomationAccount),
  CheckRemoval: inLane(inAutomationAccount),
  EnrollAccount: inAwsAccounts,
  CheckEnrollment: inLane(inAwsAccounts),
  DeployStackInstances: inLane(inAutomationAccount),
  CheckStackInstances: inLane(inAutomationAccount),
  // Waits for the answer of the landing zone's function, which is to be short.
  InvokeLandingZoneFunction: inAutomationAccount,
  CheckExternalAvm: inAwsAccounts,
  GrantAccess: { ...inDirectory, edges: [...inDirectory.edges, memberRoles] },
  CheckGrants: inAwsAccounts,
  DowngradeAccessRole: inAwsAccounts,
  ConfirmDowngrade: inAwsAccounts,
  CompleteVending: last,
  PlanClosing: { timeoutSeconds: 30, memoryMegabytes: 512, readsConfiguration: true, edges: [ledger, runWatch] },
  GuardAccount: inAwsAccounts,
  UnenrollAccount: inLane(inAwsAccounts),
  AwaitClosingTurn: inLane(inAwsAccounts),
  // Where the least share of thirty days is spent, it counts all accounts, page by page at the rate at which AWS answers.
  CloseAccount: inLane({ ...inAwsAccounts, timeoutSeconds: 300 }),
  CheckClosure: inLane(inAwsAccounts),
  CompleteClosing: last,
};

/** The states that functions carry out. */
export const stepNames: readonly TaskName[] = Object.keys(steps).filter((name): name is TaskName => name in steps);
