import { ConfigurationError } from '../domain/base/errors';
import type { Measurement, StepDurations } from '../domain/run/measurement';
import type { AwsSettings } from '../aws/base/aws-settings';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log, Metrics } from '../ports/log';
import type { RunWatch } from '../ports/queues';
import type { Secrets } from '../ports/secrets';
import type { StateMachineArns } from '../domain/base/workflow-facts';

/**
 * The environment variables of all functions; `infra` sets them through the same names. What Lambda and the SDK read by
 * themselves (region, credentials, log level) is not among them.
 */
export type EnvironmentName =
  | 'LEDGER_TABLE_NAME'
  | 'STATE_MACHINE_ARN'
  | 'CLOSING_STATE_MACHINE_ARN'
  | 'EVENT_BUS_NAME'
  | 'EXTERNAL_ID_SECRET_ARN'
  | 'METERING_EXTERNAL_ID_SECRET_ARN'
  | 'UNREADABLE_EVENTS_QUEUE_URL'
  | 'RUN_WATCH_QUEUE_URL'
  | 'MANAGEMENT_ROLE_ARN'
  | 'IDENTITY_CENTER_ROLE_ARN'
  | 'MANAGEMENT_ACCESS_ROLE_ARN'
  | 'MEMBER_ENTRY_ROLE_ARN'
  | 'AUTOMATION_ROLE_ARN'
  | 'COST_EXPLORER_ROLE_ARN'
  | 'PREFLIGHT_QUEUE_URL'
  | 'PREVIEW_FUNCTION_ARN'
  | 'ADOPTION_QUEUE_URL'
  | 'ROLLOUT_QUEUE_URL'
  | 'MESHSTACK_SECRET_ARN'
  | 'RECONCILIATION_QUEUE_URL'
  | 'DEAD_LETTER_QUEUES'
  | 'LONGEST_FUNCTION_SECONDS'
  | 'MOST_RECEIVES'
  | 'STEP_DURATIONS'
  | 'MEMBER_PERMISSIONS_BOUNDARY'
  | 'FUNCTION_ROLE_PREFIX'
  | 'FUNCTION_SUBNETS'
  | 'STACK_SET_EXECUTION_ROLE'
  | 'CUSTOMIZATION_ROLES'
  | 'CONFIGURATION_BUCKET'
  | 'CONFIGURATION_HASH'
  | 'CHAT_TOPIC_ARN'
  | 'WEBHOOK_URL'
  | 'WEBHOOK_SECRET_ARN';

/** The value of an environment variable. */
export type Environment = (name: EnvironmentName) => string;

/** @throws ConfigurationError that names the missing variable */
export const environment: Environment = (name) => {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new ConfigurationError(
      `The environment variable ${name} is not set. The CDK app sets it; deploy this function with the app.`,
    );
  }
  return value;
};

/** Whether this process is a Lambda function: then it is composed at its start, so that what is missing shows there. */
export const runsOnLambda = (): boolean => process.env['AWS_LAMBDA_FUNCTION_NAME'] !== undefined;

/**
 * The endpoint of the application's own functions instead of AWS's. Functions of landing zones have another one: they
 * are in another account, and have `AWS_ENDPOINT_URL_LAMBDA`.
 */
export const ownFunctionsEndpoint = (): string | undefined => process.env['AWS_ENDPOINT_URL'];

/** The endpoint of S3 instead of AWS's, by the variables that every client of the SDK obeys. */
export const storageEndpoint = (): string | undefined =>
  process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'];

/** How durations of steps are kept. The CDK app says so where they were asked for by state. */
export const stepDurations = (): StepDurations =>
  process.env['STEP_DURATIONS'] === 'byState' ? 'byState' : 'together';

/** What the keys of all configurations in the bucket begin with. */
export const CONFIGURATIONS_PREFIX = 'configurations/';

/** The namespace of the figures in CloudWatch; each has the dimension `service` besides its own. */
export const METRICS_NAMESPACE = 'AccountVending';
export const METRICS_SERVICE = 'account-vending';

/** The metric that a figure belongs to. Without its state, the duration of a step still stands in the log with it. */
export const metricOf = (measurement: Measurement, stepDurations: StepDurations): Measurement =>
  measurement.name === 'StepDuration' && stepDurations === 'together'
    ? { ...measurement, dimensions: {} }
    : measurement;

/** AWS has turned a call of a function away as too fast, and the SDK's own tries did not help. */
export const throttle = (state: string): Measurement => ({
  name: 'Throttles',
  unit: 'Count',
  value: 1,
  dimensions: { State: state },
});

/** The region of this function, which Lambda sets. */
export const ownRegion = (): string | undefined => process.env['AWS_REGION'];

/** What bounds the roles that are made in member accounts, where the operator asks for it. */
export const memberPermissionsBoundary = (): string | undefined => process.env['MEMBER_PERMISSIONS_BOUNDARY'];

/** The role by which groups and assignments are worked on, where a delegated administrator account is configured. */
export const identityCenterRole = (): string | undefined => process.env['IDENTITY_CENTER_ROLE_ARN'];

/** The role by which people get access to the management account, where the operator allows that. */
export const managementAccessRole = (): string | undefined => process.env['MANAGEMENT_ACCESS_ROLE_ARN'];

/** The secret with the ExternalId of metering, where that has one of its own, for somebody else than metering. */
export const meteringExternalIdSecret = (): string | undefined => process.env['METERING_EXTERNAL_ID_SECRET_ARN'];

/** The subnets that functions are in, with commas between them; undefined: none. */
export const functionSubnets = (): string | undefined => process.env['FUNCTION_SUBNETS'];

/** What the role of a function has before the function's name: its path, and what the operator has before all names. */
export const functionRolePrefix = (): string => process.env['FUNCTION_ROLE_PREFIX'] ?? 'vending-';

/** The endpoint of Control Tower instead of AWS's, by the variables that every client of the SDK obeys. */
export const controlTowerEndpoint = (): string | undefined =>
  process.env['AWS_ENDPOINT_URL_CONTROLTOWER'] ?? process.env['AWS_ENDPOINT_URL'];

/** The same of CodeBuild. */
export const codeBuildEndpoint = (): string | undefined =>
  process.env['AWS_ENDPOINT_URL_CODEBUILD'] ?? process.env['AWS_ENDPOINT_URL'];

/**
 * What a function runs in: Lambda, or a simulation in this process. Functions are composed from it, so the same code
 * runs in both.
 */
export interface Runtime {
  readonly environment: Environment;
  readonly now: () => Date;
  /** Lets time pass within a function, some seconds at most. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly ledger: LedgerStore;
  readonly secrets: Secrets;
  /** Functions whose runs may be watched have it. A function that asks for it without having it has a bug. */
  readonly watch: RunWatch;
  readonly aws: AwsSettings;
}

/** The state machines of this deployment. */
export const stateMachines = (environment: Environment): StateMachineArns => ({
  'vend-account': environment('STATE_MACHINE_ARN'),
  'close-account': environment('CLOSING_STATE_MACHINE_ARN'),
});
