import type { TaskName } from '../functions/domain/base/state-name';
import type { WorkflowName } from '../functions/domain/base/workflow-facts';

/** Every Lambda function of the application: one for each Task state, and those around the workflow. */
export type FunctionName =
  | TaskName
  | 'AdoptAccounts'
  | 'Api'
  | 'CollectCosts'
  | 'Intake'
  | 'PollMeshStack'
  | 'PreviewChanges'
  | 'ReconcileTenants'
  | 'RecordFailure'
  | 'ReportToMeshStack'
  | 'RollOut'
  | 'RunPreflight'
  | 'WakeRuns'
  | 'WatchRuns';

/** Called by CloudFormation alone, during a deployment. It is in no other way a part of the application. */
export const STORING_FUNCTION = 'StoreConfiguration';

/** The functions of NotificationStack, each with a queue of its own. */
export type NotifyingFunction = 'CallWebhook' | 'NotifyChat';

/** Everything that has a bundle. */
export type BundleName = FunctionName | NotifyingFunction | typeof STORING_FUNCTION;

/**
 * The name of a function, and of its role. Fixed: the trust policies of the service roles in the management and the
 * automation account name these roles, and a running execution calls its functions across deployments.
 */
export const physicalName = (name: BundleName): string => `vending-${name}`;

/** The role in the management account that reads Cost Explorer. */
export const COST_EXPLORER_ROLE_NAME = 'MeshCostExplorerServiceRole';

/** The role by which StackSets act; CloudFormation expects this name. */
export const STACK_SET_ADMINISTRATION_ROLE_NAME = 'AWSCloudFormationStackSetAdministrationRole';

/** The role that StackSets assume in members, unless `stackSetExecutionRole` names another. */
export const STACK_SET_EXECUTION_ROLE_NAME = 'AWSCloudFormationStackSetExecutionRole';

/** The user by whose keys meshStack's own connector works. */
export const SERVICE_USER_NAME = 'meshfed-service-user';

/** The user by whose keys meshStack's own metering works. */
export const COST_EXPLORER_USER_NAME = 'CostExplorerUser';

/** The stack set that puts a CloudTrail trail into accounts. */
export const AUDIT_STACK_SET_NAME = 'access-role-audit';

/** Fixed, so that functions which start executions can be deployed before the state machine that calls them. */
export const STATE_MACHINE_NAME = 'vend-account' satisfies WorkflowName;

/** The same for the one that takes accounts out of use. */
export const CLOSING_STATE_MACHINE_NAME = 'close-account' satisfies WorkflowName;

/** The stage of the REST API: the first part of every path. */
export const API_STAGE_NAME = 'v1';

/** Alarms go to this topic; the operator subscribes to it. */
export const ALARM_TOPIC_NAME = 'account-vending-alarms';

/** What is shown in a chat; Amazon Q Developer in chat applications subscribes to it. */
export const CHAT_TOPIC_NAME = 'account-vending-notifications';

/** Fixed, so that a receiver can be given the secret by its name. */
export const WEBHOOK_SECRET_NAME = 'account-vending/webhook-signing-key';

/** The registry of EventBridge with the schemas of our events. */
export const EVENT_REGISTRY_NAME = 'account-vending';

/** Everything that works, on one page of CloudWatch. */
export const DASHBOARD_NAME = 'account-vending';

/** The functions one by one. */
export const FUNCTIONS_DASHBOARD_NAME = 'account-vending-functions';

/** Fixed, so that the operator knows where the key goes before anything is deployed. */
export const MESH_STACK_SECRET_NAME = 'account-vending/meshstack-api-key';

/** The bus that desired states come in on and outcomes go out on. */
export const EVENT_BUS_NAME = 'meshstack';
