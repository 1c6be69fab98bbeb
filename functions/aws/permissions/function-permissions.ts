import type { TaskName } from '../../domain/base/state-name';
import { eachStep } from '../../steps/each-step';
import type { StepRow } from '../../steps/step-row';
import { adoptionPermissions, preflightPermissions, previewPermissions } from './reading-permissions';
import type { AutomationClass, ManagementClass, StepPermissions } from './step-permissions';

/** The functions that work with service roles: steps, and those that read what steps would do. */
export type ActingFunction = TaskName | 'AdoptAccounts' | 'PreviewChanges' | 'RunPreflight';

/** What each step calls, as its row says. */
const stepPermissions: Readonly<Record<TaskName, StepPermissions>> = eachStep(
  ({ management, managementPolicies, automation, member }) => ({
    ...(management === undefined ? {} : { management }),
    ...(managementPolicies === undefined ? {} : { managementPolicies }),
    ...(automation === undefined ? {} : { automation }),
    ...(member === undefined ? {} : { member }),
  }),
);

/** What each function calls. */
export const functionPermissions: Readonly<Record<ActingFunction, StepPermissions>> = {
  ...stepPermissions,
  AdoptAccounts: adoptionPermissions,
  PreviewChanges: previewPermissions,
  RunPreflight: preflightPermissions,
};

/** With which class of rights a function works, besides `Enter`. Absent: it never goes there. */
export interface FunctionClasses {
  readonly management?: Exclude<ManagementClass, 'Enter'>;
  readonly automation?: AutomationClass;
}

function classesOf(row: StepRow): FunctionClasses {
  if (row.management !== undefined) return { management: row.rights };
  return row.automation === undefined ? {} : { automation: row.rights };
}

/**
 * A function has one class in an account at most. Code that takes a function over has the rights of that class and no
 * others: there is no session policy that it could leave out. What a class may do is the union of the rows of its
 * functions.
 */
export const functionClasses: Readonly<Record<ActingFunction, FunctionClasses>> = {
  ...eachStep(classesOf),
  AdoptAccounts: { management: 'Read' },
  PreviewChanges: { management: 'Read', automation: 'Read' },
  RunPreflight: { management: 'Read', automation: 'Read' },
};

export const isActingFunction = (name: string): name is ActingFunction => name in functionClasses;

const actingFunctions: readonly ActingFunction[] = Object.keys(functionClasses).filter(isActingFunction);

/** Whether a function goes into member accounts. */
const entersMembers = (name: ActingFunction): boolean => functionPermissions[name].member !== undefined;

/** The functions that a role in the management account trusts. */
export const functionsInManagement = (ofClass: ManagementClass): readonly ActingFunction[] =>
  actingFunctions.filter((name) =>
    ofClass === 'Enter' ? entersMembers(name) : functionClasses[name].management === ofClass,
  );

/** The functions that a role in the automation account trusts. */
export const functionsInAutomation = (ofClass: AutomationClass): readonly ActingFunction[] =>
  actingFunctions.filter((name) => functionClasses[name].automation === ofClass);

/** What a role in the management account has to allow: what its functions call. */
export const actionsInManagement = (ofClass: ManagementClass): ReadonlySet<string> =>
  ofClass === 'Enter'
    ? new Set(['sts:AssumeRole'])
    : new Set(functionsInManagement(ofClass).flatMap((name) => functionPermissions[name].management ?? []));

/** What a role in the automation account has to allow. */
export const actionsInAutomation = (ofClass: AutomationClass): ReadonlySet<string> =>
  new Set(functionsInAutomation(ofClass).flatMap((name) => functionPermissions[name].automation ?? []));

/** The roles of the configuration: the class is appended to the names of both. */
export interface ConfiguredRoles {
  readonly managementRoleArn: string;
  readonly automationRoleArn: string;
  /** The role in the delegated administrator account of IAM Identity Center. Absent: there is none. */
  readonly identityCenterRoleArn?: string | undefined;
}

/** `arn:…:role/MeshfedServiceRole` stands for `arn:…:role/MeshfedServiceRole-Create`, `…-Read` and so on. */
export const classRoleArn = (configuredArn: string, ofClass: ManagementClass | AutomationClass): string =>
  `${configuredArn}-${ofClass}`;

/** IAM takes no more. */
const MAX_OF_ROLE_NAME = 64;

/**
 * The role by which a preflight looks at the one that works in the delegated administrator account of IAM Identity
 * Center. Undefined where that has so long a name that none can be named after it: nobody looks then.
 */
export function identityCenterReadRoleArn(identityCenterRoleArn: string): string | undefined {
  const arn = `${identityCenterRoleArn}-Read`;
  return (arn.split('/').at(-1) ?? '').length > MAX_OF_ROLE_NAME ? undefined : arn;
}

/** Environment variables of functions. */
export type RoleVariable =
  'MANAGEMENT_ROLE_ARN' | 'IDENTITY_CENTER_ROLE_ARN' | 'MEMBER_ENTRY_ROLE_ARN' | 'AUTOMATION_ROLE_ARN';

/** The roles that a function works with, as its environment names them. Absent: it has none there. */
export function serviceRoleArns(
  functionName: string,
  { managementRoleArn, automationRoleArn, identityCenterRoleArn }: ConfiguredRoles,
): Partial<Readonly<Record<RoleVariable, string>>> {
  if (!isActingFunction(functionName)) return {};
  const { management, automation } = functionClasses[functionName];
  return {
    ...(management === undefined ? {} : { MANAGEMENT_ROLE_ARN: classRoleArn(managementRoleArn, management) }),
    ...(management === 'IdentityCenter' && identityCenterRoleArn !== undefined
      ? { IDENTITY_CENTER_ROLE_ARN: identityCenterRoleArn }
      : {}),
    ...(entersMembers(functionName) ? { MEMBER_ENTRY_ROLE_ARN: classRoleArn(managementRoleArn, 'Enter') } : {}),
    ...(automation === undefined ? {} : { AUTOMATION_ROLE_ARN: classRoleArn(automationRoleArn, automation) }),
  };
}
