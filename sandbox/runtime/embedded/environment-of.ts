import { serviceRoleArns } from '../../../functions/aws/permissions/function-permissions';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { customizationRoles } from '../../../functions/domain/customizations/planned-customizations';
import { executionRoleInMembers } from '../../../functions/domain/planning/planned-platform';
import type { Environment, EnvironmentName } from '../../../functions/runtime/environment';
import { queueTimes } from '../../../infra/queue-times';
import { embeddedLetterQueues } from './embedded-letters';
import { LONGEST_FUNCTION_SECONDS } from './function-timeouts';

/**
 * As the CDK app gives each function its environment: with the roles of its own class of rights. What is not set is
 * empty.
 */
export function environmentOf(functionName: string, configuration: Configuration): Environment {
  const { platform } = configuration;
  const managementRoleArn = platform.accessConfig.organizationRootAccountRole;
  const variables: Partial<Record<EnvironmentName, string>> = {
    ...serviceRoleArns(functionName, {
      managementRoleArn,
      automationRoleArn: platform.automationAccountRole,
      identityCenterRoleArn: platform.identityCenterRole,
      givesManagementAccess: platform.managementAccountAccess !== undefined,
    }),
    COST_EXPLORER_ROLE_ARN: managementRoleArn.replace(/role\/.*$/u, 'role/MeshCostExplorerServiceRole'),
    STACK_SET_EXECUTION_ROLE: JSON.stringify(executionRoleInMembers(platform)),
    CUSTOMIZATION_ROLES: JSON.stringify(customizationRoles(configuration)),
    LONGEST_FUNCTION_SECONDS: String(LONGEST_FUNCTION_SECONDS),
    DEAD_LETTER_QUEUES: JSON.stringify(embeddedLetterQueues),
    MOST_RECEIVES: String(queueTimes.DesiredStates.mostReceives),
  };
  return (name) => variables[name] ?? '';
}
