/** The paging parameters of a service: their members in requests and answers. */
interface Dialect {
  readonly tokenIn: string;
  readonly tokenOut: string;
  readonly size: string;
  /** So many at once, where nothing is asked and at most. */
  readonly most: number;
  /** The member that says whether there is more. */
  readonly truncated?: string;
}

export interface ListShape extends Dialect {
  readonly items: string;
  /** The members by which an item is known again from page to page; none where the item is a string. */
  readonly id: readonly string[];
  /** The items are in the first element of this list. */
  readonly within?: string;
}

const organizations: Dialect = { tokenIn: 'NextToken', tokenOut: 'NextToken', size: 'MaxResults', most: 20 };
const hundreds: Dialect = { ...organizations, most: 100 };
const iam: Dialect = { tokenIn: 'Marker', tokenOut: 'Marker', size: 'MaxItems', most: 100, truncated: 'IsTruncated' };
const products: Dialect = { tokenIn: 'PageToken', tokenOut: 'NextPageToken', size: 'PageSize', most: 20 };
const governance: Dialect = { tokenIn: 'nextToken', tokenOut: 'nextToken', size: 'maxResults', most: 100 };
const costs: Dialect = { tokenIn: 'NextPageToken', tokenOut: 'NextPageToken', size: 'MaxResults', most: 10 };

const list = (dialect: Dialect, items: string, ...id: readonly string[]): ListShape => ({ ...dialect, items, id });

/**
 * The lists for which AWS promises neither an order nor full pages. ListRoots and ListParents are not among them: a
 * child has one parent, and an organization one root.
 *
 * @evidence documented "botocore organizations.ListParents": a child can have only a single parent
 * @evidence documented "botocore iam.ListAccountAliases": fewer may come back, also where there are more
 * @evidence documented "botocore servicecatalog.SearchProvisionedProducts": NextPageToken, where not all fit into an
 *   answer; no order is promised
 * @evidence documented controltower/userguide/baseline-api-examples: lists of baselines are told in pages, with a
 *   nextToken
 * @evidence documented "botocore cloudformation.ListStackInstances": NextToken, where not all fit into an answer
 * @evidence documented "botocore sso-admin.ListPermissionSets": NextToken, by which the next call goes on
 */
export const listShapes: ReadonlyMap<string, ListShape> = new Map([
  ['organizations:ListAccounts', list(organizations, 'Accounts', 'Id')],
  ['organizations:ListAccountsForParent', list(organizations, 'Accounts', 'Id')],
  ['organizations:ListOrganizationalUnitsForParent', list(organizations, 'OrganizationalUnits', 'Id')],
  ['organizations:ListDelegatedAdministrators', list(organizations, 'DelegatedAdministrators', 'Id')],
  [
    'organizations:ListAWSServiceAccessForOrganization',
    list(organizations, 'EnabledServicePrincipals', 'ServicePrincipal'),
  ],
  ['organizations:ListChildren', list(organizations, 'Children', 'Id')],
  ['organizations:ListCreateAccountStatus', list(organizations, 'CreateAccountStatuses', 'Id')],
  ['organizations:ListPolicies', list(organizations, 'Policies', 'Id')],
  ['organizations:ListPoliciesForTarget', list(organizations, 'Policies', 'Id')],
  ['organizations:ListTargetsForPolicy', list(organizations, 'Targets', 'TargetId')],
  ['organizations:ListTagsForResource', list({ ...organizations, most: 50 }, 'Tags', 'Key')],
  ['iam:ListAccountAliases', list(iam, 'AccountAliases')],
  ['iam:ListRoles', list(iam, 'Roles', 'RoleName')],
  ['iam:ListAttachedRolePolicies', list(iam, 'AttachedPolicies', 'PolicyArn')],
  ['iam:ListRolePolicies', list(iam, 'PolicyNames')],
  ['iam:ListPolicies', list(iam, 'Policies', 'Arn')],
  ['iam:SimulatePrincipalPolicy', list(iam, 'EvaluationResults', 'EvalActionName', 'EvalResourceName')],
  ['identitystore:ListUsers', list(hundreds, 'Users', 'UserId')],
  ['identitystore:ListGroups', list(hundreds, 'Groups', 'GroupId')],
  ['identitystore:ListGroupMemberships', list(hundreds, 'GroupMemberships', 'MembershipId')],
  ['identitystore:ListGroupMembershipsForMember', list(hundreds, 'GroupMemberships', 'MembershipId')],
  ['sso:ListInstances', list(hundreds, 'Instances', 'InstanceArn')],
  ['sso:ListPermissionSets', list(hundreds, 'PermissionSets')],
  ['sso:ListAccountAssignments', list(hundreds, 'AccountAssignments', 'PrincipalId')],
  [
    'sso:ListAccountAssignmentsForPrincipal',
    list(hundreds, 'AccountAssignments', 'AccountId', 'PermissionSetArn', 'PrincipalId'),
  ],
  ['cloudformation:ListStackSets', list(hundreds, 'Summaries', 'StackSetId')],
  ['cloudformation:ListStackInstances', list(hundreds, 'Summaries', 'Account', 'Region')],
  ['servicecatalog:ListPortfoliosForProduct', list(products, 'PortfolioDetails', 'Id')],
  ['servicecatalog:SearchProductsAsAdmin', list(products, 'ProductViewDetails', 'ProductARN')],
  ['servicecatalog:ListPrincipalsForPortfolio', list(products, 'Principals', 'PrincipalARN')],
  ['servicecatalog:ListLaunchPaths', list(products, 'LaunchPathSummaries', 'Id')],
  ['servicecatalog:SearchProvisionedProducts', list({ ...products, most: 100 }, 'ProvisionedProducts', 'Id')],
  ['controltower:ListBaselines', list(governance, 'baselines', 'arn')],
  [
    'controltower:ListEnabledBaselines',
    list(governance, 'enabledBaselines', 'arn', 'baselineIdentifier', 'targetIdentifier'),
  ],
  ['controltower:ListEnabledControls', list(governance, 'enabledControls', 'arn', 'targetIdentifier')],
  ['servicecatalog:ListRecordHistory', list(products, 'RecordDetails', 'RecordId')],
  ['ce:GetReservationUtilization', { ...list(costs, 'Groups', 'Value'), within: 'UtilizationsByTime' }],
  [
    'ce:GetSavingsPlansUtilizationDetails',
    list({ ...hundreds, most: 20 }, 'SavingsPlansUtilizationDetails', 'SavingsPlanArn'),
  ],
]);
