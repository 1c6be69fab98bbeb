import type { ContractException } from './contract-case';

/** One exception for each of several cases: `service:Operation, case`. */
function forCases(names: readonly string[], path: string, source: string): readonly ContractException[] {
  return names.map((name) => {
    const [operation = '', ...rest] = name.split(', ');
    return { operation, case: rest.join(', '), path, source };
  });
}

const WHOLE = '';
const organizationsReference = (page: string) => `AWS Organizations API Reference, ${page}`;
const iamReference = (page: string) => `IAM API Reference, ${page}`;

const accountLists = [
  'organizations:ListAccounts, success',
  'organizations:ListAccounts, success: a first page of one',
  'organizations:ListAccountsForParent, success',
];

const shapesOfOrganizations: readonly ContractException[] = [
  ...forCases(
    accountLists,
    'Accounts.[].Status',
    organizationsReference('Account: "State" replaces "Status" since September 2026'),
  ),
  ...forCases(accountLists, 'Accounts.[].Paths', organizationsReference('Account: "Paths"')),
  ...forCases(
    accountLists,
    'Accounts.[].JoinedMethod',
    organizationsReference('Account: the management account has INVITED'),
  ),
  ...forCases(['organizations:DescribeAccount, success'], 'Account.Status', organizationsReference('Account')),
  ...forCases(['organizations:DescribeAccount, success'], 'Account.Paths', organizationsReference('Account')),
  ...forCases(
    ['organizations:DescribeOrganizationalUnit, success', 'organizations:CreateOrganizationalUnit, success'],
    'OrganizationalUnit.Path',
    organizationsReference('OrganizationalUnit: "Path"'),
  ),
  ...forCases(
    ['organizations:ListOrganizationalUnitsForParent, success'],
    'OrganizationalUnits.[].Path',
    organizationsReference('OrganizationalUnit: "Path"'),
  ),
  ...forCases(
    ['organizations:CreateAccount, success'],
    'CreateAccountStatus.State',
    organizationsReference('CreateAccount: an asynchronous request'),
  ),
  ...forCases(
    ['organizations:CreateAccount, success'],
    'CreateAccountStatus.CompletedTimestamp',
    organizationsReference('CreateAccountStatus'),
  ),
  ...forCases(
    ['organizations:CreateAccount, success'],
    'CreateAccountStatus.AccountId',
    organizationsReference('CreateAccountStatus'),
  ),
  ...forCases(
    ['organizations:ListCreateAccountStatus, success'],
    WHOLE,
    organizationsReference('ListCreateAccountStatus: no request made the management account'),
  ),
];

const errorsOfOrganizations: readonly ContractException[] = [
  ...forCases(
    ['organizations:ListAWSServiceAccessForOrganization, success'],
    WHOLE,
    'AWS Organizations User Guide, IAM Identity Center and AWS Organizations: enabling it enables its trusted access',
  ),
  ...forCases(
    ['organizations:ListAWSServiceAccessForOrganization, error: an account in no organization'],
    WHOLE,
    organizationsReference('ListAWSServiceAccessForOrganization: AWSOrganizationsNotInUseException'),
  ),
  ...forCases(
    ['organizations:CreateAccount, error: a malformed e-mail'],
    WHOLE,
    organizationsReference('CreateAccount: pattern of Email'),
  ),
  ...forCases(
    ['organizations:DescribeCreateAccountStatus, error: an unknown request'],
    WHOLE,
    organizationsReference('DescribeCreateAccountStatus: errors'),
  ),
  ...forCases(
    ['organizations:ListCreateAccountStatus, error: too large a page'],
    WHOLE,
    organizationsReference('ListCreateAccountStatus: at most 20'),
  ),
  ...forCases(
    ['organizations:ListDelegatedAdministrators, error: too large a page'],
    WHOLE,
    organizationsReference('ListDelegatedAdministrators: at most 20'),
  ),
  ...forCases(
    ['organizations:ListAccounts, error: a token that is none'],
    WHOLE,
    organizationsReference('ListAccounts: InvalidInputException, INVALID_NEXT_TOKEN'),
  ),
  ...forCases(
    ['organizations:ListParents, error: an unknown child'],
    WHOLE,
    organizationsReference('ListParents: ChildNotFoundException'),
  ),
  ...forCases(
    ['organizations:MoveAccount, error: an unknown destination'],
    WHOLE,
    organizationsReference('MoveAccount: DestinationParentNotFoundException'),
  ),
  ...forCases(
    ['organizations:MoveAccount, error: a source that is not the parent'],
    WHOLE,
    organizationsReference('MoveAccount: SourceParentNotFoundException'),
  ),
  ...forCases(
    ['organizations:MoveAccount, error: where it is already'],
    WHOLE,
    organizationsReference('MoveAccount: DuplicateAccountException'),
  ),
  ...forCases(
    ['organizations:CreateOrganizationalUnit, error: a name that is taken'],
    WHOLE,
    organizationsReference('CreateOrganizationalUnit: DuplicateOrganizationalUnitException'),
  ),
];

