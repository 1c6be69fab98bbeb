import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { REPLICATOR_SOURCE } from '../functions/domain/desired-state/desired-state-event';
import type { StepDurations } from '../functions/domain/run/measurement';
import type { ExecutionRole } from '../functions/domain/access/role-trust';
import type { StateMachineArns } from '../functions/domain/base/workflow-facts';
import { OUTCOME_SOURCE } from '../functions/ports/outcome-publisher';
import { type RoleVariable, serviceRoleArns } from '../functions/aws/permissions/service-role-arns';
import type { EnvironmentName } from '../functions/runtime/environment';
import type { FunctionName } from './names';
import { queueTimes } from './queue-times';

/** What stands around the functions and can be reached by them. */
export interface Surroundings {
  readonly ledger: { readonly tableName: string; readonly tableArn: string; readonly indexArns: readonly string[] };
  readonly externalIdSecretArn: string;
  /** Of the SCIM endpoint's access token; undefined where groups are made otherwise. */
  readonly scimTokenSecretArn: string | undefined;
  /** Of meshStack's API key; undefined where no meshStack is read. */
  readonly meshStackSecretArn: string | undefined;
  /** As configured: the roles that functions work with are named after these. */
  readonly managementRoleArn: string;
  readonly automationRoleArn: string;
  /** By which stack sets work in accounts; null: none is made there. */
  readonly executionRole: ExecutionRole | null;
  readonly stateMachineArns: StateMachineArns;
  readonly executionArns: readonly string[];
  readonly eventBus: { readonly name: string; readonly arn: string };
  readonly desiredStatesQueueArn: string;
  readonly unreadableEventsQueue: { readonly url: string; readonly arn: string };
  readonly failedExecutionsQueueArn: string;
  readonly runWatchQueue: { readonly url: string; readonly arn: string };
  readonly costExplorerRoleArn: string;
  readonly preflightQueue: { readonly url: string; readonly arn: string };
  readonly reconciliationQueue: { readonly url: string; readonly arn: string };
  readonly previewFunctionArn: string;
  readonly longestFunctionSeconds: number;
  readonly stepDurations: StepDurations;
  /** Path and name of every function's role, before the name of the function: `vending-`. */
  readonly functionRolePrefix: string;
  /** Of all functions; undefined: none. */
  readonly subnetIds: readonly string[] | undefined;
  /** Of the roles that functions make in member accounts; undefined: none. */
  readonly memberPermissionsBoundary: string | undefined;
}

/**
 * One thing that a function reaches: how it learns of it, and what its role may do there. A function that lacks an edge has neither the
 * permission nor the name.
 */
export type Edge = (
  surroundings: Surroundings,
  name: FunctionName,
) => {
  readonly environment?: Partial<Readonly<Record<EnvironmentName, string>>>;
  readonly statements?: readonly PolicyStatement[];
};

/** What vendings and closings are made of: tenants, what they have claimed, lanes, calls of AWS, figures, nightly passes. */
const OF_VENDINGS = [
  ...['TENANT#*', 'EMAIL#*', 'ALIAS#*', 'GROUP#*', 'ACCOUNT#*', 'LANE#*', 'BUDGET#*', 'HISTORY#*', 'SEARCH#*'],
  // The newest of the passes has a name without a mark.
  'RECONCILIATION*',
];

/** Reads and writes items of vendings. There are no actions for transactions: a transaction needs those of the operations in it. */
export const ledger: Edge = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [inPartitions(tableArn, WRITING, OF_VENDINGS)],
});

/** The ledger for whoever reads costs: months of usage, and which tenant an account belongs to. */
export const ledgerOfUsage: Edge = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [
    inPartitions(tableArn, WRITING, ['USAGE#*']),
    inPartitions(tableArn, READING, ['ACCOUNT#*', 'TENANT#*']),
  ],
});

