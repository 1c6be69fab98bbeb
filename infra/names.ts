import type { TaskName } from '../functions/domain/state-name';

/** Every Lambda function of the application: one for each Task state, and those around the workflow. */
export type FunctionName = TaskName | 'Api' | 'Intake' | 'RecordFailure';

/**
 * The name of a function, and of its role. Fixed: the trust policies of the service roles in the management and the automation account
 * name these roles, and a running execution calls its functions across deployments.
 */
export const physicalName = (name: FunctionName): string => `vending-${name}`;

/** Fixed, so that functions which start executions can be deployed before the state machine that calls them. */
export const STATE_MACHINE_NAME = 'vend-account';

/** The stage of the REST API: the first part of every path. */
export const API_STAGE_NAME = 'v1';

/** The bus that desired states come in on and outcomes go out on. */
export const EVENT_BUS_NAME = 'meshstack';

/** The `source` of the desired states. */
export const REPLICATOR_SOURCE = 'meshstack.replicator';

/** The `detail-type` of a desired state. */
export const DESIRED_STATE_DETAIL_TYPE = 'meshTenant Desired State';