const ofIam: readonly ContractException[] = [
  ...forCases(
    ['iam:CreateRole, success', 'iam:CreateRole, success: with a boundary'],
    'Role.MaxSessionDuration',
    'LocalStack, test_create_describe_role, recorded on AWS on 2025-03-06: CreateRole does not tell it',
  ),
  ...forCases(
    ['iam:CreateRole, success'],
    'Role.RoleLastUsed',
    iamReference('Role: "RoleLastUsed" is in the answer of GetRole only'),
  ),
  ...forCases(
    ['iam:CreateRole, error: a trust that is no policy'],
    WHOLE,
    iamReference('CreateRole: MalformedPolicyDocument'),
  ),
  ...forCases(
    ['iam:CreateRole, error: too short a session'],
    WHOLE,
    iamReference('CreateRole: MaxSessionDuration of at least 3600'),
  ),
  ...forCases(
    ['iam:ListRoles, success'],
    'Roles.[].AssumeRolePolicyDocument',
    iamReference('ListRoles: policies are URL-encoded (RFC 3986)'),
  ),
  ...forCases(
    ['iam:ListRoles, error: too small a page', 'iam:ListAccountAliases, error: too small a page'],
    WHOLE,
    iamReference('ListRoles, ListAccountAliases: MaxItems of at least 1'),
  ),
  ...forCases(
    ['iam:ListAccountAliases, success', 'iam:CreateAccountAlias, success', 'iam:DeleteAccountAlias, success'],
    'IsTruncated',
    iamReference('ListAccountAliases: "IsTruncated"'),
  ),
  ...forCases(
    ['iam:CreateAccountAlias, error: taken by another account'],
    WHOLE,
    iamReference('CreateAccountAlias: EntityAlreadyExists'),
  ),
  ...forCases(
    ['iam:DeleteAccountAlias, error: an unknown alias'],
    WHOLE,
    iamReference('DeleteAccountAlias: NoSuchEntity'),
  ),
  ...forCases(
    ['iam:CreateSAMLProvider, error: too short a document'],
    WHOLE,
    iamReference('CreateSAMLProvider: SAMLMetadataDocument of at least 1000 characters'),
  ),
  ...forCases(
    ['iam:DeleteSAMLProvider, error: an unknown provider'],
    WHOLE,
    iamReference('DeleteSAMLProvider: NoSuchEntity'),
  ),
];

const ofManagedPolicies: readonly ContractException[] = [
  ...forCases(
    ['iam:CreatePolicy, success'],
    'Policy.PermissionsBoundaryUsageCount',
    iamReference('Policy: "PermissionsBoundaryUsageCount"'),
  ),
  ...forCases(
    ['iam:GetPolicy, success', 'iam:CreatePolicyVersion, success: as default', 'iam:SetDefaultPolicyVersion, success'],
    'Policy.PermissionsBoundaryUsageCount',
    iamReference('Policy: "PermissionsBoundaryUsageCount"'),
  ),
  ...forCases(
    ['iam:ListPolicies, success'],
    'Policies.[].PermissionsBoundaryUsageCount',
    iamReference('Policy: "PermissionsBoundaryUsageCount"'),
  ),
  ...forCases(
    ['iam:ListPolicies, error: too small a page'],
    WHOLE,
    iamReference('ListPolicies: MaxItems of at least 1'),
  ),
  ...forCases(
    ['iam:DeletePolicy, error: one that a role has', 'iam:DeletePolicy, error: the boundary of a role'],
    WHOLE,
    iamReference('DeletePolicy: DeleteConflict'),
  ),
  ...forCases(
    ['iam:CreatePolicyVersion, success'],
    'PolicyVersion.Document',
    iamReference(
      'PolicyVersion: the document is in the answers of GetPolicyVersion and GetAccountAuthorizationDetails only',
    ),
  ),
  ...forCases(
    ['iam:GetPolicyVersion, success'],
    'PolicyVersion.Document',
    iamReference('PolicyVersion: the document is URL-encoded (RFC 3986)'),
  ),
  ...forCases(
    ['iam:PutRolePermissionsBoundary, error: an unknown policy'],
    WHOLE,
    iamReference('PutRolePermissionsBoundary: NoSuchEntity'),
  ),
  ...forCases(
    ['iam:CreateRole, success: with a boundary'],
    'Role.RoleLastUsed',
    iamReference('Role: "RoleLastUsed" is in the answer of GetRole only'),
  ),
];