/** The ledger for whoever speaks with meshStack: how far it was read, and how a run has ended. */
export const ledgerOfMeshStack: Edge = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [inPartitions(tableArn, WRITING, ['MESHSTACK#*']), inPartitions(tableArn, READING, ['TENANT#*'])],
});

/** The ledger for a preflight, which takes its share of AWS's calls, and counts closings. */
export const ledgerOfPreflights: Edge = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [
    inPartitions(tableArn, WRITING, ['PREFLIGHT#*', 'BUDGET#*']),
    inPartitions(tableArn, READING, ['LANE#*']),
  ],
});

/** Asks for preflights and shows them, and shows what was used. */
export const preflightsAndUsage: Edge = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, WRITING, ['PREFLIGHT#*']), inPartitions(tableArn, READING, ['USAGE#*'])],
});

/** Lists vendings. Queries touch the indexes alone: the table itself is only ever read by key. */
export const ledgerListings: Edge = ({ ledger: { indexArns } }) => ({
  statements: [allow(['dynamodb:Query'], ...indexArns)],
});

/** Reads who waits in a lane. The condition keeps it to lanes: nothing else of the ledger is ever read but by its key. */
export const laneQueues: Edge = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, ['dynamodb:Query'], ['LANE#*'])],
});

/** Reads what a nightly pass has found, and which of its runs are at work. */
export const driftReports: Edge = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, ['dynamodb:Query'], ['RECONCILIATION#*'])],
});

/** Lets states go on that wait for a turn. AWS grants this on nothing smaller: whoever has a token has learned it from the ledger. */
export const turns: Edge = () => ({
  statements: [allow(['states:SendTaskSuccess', 'states:SendTaskFailure'], '*')],
});

/**
 * Acts in the management account by the role of its class, and goes through it into member accounts by the role that does nothing else. A
 * member's access role trusts the management account, so it is assumed from there.
 */
export const managementAccount: Edge = (surroundings, name) => {
  const { MANAGEMENT_ROLE_ARN, MEMBER_ENTRY_ROLE_ARN } = serviceRoleArns(name, surroundings);
  return entering(surroundings, {
    ...(MANAGEMENT_ROLE_ARN === undefined ? {} : { MANAGEMENT_ROLE_ARN }),
    ...(MEMBER_ENTRY_ROLE_ARN === undefined ? {} : { MEMBER_ENTRY_ROLE_ARN }),
  });
};

/** Makes, or compares, the role by which stack sets work in accounts: whom it trusts is said here, and in nothing that a function can write. */
export const executionRoleTrust: Edge = ({ executionRole }) => ({
  environment: { STACK_SET_EXECUTION_ROLE: JSON.stringify(executionRole) },
});

/** Assumes these roles of other accounts, with the ExternalId. */
const entering = (
  { externalIdSecretArn }: Surroundings,
  roleArns: Partial<Readonly<Record<RoleVariable, string>>>,
): ReturnType<Edge> => ({
  environment: { ...roleArns, EXTERNAL_ID_SECRET_ARN: externalIdSecretArn },
  statements: [
    allow(['sts:AssumeRole'], ...Object.values(roleArns)),
    allow(['secretsmanager:GetSecretValue'], externalIdSecretArn),
  ],
});

/** Knows what the roles of all functions are called, where that is not what it is everywhere. */
export const namesOfRoles: Edge = ({ functionRolePrefix }) => ({
  environment: functionRolePrefix === 'vending-' ? {} : { FUNCTION_ROLE_PREFIX: functionRolePrefix },
});

/** Knows in which subnets functions are, where they are in some. */
export const ownSubnets: Edge = ({ subnetIds }) => ({
  environment: subnetIds === undefined ? {} : { FUNCTION_SUBNETS: subnetIds.join(', ') },
});

/** Makes roles in member accounts, or looks how they would be made. */
export const memberRoles: Edge = ({ memberPermissionsBoundary: boundary }) => ({
  environment: boundary === undefined ? {} : { MEMBER_PERMISSIONS_BOUNDARY: boundary },
});

