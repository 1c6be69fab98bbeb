import type { TaskName } from '../../domain/base/state-name';
import { eachStep, isStep } from '../../steps/each-step';
import type { StepRow } from '../../steps/step-row';
import { steps } from '../../steps/table';
import { adoptionPermissions, preflightPermissions, previewPermissions } from './reading-permissions';
import { landingZoneUpdatePermissions } from './shared-actions';
import {
  type AutomationClass,
  MANAGEMENT_ACCESS_CLASS,
  type ManagementClass,
  type StepPermissions,
} from './step-permissions';

/** The functions that work with service roles: steps, and those that read what steps would do. */
export type ActingFunction = TaskName | 'AdoptAccounts' | 'PreviewChanges' | 'RollOut' | 'RunPreflight';

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
  RollOut: landingZoneUpdatePermissions,
  RunPreflight: preflightPermissions,
};

/** `Enter`, and the class for the management account itself, come beside another one. */
type StepClass = Exclude<ManagementClass, 'Enter' | typeof MANAGEMENT_ACCESS_CLASS>;

/** With which class of rights a function works, besides `Enter`. Absent: it never goes there. */
export interface FunctionClasses {
  readonly management?: StepClass;
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
  RollOut: { management: 'ControlTower' },
  RunPreflight: { management: 'Read', automation: 'Read' },
};

export const isActingFunction = (name: string): name is ActingFunction => name in functionClasses;

const actingFunctions: readonly ActingFunction[] = Object.keys(functionClasses).filter(isActingFunction);

/** Whether a function goes into member accounts. */
const entersMembers = (name: ActingFunction): boolean => functionPermissions[name].member !== undefined;

/** Whether a function gives assignments, or takes them away, in accounts of which one may be the management account. */
const assigns = (name: ActingFunction): boolean =>
  !(isStep(name) && steps[name].forNewAccounts === true) &&
  functionPermissions[name].management?.some((action) => ASSIGNING.has(action)) === true;

const ASSIGNING = new Set(['sso:CreateAccountAssignment', 'sso:DeleteAccountAssignment']);

/** The functions that a role in the management account trusts. */
export function functionsInManagement(ofClass: ManagementClass): readonly ActingFunction[] {
  if (ofClass === 'Enter') return actingFunctions.filter(entersMembers);
  if (ofClass === MANAGEMENT_ACCESS_CLASS) return actingFunctions.filter(assigns);
  return actingFunctions.filter((name) => functionClasses[name].management === ofClass);
}

/** The functions that a role in the automation account trusts. */
export const functionsInAutomation = (ofClass: AutomationClass): readonly ActingFunction[] =>
  actingFunctions.filter((name) => functionClasses[name].automation === ofClass);

/** What a role in the management account has to allow: what its functions call. */
export const actionsInManagement = (
  ofClass: Exclude<ManagementClass, typeof MANAGEMENT_ACCESS_CLASS>,
): ReadonlySet<string> =>
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
  /** Whether people may be given access to the management account. Absent: they may not. */
  readonly givesManagementAccess?: boolean;
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
  | 'MANAGEMENT_ROLE_ARN'
  | 'MANAGEMENT_ACCESS_ROLE_ARN'
  | 'IDENTITY_CENTER_ROLE_ARN'
  | 'MEMBER_ENTRY_ROLE_ARN'
  | 'AUTOMATION_ROLE_ARN';

/** The roles that a function works with, as its environment names them. Absent: it has none there. */
export function serviceRoleArns(
  functionName: string,
  { managementRoleArn, automationRoleArn, identityCenterRoleArn, givesManagementAccess = false }: ConfiguredRoles,
): Partial<Readonly<Record<RoleVariable, string>>> {
  if (!isActingFunction(functionName)) return {};
  const { management, automation } = functionClasses[functionName];
  return {
    ...(management === undefined ? {} : { MANAGEMENT_ROLE_ARN: classRoleArn(managementRoleArn, management) }),
    ...(management === 'IdentityCenter' && identityCenterRoleArn !== undefined
      ? { IDENTITY_CENTER_ROLE_ARN: identityCenterRoleArn }
      : {}),
    ...(givesManagementAccess && assigns(functionName)
      ? { MANAGEMENT_ACCESS_ROLE_ARN: classRoleArn(managementRoleArn, MANAGEMENT_ACCESS_CLASS) }
      : {}),
    ...(entersMembers(functionName) ? { MEMBER_ENTRY_ROLE_ARN: classRoleArn(managementRoleArn, 'Enter') } : {}),
    ...(automation === undefined ? {} : { AUTOMATION_ROLE_ARN: classRoleArn(automationRoleArn, automation) }),
  };
}
