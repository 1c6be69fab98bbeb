import { type AutomationClass, type ManagementClass } from './role-classes';
import { entersMembers, functionClasses, isActingFunction } from './function-permissions';

/** The roles of the configuration: the class is appended to the names of both. */
export interface ConfiguredRoles {
  readonly managementRoleArn: string;
  readonly automationRoleArn: string;
}

/** `arn:…:role/MeshfedServiceRole` stands for `arn:…:role/MeshfedServiceRole-Create`, `…-Read` and so on. */
export const classRoleArn = (configuredArn: string, ofClass: ManagementClass | AutomationClass): string =>
  `${configuredArn}-${ofClass}`;

/** Environment variables of functions. */
export type RoleVariable = 'MANAGEMENT_ROLE_ARN' | 'MEMBER_ENTRY_ROLE_ARN' | 'AUTOMATION_ROLE_ARN';

/** The roles that a function works with, as its environment names them. Absent: it has none there. */
export function serviceRoleArns(
  functionName: string,
  { managementRoleArn, automationRoleArn }: ConfiguredRoles,
): Partial<Readonly<Record<RoleVariable, string>>> {
  if (!isActingFunction(functionName)) return {};
  const { management, automation } = functionClasses[functionName];
  return {
    ...(management === undefined ? {} : { MANAGEMENT_ROLE_ARN: classRoleArn(managementRoleArn, management) }),
    ...(entersMembers(functionName) ? { MEMBER_ENTRY_ROLE_ARN: classRoleArn(managementRoleArn, 'Enter') } : {}),
    ...(automation === undefined ? {} : { AUTOMATION_ROLE_ARN: classRoleArn(automationRoleArn, automation) }),
  };
}
