import {
  CONFIG_LOOK,
  ENROLLING,
  GIVING_PERMISSION_SETS,
  GOVERNANCE,
  LANDING_ZONE_LOOK,
  LISTING_POLICIES,
  MAKING_ROLES,
  MOVING,
  OF_FACTORY_USER,
  READING_BOUNDARY,
  STARTING_BUILDS,
  UNENROLLING,
  UNITS_OF_WORKSPACES,
} from '../aws/permissions/shared-actions';
import { ACCOUNT_CLOSING, ACCOUNT_CREATION, ACCOUNT_FACTORY, RECONCILIATION } from '../domain/queue/lanes';
import { STACK_SETS } from '../domain/run/measurement';
import type { TaskName } from '../domain/base/state-name';
import { ENDING, EXISTING_GROUPS, LANE, type StepRow } from './step-row';

/**
 * A turn that is granted comes by token, and the first of a line is called back to check expired leases. The time-out
 * is for what nobody has thought of.
 */
const A_DAY = 24 * 60 * 60;

/**
 * One row for each state of the workflows that a function carries out, in the order of the workflows. All that is known
 * of a step besides its code is here, and the rest of the project reads it: roles and policies, sessions, time-outs,
 * the timeline, the pages.
 */
export const steps: Readonly<Record<TaskName, StepRow>> = {
  // Touches no account: it decides, so it needs what the operator has configured and nothing of AWS but the ledger.
  PlanVending: { timeoutSeconds: 30, readsConfiguration: true, grants: ['readModes', 'releaseFirst'] },
  // Asks a person by an event, and lets a run go on that was decided meanwhile.
  AwaitApproval: { timeoutSeconds: 30, grants: ['publishOutcomes', 'resumeExecutions'], waits: { lane: null } },
  AwaitReconciliationTurn: { grants: LANE, waits: { lane: RECONCILIATION.name, seconds: A_DAY } },
  // A waiting run checks whether an operation that has held a slot for long is over. Like CheckAccount it reads long
  // lists for at most 200 seconds, page by page at the rate at which AWS answers; the last pages may have to wait.
  AwaitCreationTurn: {
    rights: 'Read',
    management: ['organizations:DescribeCreateAccountStatus', 'organizations:ListCreateAccountStatus'],
    timeoutSeconds: 300,
    grants: LANE,
    waits: { lane: ACCOUNT_CREATION.name, seconds: A_DAY },
  },
  AwaitEnrollmentTurn: {
    rights: 'Read',
    management: ['servicecatalog:DescribeRecord', ...GOVERNANCE],
    grants: LANE,
    waits: { lane: ACCOUNT_FACTORY, seconds: A_DAY },
  },
  AwaitStackSetTurn: {
    rights: 'Read',
    automation: ['cloudformation:DescribeStackSetOperation'],
    grants: LANE,
    waits: { lane: STACK_SETS, seconds: A_DAY },
  },
  // It gets the time to write AWS's answer down: without that, the account has to be searched for.
  CreateAccount: {
    rights: 'Create',
    // An account that is made with tags takes the right to tag as well.
    management: [
      'organizations:DescribeOrganizationalUnit',
      'organizations:CreateAccount',
      'organizations:TagResource',
    ],
    grants: LANE,
  },
  CheckAccount: {
    rights: 'Read',
    management: [
      'organizations:DescribeCreateAccountStatus',
      'organizations:DescribeAccount',
      // A lost answer of CreateAccount is looked for among requests and accounts, and known again by its tag.
      'organizations:ListCreateAccountStatus',
      'organizations:ListAccounts',
      'organizations:ListTagsForResource',
    ],
    timeoutSeconds: 300,
    grants: LANE,
  },
  ImportAccount: {
    rights: 'Create',
    management: [
      'organizations:DescribeAccount',
      'organizations:ListTagsForResource',
      'organizations:TagResource',
      // In which unit is it: that decides whether it may be imported.
      'organizations:ListParents',
      // An account that Control Tower governs has been enrolled.
      ...GOVERNANCE,
    ],
    // What would keep Control Tower from enrolling it.
    member: [...CONFIG_LOOK],
    dryRun: 'own',
  },
  RevokeAccess: {
    rights: 'IdentityCenter',
    management: [
      'identitystore:GetGroupId',
      'identitystore:GetUserId',
      'identitystore:ListGroupMemberships',
      'identitystore:DeleteGroupMembership',
      'identitystore:DeleteGroup',
      // A group whose id was lost is known again by its description.
      'identitystore:DescribeGroup',
      'sso:ListAccountAssignmentsForPrincipal',
      'sso:DeleteAccountAssignment',
      'sso:DescribeAccountAssignmentDeletionStatus',
      // An earlier run may have left a request at work.
      'sso:DescribeAccountAssignmentCreationStatus',
      ...OF_FACTORY_USER,
    ],
    // meshIdB's roles, and the provider behind them.
    member: [
      'iam:GetRole',
      'iam:ListAttachedRolePolicies',
      'iam:DetachRolePolicy',
      'iam:DeleteRole',
      'iam:DeleteSAMLProvider',
    ],
    grants: ['readScimToken'],
    dryRun: true,
  },
  // It reads the account only where that has long been there and lets nobody in.
  CheckAccess: { rights: 'Read', management: ['organizations:DescribeAccount'], member: [], dryRun: 'own' },
  // It reads a list that may be long, page by page at the rate at which AWS answers.
  EnsureWorkspaceUnit: { rights: 'Arrange', management: UNITS_OF_WORKSPACES, timeoutSeconds: 300, dryRun: 'own' },
  OpenAccount: {
    rights: 'Arrange',
    // An account that is to be enrolled and sits in an organizational unit goes to the root first.
    management: MOVING,
    // What the access role keeps is put early, so that it is in force in the end.
    member: [...MAKING_ROLES, 'iam:PutRolePolicy'],
    grants: ['memberRoleBoundary', 'executionRoleTrust'],
    dryRun: true,
  },
  MoveAccount: {
    rights: 'Arrange',
    // A governed account is moved by the Account Factory alone: SearchProvisionedProducts tells whether it is at work.
    management: MOVING,
    // Besides ports, its dry run needs the unit of the workspace, which may be a planned one.
    dryRun: 'own',
  },
  TagAccount: {
    rights: 'Arrange',
    management: ['organizations:ListTagsForResource', 'organizations:TagResource', 'organizations:UntagResource'],
    dryRun: true,
  },
  // A closing takes it away.
  SetAccountAlias: {
    member: ['iam:ListAccountAliases', 'iam:CreateAccountAlias', 'iam:DeleteAccountAlias'],
    dryRun: true,
  },
  AwaitWithdrawalTurn: {
    rights: 'Read',
    automation: ['cloudformation:DescribeStackSetOperation'],
    grants: LANE,
    waits: { lane: STACK_SETS, seconds: A_DAY },
  },
  RemoveStackInstances: {
    rights: 'StackSets',
    automation: [
      'cloudformation:DescribeStackSet',
      'cloudformation:ListStackInstances',
      'cloudformation:DeleteStackInstances',
    ],
    grants: LANE,
    dryRun: 'own',
  },
  CheckRemoval: {
    rights: 'Read',
    automation: ['cloudformation:ListStackInstances', 'cloudformation:DescribeStackSetOperation'],
    grants: LANE,
  },
  EnrollAccount: {
    rights: 'ControlTower',
    management: ENROLLING,
    managementPolicies: ['AWSServiceCatalogEndUserFullAccess'],
    dryRun: 'own',
  },
  // If Control Tower follows moves, the account is enrolled once it has the baseline.
  CheckEnrollment: {
    rights: 'Read',
    management: ['servicecatalog:DescribeRecord', ...GOVERNANCE],
    grants: LANE,
  },
  DeployStackInstances: {
    rights: 'StackSets',
    automation: [
      'cloudformation:DescribeStackSet',
      // Instances of which the ledger knows nothing are compared with what is wanted.
      'cloudformation:DescribeStackInstance',
      'cloudformation:ListStackInstances',
      'cloudformation:CreateStackInstances',
      'cloudformation:UpdateStackInstances',
    ],
    grants: LANE,
    dryRun: 'own',
  },
  // Adds nobody to a group. The rest of GrantAccess and CheckGrants comes after the guardrails.
  PrepareAccess: {
    rights: 'IdentityCenter',
    management: [
      'identitystore:GetGroupId',
      'identitystore:DescribeGroup',
      'identitystore:CreateGroup',
      'identitystore:ListGroupMemberships',
      ...GIVING_PERMISSION_SETS,
    ],
    forNewAccounts: true,
  },
  // If the instances no longer name our operation, the operation itself is read.
  CheckStackInstances: {
    rights: 'Read',
    automation: ['cloudformation:ListStackInstances', 'cloudformation:DescribeStackSetOperation'],
    grants: LANE,
  },
  CustomizeAccount: { rights: 'Customizations', automation: STARTING_BUILDS, dryRun: 'own' },
  CheckCustomizations: { rights: 'Customizations', automation: ['codebuild:BatchGetBuilds'] },
  // Waits for the answer of the landing zone's function, which is to be short.
  InvokeLandingZoneFunction: { rights: 'Functions', automation: ['lambda:InvokeFunction'] },
  CheckExternalAvm: { rights: 'Read', management: ['organizations:ListTagsForResource'] },
  GrantAccess: {
    rights: 'IdentityCenter',
    management: [
      'identitystore:GetGroupId',
      'identitystore:DescribeGroup',
      'identitystore:CreateGroup',
      'identitystore:GetUserId',
      'identitystore:ListGroupMemberships',
      'identitystore:CreateGroupMembership',
    ],
    member: ['iam:GetSAMLProvider', 'iam:CreateSAMLProvider', 'iam:UpdateSAMLProvider', ...MAKING_ROLES],
    grants: ['readScimToken', 'memberRoleBoundary'],
    dryRun: true,
  },
  CheckGrants: { rights: 'IdentityCenter', management: GIVING_PERMISSION_SETS, dryRun: true },
  DowngradeAccessRole: {
    member: [...LISTING_POLICIES, 'iam:PutRolePolicy', ...READING_BOUNDARY, 'iam:CreatePolicy'],
    dryRun: true,
  },
  ConfirmDowngrade: {
    member: [
      ...LISTING_POLICIES,
      'iam:DetachRolePolicy',
      'iam:DeleteRolePolicy',
      ...READING_BOUNDARY,
      'iam:PutRolePermissionsBoundary',
    ],
    dryRun: true,
  },
  CheckGroups: { ...EXISTING_GROUPS, grants: ['readScimToken', ...LANE] },
  // It has no way into other accounts: PreviewChanges looks for it, whose sessions can only read.
  CompleteShadow: { grants: [...ENDING, 'invokePreview'], last: true },
  CompleteVending: { timeoutSeconds: 30, grants: ENDING, last: true },
  PlanClosing: { timeoutSeconds: 30, readsConfiguration: true, grants: ['readModes', 'releaseFirst'] },
  GuardAccount: {
    rights: 'Read',
    management: [
      'organizations:DescribeAccount',
      'organizations:ListTagsForResource',
      ...LANDING_ZONE_LOOK,
      'servicecatalog:SearchProvisionedProducts',
    ],
    dryRun: 'own',
  },
  UnenrollAccount: {
    rights: 'ControlTower',
    management: UNENROLLING,
    managementPolicies: ['AWSServiceCatalogEndUserFullAccess'],
    grants: LANE,
    dryRun: 'own',
  },
  // A waiting run checks whether an account that has held a slot for long is closed.
  AwaitClosingTurn: {
    rights: 'Read',
    management: ['organizations:DescribeAccount'],
    grants: LANE,
    waits: { lane: ACCOUNT_CLOSING.name, seconds: A_DAY },
  },
  // If the least share of thirty days is spent, it counts all accounts, page by page at the rate at which AWS answers.
  CloseAccount: {
    rights: 'Create',
    management: [
      'organizations:DescribeAccount',
      'organizations:ListTagsForResource',
      'organizations:CloseAccount',
      // AWS's share of thirty days goes by the number of accounts, where its least is spent.
      'organizations:ListAccounts',
    ],
    timeoutSeconds: 300,
    grants: LANE,
    dryRun: 'own',
  },
  CheckClosure: { rights: 'Read', management: ['organizations:DescribeAccount'], grants: LANE, dryRun: 'own' },
  CompleteClosing: { timeoutSeconds: 30, grants: ENDING, last: true },
};
