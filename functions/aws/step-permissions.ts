import type { TaskName } from '../domain/state-name';
import { ACCOUNT_FACTORY_ACTIONS } from './account-factory-actions';
import { GOVERNANCE, MOVING } from './governance-actions';
import { CONFIG_LOOK, LANDING_ZONE_LOOK, OF_FACTORY_USER } from './look-actions';
import { UNENROLLING } from './unenrolling-actions';

/**
 * Where a step acts, and by which IAM actions. Absent: it never goes there. Empty: it goes there and does nothing; CheckAccess only tries
 * whether it could.
 *
 * In member accounts, a step's sessions are narrowed to these actions. In the management and the automation account it has those of all steps of
 * its class (`role-classes.ts`), whose role trusts them and no others.
 */
export interface StepPermissions {
  /** In the management account, by the role of its class. The way through it into member accounts is not listed: `member` says it. */
  readonly management?: readonly string[];
  /**
   * Policies of AWS that the role in the management account has as well. Service Catalog reads and launches a product with the rights of its
   * caller; which these are, AWS says by its policy for end users.
   */
  readonly managementPolicies?: readonly string[];
  /** In the automation account, by the role of its class. */
  readonly automation?: readonly string[];
  /** In the member account, as its access role. */
  readonly member?: readonly string[];
}

/**
 * One row for each state of the workflows that a function carries out. The policy of a service role allows the union of the rows of its class
 * (`infra/policies`).
 */