const ofPolicies: readonly ContractException[] = [
  ...forCases(
    ['organizations:ListPolicies, error: from outside the organization'],
    WHOLE,
    organizationsReference('ListPolicies: AWSOrganizationsNotInUseException'),
  ),
  ...forCases(
    ['organizations:ListPolicies, success', 'organizations:ListPoliciesForTarget, success'],
    'Policies.[].Arn',
    organizationsReference('PolicySummary: policies of AWS belong to no account'),
  ),
  ...forCases(
    ['organizations:DescribePolicy, success'],
    'PolicySummary.Arn',
    organizationsReference('PolicySummary: policies of AWS belong to no account'),
  ),
];

const simulations: readonly ContractException[] = forCases(
  ['iam:SimulatePrincipalPolicy, success', 'iam:SimulatePrincipalPolicy, error: an unknown role'],
  WHOLE,
  iamReference('SimulatePrincipalPolicy, which moto does not have'),
);

const ofSts: readonly ContractException[] = [
  ...forCases(
    ['sts:AssumeRole, success'],
    'PackedPolicySize',
    'AWS STS API Reference, AssumeRole: of session policies and tags, of which there are none',
  ),
  ...forCases(
    ['sts:AssumeRole, error: an unknown role'],
    WHOLE,
    'IAM User Guide, Troubleshoot IAM roles: AccessDenied',
  ),
  ...forCases(
    ['sts:GetCallerIdentity, error: credentials that are none'],
    WHOLE,
    'AWS STS API Reference, Common errors: InvalidClientTokenId',
  ),
];

const instanceCases = ['cloudformation:DescribeStackInstance, success', 'cloudformation:UpdateStackInstances, success'];
const cloudFormationReference = (page: string) => `AWS CloudFormation API Reference, ${page}`;

const ofCloudFormation: readonly ContractException[] = [
  ...['DriftStatus', 'LastOperationId', 'StackId'].flatMap((field) => [
    ...forCases(instanceCases, `StackInstance.${field}`, cloudFormationReference(`StackInstance: "${field}"`)),
    ...forCases(
      ['cloudformation:ListStackInstances, success'],
      `Summaries.[].${field}`,
      cloudFormationReference(`StackInstanceSummary: "${field}"`),
    ),
  ]),
  ...forCases(
    ['cloudformation:CreateStackInstances, success: the operation id of the caller'],
    'OperationId',
    cloudFormationReference('CreateStackInstances: OperationId'),
  ),
  ...forCases(
    ['cloudformation:CreateStackInstances, error: an undeclared parameter'],
    WHOLE,
    'AWS CloudFormation User Guide, Override parameters on stack instances',
  ),
  ...forCases(
    ['cloudformation:DescribeStackInstance, error: an unknown instance'],
    WHOLE,
    cloudFormationReference('DescribeStackInstance: StackInstanceNotFoundException'),
  ),
  ...forCases(
    ['cloudformation:DescribeStackSetOperation, error: an unknown operation'],
    WHOLE,
    cloudFormationReference('DescribeStackSetOperation: OperationNotFoundException'),
  ),
  ...forCases(
    ['cloudformation:ListStackSets, error: too small a page'],
    WHOLE,
    cloudFormationReference('ListStackSets: MaxResults of at least 1'),
  ),
  ...forCases(
    ['cloudformation:DescribeChangeSet, success'],
    'Capabilities',
    cloudFormationReference('DescribeChangeSet: "Capabilities"'),
  ),
  ...['Capabilities', 'Outputs'].flatMap((field) =>
    forCases(
      ['cloudformation:DescribeStacks, success'],
      `Stacks.[].${field}`,
      cloudFormationReference(`Stack: "${field}"`),
    ),
  ),
  ...forCases(
    ['cloudformation:ExecuteChangeSet, error: an unknown one'],
    WHOLE,
    cloudFormationReference('ExecuteChangeSet: an error of the client, not of the service'),
  ),
  ...forCases(
    ['cloudformation:DeleteChangeSet, error: of an unknown stack'],
    WHOLE,
    cloudFormationReference('DeleteChangeSet: an error of the client, not of the service'),
  ),
  ...forCases(
    ['cloudformation:DeleteStack, error: without a name'],
    WHOLE,
    cloudFormationReference('DeleteStack: StackName is required'),
  ),
];

