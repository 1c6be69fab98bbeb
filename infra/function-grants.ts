import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { REPLICATOR_SOURCE } from '../functions/domain/desired-state/desired-state-event';
import type { StepDurations } from '../functions/domain/run/measurement';
import type { ExecutionRole } from '../functions/domain/access/role-trust';
import type { StateMachineArns } from '../functions/domain/base/workflow-facts';
import { OUTCOME_SOURCE } from '../functions/ports/outcome-publisher';
import {
  identityCenterReadRoleArn,
  type RoleVariable,
  serviceRoleArns,
} from '../functions/aws/permissions/function-permissions';
import type { EnvironmentName } from '../functions/runtime/environment';
import type { ReachedLetters } from './dead-letter-queues';
import type { FunctionName } from './names';
import { queueTimes } from './queue-times';
import { allow, CONSUME, inPartitions, READING, WRITING } from './grant-statements';

/** The deployed resources that functions can reach. */
export interface Resources {
  readonly ledger: { readonly tableName: string; readonly tableArn: string; readonly indexArns: readonly string[] };
  readonly externalIdSecretArn: string;
  /** The secret with the ExternalId of metering; undefined if that has none of its own. */
  readonly meteringExternalIdSecretArn: string | undefined;
  /** The secret that holds the SCIM endpoint's access token; undefined if groups are not managed by SCIM. */
  readonly scimTokenSecretArn: string | undefined;
  /** The secret that holds meshStack's API key; undefined if no meshStack is read. */
  readonly meshStackSecretArn: string | undefined;
  /** The configured roles; the roles that functions assume are named after them. */
  readonly managementRoleArn: string;
  readonly automationRoleArn: string;
  /** The role in the delegated administrator account of IAM Identity Center, if there is one. */
  readonly identityCenterRoleArn: string | undefined;
  /** Whether people may be given access to the management account. */
  readonly givesManagementAccess: boolean;
  /** The role by which stack sets work in accounts; null: no such role is made. */
  readonly executionRole: ExecutionRole | null;
  /** The roles by which customizations work in accounts. */
  readonly customizationRoles: readonly ExecutionRole[];
  readonly stateMachineArns: StateMachineArns;
  readonly executionArns: readonly string[];
  readonly eventBus: { readonly name: string; readonly arn: string };
  readonly desiredStatesQueueArn: string;
  readonly unreadableEventsQueue: { readonly url: string; readonly arn: string };
  readonly failedExecutionsQueueArn: string;
  readonly runWatchQueue: { readonly url: string; readonly arn: string };
  readonly costExplorerRoleArn: string;
  readonly adoptionQueue: { readonly url: string; readonly arn: string };
  readonly rolloutQueue: { readonly url: string; readonly arn: string };
  readonly preflightQueue: { readonly url: string; readonly arn: string };
  readonly reconciliationQueue: { readonly url: string; readonly arn: string };
  readonly deadLetters: ReachedLetters;
  readonly previewFunctionArn: string;
  readonly longestFunctionSeconds: number;
  readonly stepDurations: StepDurations;
  /** Path and name of every function's role, before the name of the function: `vending-`. */
  readonly functionRolePrefix: string;
  /** The subnets of all functions; undefined: functions run outside a VPC. */
  readonly subnetIds: readonly string[] | undefined;
  /** The permissions boundary of roles that functions make in member accounts; undefined: none. */
  readonly memberPermissionsBoundary: string | undefined;
}

/**
 * One resource that a function reaches: the environment variable that names it and the permission to use it. A function
 * without the grant has neither.
 */
export type FunctionGrant = (resources: Resources, name: FunctionName) => Granted;

/** What a grant comes to for one function. */
export interface Granted {
  readonly environment?: Partial<Readonly<Record<EnvironmentName, string>>>;
  readonly statements?: readonly PolicyStatement[];
}

/**
 * The partitions of vendings and closings: tenants, their claims, lanes, rate limits, statistics, reconciliation runs.
 */
const OF_VENDINGS = [
  'TENANT#*',
  'EMAIL#*',
  'ALIAS#*',
  'GROUP#*',
  'ACCOUNT#*',
  'LANE#*',
  'BUDGET#*',
  'HISTORY#*',
  'SEARCH#*',
  // The item of the newest reconciliation run has a key without `#`.
  'RECONCILIATION*',
];

/**
 * Reads and writes items of vendings. There are no actions for transactions: a transaction needs those of the
 * operations in it.
 */
export const ledger: FunctionGrant = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [inPartitions(tableArn, WRITING, OF_VENDINGS)],
});

/** The ledger for CollectCosts: months of usage, and which tenant an account belongs to. */
export const usageLedger: FunctionGrant = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [
    inPartitions(tableArn, WRITING, ['USAGE#*']),
    inPartitions(tableArn, READING, ['ACCOUNT#*', 'TENANT#*']),
  ],
});

/** The ledger for the meshStack connector: how far meshStack was read, and how a run has ended. */
export const meshStackLedger: FunctionGrant = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [inPartitions(tableArn, WRITING, ['MESHSTACK#*']), inPartitions(tableArn, READING, ['TENANT#*'])],
});

/** The ledger for a preflight, which counts against AWS's rate limits, and counts closings. */
export const preflightLedger: FunctionGrant = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [
    inPartitions(tableArn, WRITING, ['PREFLIGHT#*', 'BUDGET#*']),
    inPartitions(tableArn, READING, ['LANE#*']),
  ],
});

/** Reads and writes adoptions, account by account. The conditions keep it to them. */
export const adoptionItems: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, [...WRITING, 'dynamodb:Query'], ['ADOPTION#*'])],
});

/** Asks for preflights and shows them, and shows what was used. */
export const preflightAndUsageItems: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, WRITING, ['PREFLIGHT#*']), inPartitions(tableArn, READING, ['USAGE#*'])],
});

/** Remembers who waits for which operation of AWS. Of tenants it only reads which that is. */
export const operationWaits: FunctionGrant = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [inPartitions(tableArn, WRITING, ['WAIT#*']), inPartitions(tableArn, READING, ['TENANT#*'])],
});

/** Lists vendings. Queries touch the indexes alone: the table itself is only ever read by key. */
export const listVendings: FunctionGrant = ({ ledger: { indexArns } }) => ({
  statements: [allow(['dynamodb:Query'], ...indexArns)],
});

/**
 * Reads who waits in a lane. The condition keeps it to lanes: nothing else of the ledger is ever read but by its key.
 */
export const queryLanes: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, ['dynamodb:Query'], ['LANE#*'])],
});

/** Reads the findings of a nightly reconciliation, and which of its runs are active. */
export const queryDriftReports: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, ['dynamodb:Query'], ['RECONCILIATION#*'])],
});

/** Reads whether a landing zone acts. No step of a run can switch it. */
export const readModes: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, READING, ['LANDING_ZONE#*'])],
});

/** Switches landing zones between shadow mode and acting, and shows how they stand. */
export const switchModes: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, ['dynamodb:GetItem', 'dynamodb:PutItem'], ['LANDING_ZONE#*'])],
});

/** Resumes states that wait for a slot. AWS grants this on `*` alone; a token can only be learned from the ledger. */
export const resumeExecutions: FunctionGrant = () => ({
  statements: [allow(['states:SendTaskSuccess', 'states:SendTaskFailure'], '*')],
});

/**
 * Acts in the management account by the role of its class, and goes through it into member accounts by the role that
 * does nothing else. A member's access role trusts the management account, so it is assumed from there.
 */
export const enterManagementAccount: FunctionGrant = (resources, name) => {
  const arns = Object.entries(serviceRoleArns(name, resources));
  return entering(resources, Object.fromEntries(arns.filter(([variable]) => variable !== 'AUTOMATION_ROLE_ARN')));
};

/**
 * Creates or compares the role by which stack sets work in accounts. Its trust is set at deployment, where no function
 * can change it.
 */
export const executionRoleTrust: FunctionGrant = ({ executionRole, customizationRoles }) => ({
  environment: {
    STACK_SET_EXECUTION_ROLE: JSON.stringify(executionRole),
    CUSTOMIZATION_ROLES: JSON.stringify(customizationRoles),
  },
});

/** Looks at the role in the delegated administrator account of IAM Identity Center, if there is one. */
export const lookAtIdentityCenterRole: FunctionGrant = ({ identityCenterRoleArn: arn = '' }) => {
  const roleArn = arn === '' ? undefined : identityCenterReadRoleArn(arn);
  return roleArn === undefined ? {} : { statements: [allow(['sts:AssumeRole'], roleArn)] };
};

