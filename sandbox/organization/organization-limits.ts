/** Steady calls a second, and how many may come at once. */
export type Rate = readonly [perSecond: number, burst: number];

export interface OrganizationLimits {
  /** Accounts in the organization, closed ones included until they are gone for good. */
  readonly accounts: number;
  readonly concurrentCreations: number;
  readonly concurrentClosures: number;
  /** How many accounts may be closed in any thirty days: a share of all, but at least and at most so many. */
  readonly closures: { readonly share: number; readonly least: number; readonly most: number };
  /** Control Tower's account operations: enrolling, updating and unmanaging together. */
  readonly concurrentAccountOperations: number;
  /**
   * What a stack set with managed execution does while an operation runs. AWS's page has both: it performs what does
   * not conflict side by side, and it queues all that comes while anything runs.
   *
   * @evidence documented "botocore cloudformation.ManagedExecution": non-conflicting operations run concurrently; a
   *   note on the same page says that all incoming ones are queued while one runs (decided by: two operations on AWS)
   */
  readonly managedExecution: 'side-by-side' | 'one-by-one';
  /** Account assignments that are being made or taken away. */
  readonly outstandingAssignments: number;
  /** Builds of CodeBuild at once, in an account and a region. */
  readonly builds: number;
  readonly tagsPerResource: number;
  /** Organizational units of the organization, all levels together. */
  readonly units: number;
  readonly unitNesting: number;
  readonly managedPoliciesPerRole: number;
  readonly inlinePolicyCharactersPerRole: number;
  readonly managedPolicyCharacters: number;
  readonly trustPolicyCharacters: number;
  /**
   * Keyed by `service:Operation`, or `service:*` for all operations of a service together; what is not listed is not
   * limited.
   */
  readonly rates: Readonly<Record<string, Rate>>;
}

/**
 * "Quotas and service limits for AWS Organizations" and "IAM and AWS STS quotas" of the AWS documentation. The rates
 * are those per account: only the management account calls, so the somewhat higher ones per organization never bind.
 * Control Tower's limit is on "Limitations and quotas" of its User Guide, those of Identity Center on "IAM Identity
 * Center quotas"; that page gives no bursts, so a second's worth may come at once.
 */
export const awsLimits: OrganizationLimits = {
  accounts: 5_000,
  concurrentCreations: 5,
  concurrentClosures: 3,
  closures: { share: 0.2, least: 250, most: 1000 },
  concurrentAccountOperations: 5,
  managedExecution: 'side-by-side',
  outstandingAssignments: 15,
  // Of small Linux containers; AWS gives new accounts fewer.
  builds: 60,
  tagsPerResource: 50,
  units: 2000,
  unitNesting: 5,
  managedPoliciesPerRole: 20,
  inlinePolicyCharactersPerRole: 10_240,
  managedPolicyCharacters: 6144,
  trustPolicyCharacters: 2048,
  rates: {
    'organizations:CreateAccount': [0.1, 3],
    'organizations:DescribeCreateAccountStatus': [2, 2],
    'organizations:ListCreateAccountStatus': [5, 8],
    'organizations:CloseAccount': [0.05, 1],
    'organizations:MoveAccount': [2, 3],
    'organizations:DescribeAccount': [20, 30],
    'organizations:ListAccounts': [8, 12],
    'organizations:ListParents': [5, 8],
    'organizations:ListAccountsForParent': [5, 8],
    'organizations:ListOrganizationalUnitsForParent': [5, 8],
    'organizations:ListChildren': [6, 10],
    'organizations:ListRoots': [1, 2],
    'organizations:DescribeOrganizationalUnit': [2, 2],
    'organizations:CreateOrganizationalUnit': [1, 2],
    'organizations:DescribeOrganization': [1, 2],
    'organizations:ListTagsForResource': [10, 15],
    'organizations:TagResource': [4, 6],
    'organizations:UntagResource': [4, 6],
    'sts:AssumeRole': [600, 600],
    'sso:*': [20, 20],
    'identitystore:CreateUser': [20, 20],
    'identitystore:DeleteUser': [20, 20],
    'identitystore:DescribeUser': [20, 20],
    'identitystore:ListUsers': [20, 20],
    'identitystore:GetUserId': [20, 20],
    'identitystore:CreateGroup': [20, 20],
    'identitystore:DeleteGroup': [20, 20],
    'identitystore:DescribeGroup': [20, 20],
    'identitystore:ListGroups': [20, 20],
    'identitystore:GetGroupId': [20, 20],
    'identitystore:CreateGroupMembership': [20, 20],
    'identitystore:DeleteGroupMembership': [20, 20],
    'identitystore:ListGroupMemberships': [20, 20],
    'identitystore:ListGroupMembershipsForMember': [20, 20],
  },
};