/** Makes groups by SCIM, where that is configured: the endpoint is on the Internet, and asks for a token. */
export const scimEndpoint: Edge = ({ scimTokenSecretArn }) => ({
  statements: scimTokenSecretArn === undefined ? [] : [allow(['secretsmanager:GetSecretValue'], scimTokenSecretArn)],
});

/** Acts in the automation account: stack sets and the landing zone's function. */
export const automationAccount: Edge = (surroundings, name) => {
  const { AUTOMATION_ROLE_ARN } = serviceRoleArns(name, surroundings);
  return entering(surroundings, AUTOMATION_ROLE_ARN === undefined ? {} : { AUTOMATION_ROLE_ARN });
};

/** Enters the role that reads costs. */
export const costs: Edge = ({ costExplorerRoleArn }) => ({
  environment: { COST_EXPLORER_ROLE_ARN: costExplorerRoleArn },
  statements: [allow(['sts:AssumeRole'], costExplorerRoleArn)],
});

/** Reads costs, by the same role. */
export const costCollection: Edge = ({ costExplorerRoleArn, externalIdSecretArn }) => ({
  environment: { COST_EXPLORER_ROLE_ARN: costExplorerRoleArn, EXTERNAL_ID_SECRET_ARN: externalIdSecretArn },
  statements: [
    allow(['sts:AssumeRole'], costExplorerRoleArn),
    allow(['secretsmanager:GetSecretValue'], externalIdSecretArn),
  ],
});

/** Reads which desired states a tenant has had. The condition keeps it to tenants. */
export const tenantHistories: Edge = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, ['dynamodb:Query'], ['TENANT#*'])],
});

/** Starts the run of a desired state. */
export const runs: Edge = ({ stateMachineArns }) => ({
  environment: {
    STATE_MACHINE_ARN: stateMachineArns['vend-account'],
    CLOSING_STATE_MACHINE_ARN: stateMachineArns['close-account'],
  },
  statements: [allow(['states:StartExecution'], ...Object.values(stateMachineArns))],
});

/** Asks how an execution stands, and where. Executions are named after tenants, so the wildcards cover those of these state machines and no other. */
export const executions: Edge = ({ executionArns }) => ({
  statements: [allow(['states:DescribeExecution', 'states:GetExecutionHistory'], ...executionArns)],
});

/** Lets failed executions go on, and asks why one does not. */
export const redrives: Edge = ({ executionArns }) => ({
  statements: [allow(['states:RedriveExecution', 'states:DescribeExecution'], ...executionArns)],
});

/** Stops executions, and knows for how long a function of theirs may go on. */
export const stops: Edge = ({ executionArns, longestFunctionSeconds }) => ({
  environment: { LONGEST_FUNCTION_SECONDS: String(longestFunctionSeconds) },
  statements: [allow(['states:StopExecution'], ...executionArns)],
});

/** Has runs looked after, later. */
export const runWatch: Edge = ({ runWatchQueue: { url, arn } }) => ({
  environment: { RUN_WATCH_QUEUE_URL: url },
  statements: [allow(['sqs:SendMessage'], arn)],
});

/** Is fed with runs to look after. */
export const watchedRuns: Edge = ({ runWatchQueue: { arn }, longestFunctionSeconds }) => ({
  environment: { LONGEST_FUNCTION_SECONDS: String(longestFunctionSeconds) },
  statements: [allow(CONSUME, arn)],
});

/** Tells outcomes. The condition keeps a function from sending itself desired states: the same bus carries both. */
export const outcomes: Edge = ({ eventBus }) => ({
  environment: { EVENT_BUS_NAME: eventBus.name },
  statements: [
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [eventBus.arn],
      conditions: { StringEquals: { 'events:source': OUTCOME_SOURCE } },
    }),
  ],
});