/** Assumes these roles of other accounts, with the ExternalId. */
const entering = (
  { externalIdSecretArn }: Resources,
  roleArns: Partial<Readonly<Record<RoleVariable, string>>>,
): ReturnType<FunctionGrant> => ({
  environment: { ...roleArns, EXTERNAL_ID_SECRET_ARN: externalIdSecretArn },
  statements: [
    allow(['sts:AssumeRole'], ...Object.values(roleArns)),
    allow(['secretsmanager:GetSecretValue'], externalIdSecretArn),
  ],
});

/** Names the roles of all functions, if they have another prefix than the default. */
export const functionRoleNames: FunctionGrant = ({ functionRolePrefix }) => ({
  environment: functionRolePrefix === 'vending-' ? {} : { FUNCTION_ROLE_PREFIX: functionRolePrefix },
});

/** Names the subnets of the functions, if they run in a VPC. */
export const functionSubnets: FunctionGrant = ({ subnetIds }) => ({
  environment: subnetIds === undefined ? {} : { FUNCTION_SUBNETS: subnetIds.join(', ') },
});

/** Creates roles in member accounts, or compares them with what would be created. */
export const memberRoleBoundary: FunctionGrant = ({ memberPermissionsBoundary: boundary }) => ({
  environment: boundary === undefined ? {} : { MEMBER_PERMISSIONS_BOUNDARY: boundary },
});

/** Manages groups by SCIM, if that is configured: the endpoint is on the Internet, and requires a token. */
export const readScimToken: FunctionGrant = ({ scimTokenSecretArn }) => ({
  statements: scimTokenSecretArn === undefined ? [] : [allow(['secretsmanager:GetSecretValue'], scimTokenSecretArn)],
});

/** Acts in the automation account: stack sets and the landing zone's function. */
export const enterAutomationAccount: FunctionGrant = (resources, name) => {
  const { AUTOMATION_ROLE_ARN } = serviceRoleArns(name, resources);
  return entering(resources, AUTOMATION_ROLE_ARN === undefined ? {} : { AUTOMATION_ROLE_ARN });
};

/** Reads which desired states a tenant has had. The condition keeps it to tenants. */
export const queryTenantHistories: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, ['dynamodb:Query'], ['TENANT#*'])],
});

/** Starts the run of a desired state. */
export const startRuns: FunctionGrant = ({ stateMachineArns }) => ({
  environment: {
    STATE_MACHINE_ARN: stateMachineArns['vend-account'],
    CLOSING_STATE_MACHINE_ARN: stateMachineArns['close-account'],
  },
  statements: [allow(['states:StartExecution'], ...Object.values(stateMachineArns))],
});

/**
 * Reads the status and the position of an execution. Executions are named after tenants, so the wildcards cover these
 * state machines alone.
 */
export const describeExecutions: FunctionGrant = ({ executionArns }) => ({
  statements: [allow(['states:DescribeExecution', 'states:GetExecutionHistory'], ...executionArns)],
});

/** Redrives failed executions, and reads why one cannot be redriven. */
export const redriveExecutions: FunctionGrant = ({ executionArns }) => ({
  statements: [allow(['states:RedriveExecution', 'states:DescribeExecution'], ...executionArns)],
});

/** Stops executions, and knows how long one of their functions may still run. */
export const stopExecutions: FunctionGrant = ({ executionArns, longestFunctionSeconds }) => ({
  environment: { LONGEST_FUNCTION_SECONDS: String(longestFunctionSeconds) },
  statements: [allow(['states:StopExecution'], ...executionArns)],
});

/** Schedules a later check of a run. */
export const scheduleRunChecks: FunctionGrant = ({ runWatchQueue: { url, arn } }) => ({
  environment: { RUN_WATCH_QUEUE_URL: url },
  statements: [allow(['sqs:SendMessage'], arn)],
});

/** Receives the scheduled checks of runs. */
export const consumeRunChecks: FunctionGrant = ({ runWatchQueue: { arn }, longestFunctionSeconds }) => ({
  environment: { LONGEST_FUNCTION_SECONDS: String(longestFunctionSeconds) },
  statements: [allow(CONSUME, arn)],
});