export const stepPermissions: Readonly<Record<TaskName, StepPermissions>> = {
  PlanVending: {},
  AwaitApproval: {},
  AwaitReconciliationTurn: {},
  // Whoever waits looks whether an operation that has held a slot for long is over.
  AwaitCreationTurn: {
    management: ['organizations:DescribeCreateAccountStatus', 'organizations:ListCreateAccountStatus'],
  },
  AwaitEnrollmentTurn: { management: ['servicecatalog:DescribeRecord', ...GOVERNANCE] },
  AwaitStackSetTurn: { automation: ['cloudformation:DescribeStackSetOperation'] },
  CreateAccount: {
    // An account that is made with tags takes the right to tag as well.
    management: [
      'organizations:DescribeOrganizationalUnit',
      'organizations:CreateAccount',
      'organizations:TagResource',
    ],
  },
  CheckAccount: {
    management: [
      'organizations:DescribeCreateAccountStatus',
      'organizations:DescribeAccount',
      // A lost answer of CreateAccount is looked for among requests and accounts, and known again by its tag.
      'organizations:ListCreateAccountStatus',
      'organizations:ListAccounts',
      'organizations:ListTagsForResource',
    ],
  },
  ImportAccount: {
    management: [
      'organizations:DescribeAccount',
      'organizations:ListTagsForResource',
      'organizations:TagResource',
      // In which unit is it: that decides whether it may be imported.
      'organizations:ListParents',
      // Who is governed has been enrolled.
      ...GOVERNANCE,
    ],
    // What would keep Control Tower from enrolling it.
    member: [...CONFIG_LOOK],
  },
  RevokeAccess: {
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
    // Of meshIdB: its roles, and the provider behind them.
    member: [
      'iam:GetRole',
      'iam:ListAttachedRolePolicies',
      'iam:DetachRolePolicy',
      'iam:DeleteRole',
      'iam:DeleteSAMLProvider',
    ],
  },
  // Looks only for an account that has long been there and lets nobody in.
  CheckAccess: { management: ['organizations:DescribeAccount'], member: [] },
  OpenAccount: {
    // An account that is to be enrolled and sits in an organizational unit goes to the root first.
    management: MOVING,
    member: [
      'iam:GetRole',
      'iam:CreateRole',
      'iam:UpdateAssumeRolePolicy',
      // Where a boundary is asked for and a role is there without it.
      'iam:PutRolePermissionsBoundary',
      'iam:ListAttachedRolePolicies',
      'iam:AttachRolePolicy',
    ],
  },
  MoveAccount: {
    // A governed account is moved by the Account Factory alone; the search tells whether that is at work.
    management: MOVING,
  },
  TagAccount: {
    management: ['organizations:ListTagsForResource', 'organizations:TagResource', 'organizations:UntagResource'],
  },
  // A closing takes it away.
  SetAccountAlias: { member: ['iam:ListAccountAliases', 'iam:CreateAccountAlias', 'iam:DeleteAccountAlias'] },
  EnrollAccount: {
    management: [
      // The Account Factory knows an account by its e-mail, and an organizational unit by name and id.
      'organizations:DescribeAccount',
      'organizations:DescribeOrganizationalUnit',
      // Is the unit registered: the Account Factory would tell it minutes later, and leave a failed product. Is the account governed already.
      ...GOVERNANCE,
      // Is it in its place; where Control Tower follows moves, it is moved there.
      'organizations:ListParents',
      'organizations:MoveAccount',
      // ListLaunchPaths and provisioning come with AWS's policy: granted here as well, nobody would notice if one of the two was gone. AWS's
      // policy lets a session see, update and terminate its own products alone; these are for those of anybody.
      'servicecatalog:ListProvisioningArtifacts',
      'servicecatalog:SearchProvisionedProducts',
      'servicecatalog:UpdateProvisionedProduct',
      'servicecatalog:TerminateProvisionedProduct',
      ...ACCOUNT_FACTORY_ACTIONS,
    ],
    managementPolicies: ['AWSServiceCatalogEndUserFullAccess'],
  },
  // Where Control Tower follows moves, its baseline on the account tells.
  CheckEnrollment: { management: ['servicecatalog:DescribeRecord', ...GOVERNANCE] },
  AwaitWithdrawalTurn: { automation: ['cloudformation:DescribeStackSetOperation'] },
  RemoveStackInstances: {
    automation: [
      'cloudformation:DescribeStackSet',
      'cloudformation:ListStackInstances',
      'cloudformation:DeleteStackInstances',
    ],
  },
  CheckRemoval: { automation: ['cloudformation:ListStackInstances', 'cloudformation:DescribeStackSetOperation'] },
  DeployStackInstances: {
    automation: [
      'cloudformation:DescribeStackSet',
      // Instances of which the ledger knows nothing are compared with what is wanted.
      'cloudformation:DescribeStackInstance',
      'cloudformation:ListStackInstances',
      'cloudformation:CreateStackInstances',
      'cloudformation:UpdateStackInstances',
    ],
  },
  // Where the instances do not name our operation any more, it is asked for itself.
  CheckStackInstances: {
    automation: ['cloudformation:ListStackInstances', 'cloudformation:DescribeStackSetOperation'],
  },
  InvokeLandingZoneFunction: { automation: ['lambda:InvokeFunction'] },
  CheckExternalAvm: { management: ['organizations:ListTagsForResource'] },
  GrantAccess: {
    management: [
      'identitystore:GetGroupId',
      'identitystore:DescribeGroup',
      'identitystore:CreateGroup',
      'identitystore:GetUserId',
      'identitystore:ListGroupMemberships',
      'identitystore:CreateGroupMembership',
    ],
    member: [
      'iam:GetSAMLProvider',
      'iam:CreateSAMLProvider',
      'iam:UpdateSAMLProvider',
      'iam:GetRole',
      'iam:CreateRole',
      'iam:UpdateAssumeRolePolicy',
      // Where a boundary is asked for and a role is there without it.
      'iam:PutRolePermissionsBoundary',
      'iam:ListAttachedRolePolicies',
      'iam:AttachRolePolicy',
    ],
  },
  CheckGrants: {
    management: [
      'sso:ListAccountAssignmentsForPrincipal',
      'sso:CreateAccountAssignment',
      'sso:DescribeAccountAssignmentCreationStatus',
      // What the Account Factory has given its user is taken away.
      'identitystore:GetUserId',
      'sso:DeleteAccountAssignment',
      'sso:DescribeAccountAssignmentDeletionStatus',
      ...OF_FACTORY_USER,
    ],
  },
  DowngradeAccessRole: {
    member: [
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
      'iam:PutRolePolicy',
      // Of a role that is to be sealed: has it a boundary, and what does that say.
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
  CompleteVending: {},
  PlanClosing: {},
  GuardAccount: {
    management: [
      'organizations:DescribeAccount',
      'organizations:ListTagsForResource',
      ...LANDING_ZONE_LOOK,
      'servicecatalog:SearchProvisionedProducts',
    ],
  },
  UnenrollAccount: { management: UNENROLLING, managementPolicies: ['AWSServiceCatalogEndUserFullAccess'] },
  // Whoever waits looks whether an account that has held a slot for long is closed.
  AwaitClosingTurn: { management: ['organizations:DescribeAccount'] },
  CloseAccount: {
    management: [
      'organizations:DescribeAccount',
      'organizations:ListTagsForResource',
      'organizations:CloseAccount',
      // AWS's share of thirty days goes by the number of accounts, where its least is spent.
      'organizations:ListAccounts',
    ],
  },
  CheckClosure: { management: ['organizations:DescribeAccount'] },
  CompleteClosing: {},
};

/**
 * What RunPreflight reads. None of it writes: whoever got hold of its session could look around in the prerequisites and change nothing.
 */
export const preflightPermissions: StepPermissions = {
  management: [
    'organizations:DescribeOrganizationalUnit',
    'organizations:ListParents',
    'organizations:ListAccounts',
    'organizations:ListPoliciesForTarget',
    'organizations:DescribePolicy',
    'servicequotas:GetServiceQuota',
    'servicequotas:GetAWSDefaultServiceQuota',
    'identitystore:GetGroupId',
    'sso:ListPermissionSets',
    // In how many accounts the user of the Account Factory is administrator.
    'identitystore:GetUserId',
    'sso:ListAccountAssignmentsForPrincipal',
    ...OF_FACTORY_USER,
    'servicecatalog:ListProvisioningArtifacts',
    'servicecatalog:ListLaunchPaths',
    'servicecatalog:ListPortfoliosForProduct',
    'servicecatalog:ListPrincipalsForPortfolio',
    'servicecatalog:SearchProvisionedProducts',
    ...GOVERNANCE,
    'iam:SimulatePrincipalPolicy',
    // Whom the roles of the classes trust.
    'iam:GetRole',
  ],
  automation: ['cloudformation:DescribeStackSet', 'lambda:GetFunctionConfiguration', 'iam:GetRole'],
};
