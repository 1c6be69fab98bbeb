import { type ActingFunction, functionPermissions } from './function-permissions';

/** What a role in the management account is for. `Enter` leads into member accounts and does nothing else. */
export const MANAGEMENT_CLASSES = ['Create', 'Arrange', 'ControlTower', 'IdentityCenter', 'Read', 'Enter'] as const;

export type ManagementClass = (typeof MANAGEMENT_CLASSES)[number];

/** What a role in the automation account is for. */
export const AUTOMATION_CLASSES = ['StackSets', 'Functions', 'Read'] as const;

export type AutomationClass = (typeof AUTOMATION_CLASSES)[number];

/** With which class of rights a function works, besides `Enter`. Absent: it never goes there. */
export interface FunctionClasses {
  readonly management?: Exclude<ManagementClass, 'Enter'>;
  readonly automation?: AutomationClass;
}

/**
 * A function has one class in an account at most, so whoever takes a function over has the rights of that class and no others: there is no
 * session policy that the function could leave out. What a class may do is the union of the rows of its functions in `step-permissions.ts`.
 */
export const functionClasses: Readonly<Record<ActingFunction, FunctionClasses>> = {
  PlanVending: {},
  AwaitApproval: {},
  AwaitReconciliationTurn: {},
  AwaitCreationTurn: { management: 'Read' },
  AwaitEnrollmentTurn: { management: 'Read' },
  AwaitStackSetTurn: { automation: 'Read' },
  CreateAccount: { management: 'Create' },
  CheckAccount: { management: 'Read' },
  ImportAccount: { management: 'Create' },
  RevokeAccess: { management: 'IdentityCenter' },
  CheckAccess: { management: 'Read' },
  OpenAccount: { management: 'Arrange' },
  MoveAccount: { management: 'Arrange' },
  TagAccount: { management: 'Arrange' },
  SetAccountAlias: {},
  EnrollAccount: { management: 'ControlTower' },
  CheckEnrollment: { management: 'Read' },
  AwaitWithdrawalTurn: { automation: 'Read' },
  RemoveStackInstances: { automation: 'StackSets' },
  CheckRemoval: { automation: 'Read' },
  DeployStackInstances: { automation: 'StackSets' },
  CheckStackInstances: { automation: 'Read' },
  InvokeLandingZoneFunction: { automation: 'Functions' },
  CheckExternalAvm: { management: 'Read' },
  GrantAccess: { management: 'IdentityCenter' },
  CheckGrants: { management: 'IdentityCenter' },
  DowngradeAccessRole: {},
  ConfirmDowngrade: {},
  CompleteVending: {},
  PlanClosing: {},
  GuardAccount: { management: 'Read' },
  UnenrollAccount: { management: 'ControlTower' },
  AwaitClosingTurn: { management: 'Read' },
  CloseAccount: { management: 'Create' },
  CheckClosure: { management: 'Read' },
  CompleteClosing: {},
  PreviewChanges: { management: 'Read', automation: 'Read' },
  RunPreflight: { management: 'Read', automation: 'Read' },
};

export const isActingFunction = (name: string): name is ActingFunction => name in functionClasses;

const actingFunctions: readonly ActingFunction[] = Object.keys(functionClasses).filter(isActingFunction);

/** Whether a function goes into member accounts. */
export const entersMembers = (name: ActingFunction): boolean => functionPermissions[name].member !== undefined;

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