/** Measures what runs have taken, and knows whether each state is to have a metric of its own. */
export const runFigures: Edge = ({ stepDurations }) =>
  stepDurations === 'together' ? {} : { environment: { STEP_DURATIONS: stepDurations } };

/** Puts desired states on the bus. The condition keeps a function from telling outcomes. */
export const desiredStatesOut: Edge = ({ eventBus }) => ({
  environment: { EVENT_BUS_NAME: eventBus.name },
  statements: [
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [eventBus.arn],
      conditions: { StringEquals: { 'events:source': REPLICATOR_SOURCE } },
    }),
  ],
});

/** Calls meshStack, which is on the Internet and asks for a key. */
export const meshStackKey: Edge = ({ meshStackSecretArn }) =>
  meshStackSecretArn === undefined
    ? {}
    : {
        environment: { MESHSTACK_SECRET_ARN: meshStackSecretArn },
        statements: [allow(['secretsmanager:GetSecretValue'], meshStackSecretArn)],
      };

/** Puts away events that cannot be read. */
export const unreadableEvents: Edge = ({ unreadableEventsQueue: { url, arn } }) => ({
  environment: { UNREADABLE_EVENTS_QUEUE_URL: url },
  statements: [allow(['sqs:SendMessage'], arn)],
});

/** Is fed with desired states. Lambda's poller reads the queue with the role of the function. */
export const desiredStates: Edge = ({ desiredStatesQueueArn }) => ({
  environment: { MOST_RECEIVES: String(queueTimes.DesiredStates.mostReceives) },
  statements: [allow(CONSUME, desiredStatesQueueArn)],
});

/** Is fed with executions that have failed. */
export const failedExecutions: Edge = ({ failedExecutionsQueueArn, longestFunctionSeconds }) => ({
  environment: { LONGEST_FUNCTION_SECONDS: String(longestFunctionSeconds) },
  statements: [allow(CONSUME, failedExecutionsQueueArn)],
});

/** Reads items, and cannot write any. */
export const ledgerReadings: Edge = ({ ledger: { tableName, tableArn } }) => ({
  environment: { LEDGER_TABLE_NAME: tableName },
  statements: [allow(['dynamodb:GetItem'], tableArn)],
});

/** Has somebody else look what a run would change, and waits for the answer. */
export const previews: Edge = ({ previewFunctionArn }) => ({
  environment: { PREVIEW_FUNCTION_ARN: previewFunctionArn },
  statements: [allow(['lambda:InvokeFunction'], previewFunctionArn)],
});

/** Asks for preflights. */
export const preflightRequests: Edge = ({ preflightQueue: { url, arn } }) => ({
  environment: { PREFLIGHT_QUEUE_URL: url },
  statements: [allow(['sqs:SendMessage'], arn)],
});

/** Sees how many functions Lambda runs at once here. AWS grants that on nothing smaller. */
export const ownConcurrency: Edge = () => ({ statements: [allow(['lambda:GetAccountSettings'], '*')] });

/** Is fed with preflights. */
export const preflights: Edge = ({ preflightQueue }) => ({ statements: [allow(CONSUME, preflightQueue.arn)] });

/** Is fed with the parts of a nightly pass, and has the next one come a little later. */
export const reconciliations: Edge = ({ reconciliationQueue: { url, arn } }) => ({
  environment: { RECONCILIATION_QUEUE_URL: url },
  statements: [allow([...CONSUME, 'sqs:SendMessage'], arn)],
});

const CONSUME = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

const READING = ['dynamodb:GetItem'];
const WRITING = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'];

/**
 * Only where all items of the call are in such partitions. A condition on all values holds where there is none, so the key has to be there as well.
 *
 * @evidence documented IAM/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys: ForAllValues is true when the key is not in the request
 */
const inPartitions = (tableArn: string, actions: readonly string[], leadingKeys: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [tableArn],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...leadingKeys] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });

const allow = (actions: readonly string[], ...resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });
