import type { StateMachineArns } from '../domain/base/workflow-facts';
import type { Environment } from './environment';

/** The state machines of this deployment. */
export const stateMachines = (environment: Environment): StateMachineArns => ({
  'vend-account': environment('STATE_MACHINE_ARN'),
  'close-account': environment('CLOSING_STATE_MACHINE_ARN'),
});