/** Everything in which the model differs from moto, each with the page of the AWS documentation that it follows. */
const storeReference = (page: string) => `Identity Store API Reference, ${page}`;
const ssoReference = (page: string) => `IAM Identity Center API Reference, ${page}`;

/** moto refuses little here: it answers as if everything that is named were there. */
const ofIdentityCenter: readonly ContractException[] = [
  ...forCases(['identitystore:DescribeGroup, success'], 'ExternalIds', storeReference('DescribeGroup: one at least')),
  ...forCases(['identitystore:ListGroups, success'], '[].ExternalIds', storeReference('Group: one at least')),
  ...forCases(
    [
      'identitystore:DeleteUser, error: an unknown user',
      'identitystore:DeleteGroup, error: an unknown group',
      'identitystore:DeleteGroupMembership, error: an unknown membership',
      'identitystore:ListGroupMemberships, error: an unknown group',
      'identitystore:ListGroupMembershipsForMember, error: an unknown user',
    ],
    WHOLE,
    storeReference('ResourceNotFoundException, an error of each of these operations'),
  ),
  ...forCases(
    ['identitystore:CreateGroupMembership, error: a member already'],
    WHOLE,
    storeReference('CreateGroupMembership: ConflictException'),
  ),
  ...forCases(
    ['identitystore:ListUsers, error: too large a page', 'identitystore:ListGroups, error: too large a page'],
    WHOLE,
    storeReference('ListUsers, ListGroups: MaxResults, at most 100'),
  ),
  ...forCases(
    ['sso:ListInstances, error: too large a page', 'sso:ListPermissionSets, error: too large a page'],
    WHOLE,
    ssoReference('ListInstances, ListPermissionSets: MaxResults, at most 100'),
  ),
  ...forCases(
    [
      'sso:CreateAccountAssignment, error: an unknown permission set',
      'sso:ListAccountAssignments, error: an unknown permission set',
    ],
    WHOLE,
    ssoReference('CreateAccountAssignment, ListAccountAssignments: ResourceNotFoundException'),
  ),
  ...forCases(
    ['sso:ListAccountAssignmentsForPrincipal, error: an unknown kind of principal'],
    WHOLE,
    ssoReference('ListAccountAssignmentsForPrincipal: PrincipalType, USER or GROUP'),
  ),
  ...forCases(
    ['sso:CreatePermissionSet, error: a name that is taken', 'sso:DeletePermissionSet, error: one that is assigned'],
    WHOLE,
    ssoReference('CreatePermissionSet, DeletePermissionSet: ConflictException'),
  ),
  ...forCases(
    ['sso:CreateAccountAssignment, success'],
    'AccountAssignmentCreationStatus.Status',
    ssoReference('CreateAccountAssignment: an asynchronous request'),
  ),
  ...forCases(
    ['sso:DeleteAccountAssignment, success'],
    'AccountAssignmentDeletionStatus.Status',
    ssoReference('DeleteAccountAssignment: an asynchronous request'),
  ),
];

export const contractExceptions: readonly ContractException[] = [
  ...shapesOfOrganizations,
  ...errorsOfOrganizations,
  ...ofIam,
  ...ofManagedPolicies,
  ...ofPolicies,
  ...simulations,
  ...ofSts,
  ...ofCloudFormation,
  ...ofIdentityCenter,
];
