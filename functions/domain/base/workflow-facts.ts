// Written by `npm run generate` from functions/steps/table.ts.

import * as z from 'zod/mini';

/**
 * The state machines, by the names of their files: one brings an account to what is wanted, one takes it out of use.
 */
export const WorkflowNameSchema = z.enum(['vend-account', 'close-account']);

export type WorkflowName = z.infer<typeof WorkflowNameSchema>;

/** The state machines by workflow. */
export type StateMachineArns = Readonly<Record<WorkflowName, string>>;

/** The lanes by the state that waits in them. */
export const LANE_OF_STATE: Readonly<Record<string, string>> = {
  AwaitReconciliationTurn: 'reconciliation',
  AwaitCreationTurn: 'account-creation',
  AwaitEnrollmentTurn: 'account-factory',
  AwaitStackSetTurn: 'stack-sets',
  AwaitWithdrawalTurn: 'stack-sets',
  AwaitClosingTurn: 'account-closing',
};

/** They wait in no lane, but for a person's decision. */
const OTHER_WAITING_STATES: readonly string[] = ['AwaitApproval'];

/** Whether a state ends when its task token comes back. */
export const isWaiting = (state: string): boolean => state in LANE_OF_STATE || OTHER_WAITING_STATES.includes(state);

const LAST_STATES: readonly string[] = ['CompleteShadow', 'CompleteVending', 'CompleteClosing'];

/** Whether a state ends its workflow. Its work goes on after the ledger knows that the run has ended. */
export const isLast = (state: string): boolean => LAST_STATES.includes(state);

/** The accounts that a function acts in. Absent: it never goes there. */
export interface Reach {
  readonly management?: true | readonly string[];
  readonly automation?: true | readonly string[];
  /** The actions to which its sessions there are narrowed; none: it goes there and does nothing. */
  readonly member?: readonly string[];
}

/** The reach of each state; one that is missing here works on the ledger alone. */
export const REACH_OF_STATE: Readonly<Record<string, Reach>> = {
  AwaitCreationTurn: { management: true },
  AwaitEnrollmentTurn: { management: true },
  AwaitStackSetTurn: { automation: true },
  CreateAccount: { management: true },
  CheckAccount: { management: true },
  ImportAccount: {
    management: true,
    member: ['config:DescribeConfigurationRecorders', 'config:DescribeDeliveryChannels'],
  },
  RevokeAccess: {
    management: true,
    member: [
      'iam:GetRole',
      'iam:ListAttachedRolePolicies',
      'iam:DetachRolePolicy',
      'iam:DeleteRole',
      'iam:DeleteSAMLProvider',
    ],
  },
  CheckAccess: { management: true, member: [] },
  EnsureWorkspaceUnit: { management: true },
  OpenAccount: {
    management: true,
    member: [
      'iam:GetRole',
      'iam:CreateRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:PutRolePermissionsBoundary',
      'iam:ListAttachedRolePolicies',
      'iam:AttachRolePolicy',
      'iam:PutRolePolicy',
    ],
  },
  MoveAccount: { management: true },
  TagAccount: { management: true },
  SetAccountAlias: { member: ['iam:ListAccountAliases', 'iam:CreateAccountAlias', 'iam:DeleteAccountAlias'] },
  AwaitWithdrawalTurn: { automation: true },
  RemoveStackInstances: { automation: true },
  CheckRemoval: { automation: true },
  EnrollAccount: { management: true },
  CheckEnrollment: { management: true },
  DeployStackInstances: { automation: true },
  PrepareAccess: { management: true },
  CheckStackInstances: { automation: true },
  CustomizeAccount: { automation: true },
  CheckCustomizations: { automation: true },
  InvokeLandingZoneFunction: { automation: true },
  CheckExternalAvm: { management: true },
  GrantAccess: {
    management: true,
    member: [
      'iam:GetSAMLProvider',
      'iam:CreateSAMLProvider',
      'iam:UpdateSAMLProvider',
      'iam:GetRole',
      'iam:CreateRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:PutRolePermissionsBoundary',
      'iam:ListAttachedRolePolicies',
      'iam:AttachRolePolicy',
    ],
  },
  CheckGrants: { management: true },
  DowngradeAccessRole: {
    member: [
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
      'iam:PutRolePolicy',
      'iam:GetRole',
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
      'iam:CreatePolicy',
    ],
  },
  ConfirmDowngrade: {
    member: [
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
      'iam:DetachRolePolicy',
      'iam:DeleteRolePolicy',
      'iam:GetRole',
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
      'iam:PutRolePermissionsBoundary',
    ],
  },
  CheckGroups: { management: true },
  GuardAccount: { management: true },
  UnenrollAccount: { management: true },
  AwaitClosingTurn: { management: true },
  CloseAccount: { management: true },
  CheckClosure: { management: true },
};