/** Publishes outcomes. The condition keeps a function from sending itself desired states: both use the same bus. */
export const publishOutcomes: FunctionGrant = ({ eventBus }) => ({
  environment: { EVENT_BUS_NAME: eventBus.name },
  statements: [
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [eventBus.arn],
      conditions: { StringEquals: { 'events:source': OUTCOME_SOURCE } },
    }),
  ],
});

/** Measures the durations of runs; knows whether each state has a metric of its own. */
export const measureRuns: FunctionGrant = ({ stepDurations }) =>
  stepDurations === 'together' ? {} : { environment: { STEP_DURATIONS: stepDurations } };

/** Publishes desired states. The condition keeps a function from publishing outcomes. */
export const publishDesiredStates: FunctionGrant = ({ eventBus }) => ({
  environment: { EVENT_BUS_NAME: eventBus.name },
  statements: [
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [eventBus.arn],
      conditions: { StringEquals: { 'events:source': REPLICATOR_SOURCE } },
    }),
  ],
});

/** Calls meshStack, which is on the Internet and requires an API key. */
export const readMeshStackKey: FunctionGrant = ({ meshStackSecretArn }) =>
  meshStackSecretArn === undefined
    ? {}
    : {
        environment: { MESHSTACK_SECRET_ARN: meshStackSecretArn },
        statements: [allow(['secretsmanager:GetSecretValue'], meshStackSecretArn)],
      };

/** Stores events that cannot be parsed. */
export const keepUnreadableEvents: FunctionGrant = ({ unreadableEventsQueue: { url, arn } }) => ({
  environment: { UNREADABLE_EVENTS_QUEUE_URL: url },
  statements: [allow(['sqs:SendMessage'], arn)],
});

/** Receives desired states. Lambda's poller reads the queue with the role of the function. */
export const consumeDesiredStates: FunctionGrant = ({ desiredStatesQueueArn }) => ({
  environment: { MOST_RECEIVES: String(queueTimes.DesiredStates.mostReceives) },
  statements: [allow(CONSUME, desiredStatesQueueArn)],
});

/** Receives failed executions. */
export const consumeFailedExecutions: FunctionGrant = ({ failedExecutionsQueueArn, longestFunctionSeconds }) => ({
  environment: { LONGEST_FUNCTION_SECONDS: String(longestFunctionSeconds) },
  statements: [allow(CONSUME, failedExecutionsQueueArn)],
});

/** Reads items, and cannot write any. */
export const readLedger: FunctionGrant = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [allow(['dynamodb:GetItem'], tableArn)],
});

/** Invokes the preview function, and waits for its answer. */
export const invokePreview: FunctionGrant = ({ previewFunctionArn }) => ({
  environment: { PREVIEW_FUNCTION_ARN: previewFunctionArn },
  statements: [allow(['lambda:InvokeFunction'], previewFunctionArn)],
});

/** Requests preflights. */
export const requestPreflights: FunctionGrant = ({ preflightQueue: { url, arn } }) => ({
  environment: { PREFLIGHT_QUEUE_URL: url },
  statements: [allow(['sqs:SendMessage'], arn)],
});

/** Has adoptions begin or go on. */
export const requestAdoptions: FunctionGrant = ({ adoptionQueue: { url, arn } }) => ({
  environment: { ADOPTION_QUEUE_URL: url },
  statements: [allow(['sqs:SendMessage'], arn)],
});

/** Receives the parts of an adoption, and sends the next one with a delay. */
export const consumeAdoptions: FunctionGrant = ({ adoptionQueue: { url, arn } }) => ({
  environment: { ADOPTION_QUEUE_URL: url },
  statements: [allow([...CONSUME, 'sqs:SendMessage'], arn)],
});

/** Reads Lambda's limit of concurrent executions. AWS grants that on `*` alone. */
export const readConcurrency: FunctionGrant = () => ({ statements: [allow(['lambda:GetAccountSettings'], '*')] });

/** Receives requests for preflights. */
export const consumePreflights: FunctionGrant = ({ preflightQueue }) => ({
  statements: [allow(CONSUME, preflightQueue.arn)],
});

/** Receives the parts of a nightly reconciliation, and sends the next one with a delay. */
export const consumeReconciliations: FunctionGrant = ({ reconciliationQueue: { url, arn } }) => ({
  environment: { RECONCILIATION_QUEUE_URL: url },
  statements: [allow([...CONSUME, 'sqs:SendMessage'], arn)],
});
