import { serviceRoleArns } from '../../functions/aws/permissions/function-permissions';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { EnvironmentName } from '../../functions/runtime/environment';
import { COST_EXPLORER_ROLE_NAME } from '../../infra/names';

/** What the function RunPreflight has in its environment, by which roles it looks. */
export function environmentOf({ platform }: Configuration): Partial<Record<EnvironmentName, string>> {
  const managementRole = platform.accessConfig.organizationRootAccountRole;
  return {
    ...serviceRoleArns('RunPreflight', {
      managementRoleArn: managementRole,
      automationRoleArn: platform.automationAccountRole,
    }),
    COST_EXPLORER_ROLE_ARN: managementRole.replace(/:role\/.*$/u, `:role/${COST_EXPLORER_ROLE_NAME}`),
  };
}
