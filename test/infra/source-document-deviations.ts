/**
 * Where our policies differ from those of the source document, and why: by policy, one line for each difference, as
 * `differences` writes it. `docs/iam-differences.md` has the same lines. A line that is no longer true fails the
 * comparison like one that is missing.
 */

const NO_STEP_CALLS_IT =
  'No step calls it. With `serviceUser` the connector’s own role has it, since meshStack’s own connector may.';

const ONLY_FOR_WORKSPACES =
  'Only where `workspaceOrgUnits` is configured, and in its parent alone. With `serviceUser` the connector’s own role has it, since meshStack’s own connector may.';

const RENEWAL =
  'While the ExternalId is being changed, the one before counts as well, so that nothing stops in between.';

const MEMBER_EXTERNAL_ID =
  'The way into every member account asks for the ExternalId as well, as meshcloud’s Terraform module does: a session that lacks it leads nowhere.';

const LOST_ANSWERS =
  'CreateAccount has no idempotency token: when its answer is lost, the request is looked for here before AWS is asked again.';

const ACCOUNT_AS_PRINCIPAL =
  'The functions have roles, so there is no user and no key. The principal is the account, narrowed by `aws:PrincipalArn`: so the stacks deploy in any order, and a role that is made again is trusted again.';

const FUNCTION_ROLES = 'Exactly the roles of the functions of its class, by their fixed names.';

const CONNECTOR_USER =
  'The user of the document, and nobody else, by the same condition as the functions have: with `serviceUser` alone.';

const trust = {
  '- statement 1 Principal AWS arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:user/meshfed-service-user': ACCOUNT_AS_PRINCIPAL,
  '+ statement 1 Principal AWS arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:root': ACCOUNT_AS_PRINCIPAL,
  '+ statement 1 Condition ArnEquals aws:PrincipalArn arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:role/vending-<State>':
    FUNCTION_ROLES,
  '+ statement 1 Condition StringEquals sts:ExternalId <<EXTERNAL_ID>> before': RENEWAL,
};

const trustForConnector = {
  '- statement 1 Principal AWS arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:user/meshfed-service-user': CONNECTOR_USER,
  '+ statement 1 Principal AWS arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:root': CONNECTOR_USER,
  '+ statement 1 Condition ArnEquals aws:PrincipalArn arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:user/meshfed-service-user':
    CONNECTOR_USER,
  '+ statement 1 Condition StringEquals sts:ExternalId <<EXTERNAL_ID>> before': RENEWAL,
};

/** A statement that the document does not have, line by line. */
const own = (statement: string, reason: string, ...parts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(parts.map((part) => [`+ ${statement} ${part}`, reason]));

const ASSIGNMENTS =
  'The document never removes an assignment. We remove those that are no longer wanted, and list the existing ones by group.';

const GROUPS =
  'The document creates groups through SCIM with a bearer token. The identity store API needs no token. meshcloud’s newer Terraform module grants the same actions except `identitystore:DescribeGroup`, which we use to recognize a group that this application created.';

const identityStore = Object.fromEntries(
  [
    'Effect Allow',
    ...['GetUserId', 'GetGroupId', 'DescribeGroup', 'CreateGroup', 'DeleteGroup'].map(action),
    ...['ListGroupMemberships', 'CreateGroupMembership', 'DeleteGroupMembership'].map(action),
    'Resource arn:aws:identitystore::<<MANAGEMENT_ACCOUNT_ID>>:identitystore/d-1234567890',
    ...['user', 'group', 'membership'].map((kind) => `Resource arn:aws:identitystore:::${kind}/*`),
  ].map((line) => [`+ IdentityStoreGroups ${line}`, GROUPS]),
);

function action(name: string): string {
  return `Action identitystore:${name}`;
}

const OPERATIONS =
  'An instance names only its last operation. If somebody else has changed it since, only the operation itself says how our change ended, and AWS answers that consistently.';

const UNKNOWN_INSTANCES =
  'The ledger may not know an instance, because it was lost or because the account is older than its tenant. Such an instance is compared with the wanted one and deployed again only if it differs.';

const PREFLIGHT =
  'Preflight reports problems before the first run. It reads things that no policy of the document covers, with a function of its own that may read nothing else.';

const managementRole = (ofClass: string): string =>
  `Resource arn:aws:iam::<<MANAGEMENT_ACCOUNT_ID>>:role/MeshfedServiceRole-${ofClass}`;

const preflight = {
  ...own(
    'PreflightPolicies',
    PREFLIGHT,
    'Effect Allow',
    'Action organizations:DescribePolicy',
    'Action organizations:ListPoliciesForTarget',
    'Resource arn:aws:organizations::*:ou/o-*/ou-*',
    'Resource arn:aws:organizations::*:policy/o-*/service_control_policy/p-*',
    'Resource arn:aws:organizations::*:policy/o-*/resource_control_policy/p-*',
    'Resource arn:aws:organizations::<<MANAGEMENT_ACCOUNT_ID>>:root/o-*/r-*',
  ),
  ...own(
    'PreflightQuota',
    PREFLIGHT,
    'Effect Allow',
    'Action servicequotas:GetServiceQuota',
    'Resource arn:aws:servicequotas:us-east-1:<<MANAGEMENT_ACCOUNT_ID>>:organizations/L-E619E033',
  ),
  ...own(
    'PreflightDefaultQuota',
    PREFLIGHT,
    'Effect Allow',
    'Action servicequotas:GetAWSDefaultServiceQuota',
    'Resource *',
  ),
  ...own(
    'PreflightPermissionSets',
    PREFLIGHT,
    'Effect Allow',
    'Action sso:ListPermissionSets',
    'Resource <<AWS_SSO_INSTANCE_ARN>>',
  ),
  ...own(
    'PreflightRights',
    PREFLIGHT,
    'Effect Allow',
    'Action iam:SimulatePrincipalPolicy',
    ...['Create', 'ControlTower'].map(managementRole),
  ),
  ...own(
    'PreflightTrust',
    PREFLIGHT,
    'Effect Allow',
    'Action iam:GetRole',
    ...['Create', 'Arrange', 'ControlTower', 'IdentityCenter', 'Read', 'Enter'].map(managementRole),
  ),
};

const READING =
  'The document uses an AWS managed policy for catalog readers. Here each class of functions may read only what those functions call.';

const FLEET =
  'The document does not update accounts. A rollout brings them to an update of the landing zone, one unit after the other.';

const catalog = {
  ...own(
    'ControlTowerReading',
    READING,
    'Effect Allow',
    'Resource *',
    'Action controltower:ListBaselines',
    'Action controltower:ListEnabledBaselines',
    'Action controltower:ListEnabledControls',
    'Action controltower:ListLandingZones',
  ),
  ...own(
    'FleetReading',
    FLEET,
    'Effect Allow',
    'Resource *',
    'Action controltower:ListLandingZoneOperations',
    'Action controltower:GetLandingZoneOperation',
    'Action controltower:GetBaselineOperation',
  ),
  ...own(
    'FleetUpdating',
    FLEET,
    'Effect Allow',
    'Resource arn:aws:controltower:eu-central-1:<<MANAGEMENT_ACCOUNT_ID>>:enabledbaseline/*',
    'Action controltower:ResetEnabledBaseline',
    'Action controltower:UpdateEnabledBaseline',
  ),
  ...own(
    'LandingZoneReading',
    READING,
    'Effect Allow',
    'Action controltower:GetLandingZone',
    'Resource arn:aws:controltower:*:<<MANAGEMENT_ACCOUNT_ID>>:landingzone/*',
  ),
  ...own(
    'AccountFactoryReading',
    READING,
    'Effect Allow',
    'Action servicecatalog:ListLaunchPaths',
    'Action servicecatalog:ListPortfoliosForProduct',
    'Action servicecatalog:ListProvisioningArtifacts',
    'Resource arn:aws:catalog:eu-central-1:<<MANAGEMENT_ACCOUNT_ID>>:product/prod-abcd1234',
  ),
  ...own(
    'PortfolioReading',
    READING,
    'Effect Allow',
    'Action servicecatalog:ListPrincipalsForPortfolio',
    'Resource arn:aws:catalog:*:<<MANAGEMENT_ACCOUNT_ID>>:portfolio/*',
  ),
  ...own(
    'ProvisionedProductReading',
    READING,
    'Effect Allow',
    'Action servicecatalog:DescribeRecord',
    'Action servicecatalog:SearchProvisionedProducts',
    'Resource *',
  ),
  ...own(
    'ProvisionedProductsOfAnybody',
    'AWS’s policy for end users lets a session change the products alone that it has made itself. An account that somebody else has enrolled has a product of theirs.',
    'Effect Allow',
    'Resource *',
    'Condition StringEquals servicecatalog:accountLevel self',
    'Action servicecatalog:TerminateProvisionedProduct',
    'Action servicecatalog:UpdateProvisionedProduct',
  ),
};

const TENANT_TAG =
  'The tag by which an account is its tenant’s, and by which it may be closed, is put by the class that creates and imports accounts, and by no other.';

const tags = {
  '- OrgManagementAccess1 Action organizations:TagResource': TENANT_TAG,
  '- OrgManagementAccess1 Action organizations:UntagResource': TENANT_TAG,
  '- OrgManagementAccess2 Action organizations:CreateAccount': TENANT_TAG,
  ...own(
    'OrgCreateTenantAccounts',
    TENANT_TAG,
    'Effect Allow',
    'Action organizations:CreateAccount',
    'Resource *',
    'Condition Null aws:RequestTag/account-vending:tenant-uuid false',
  ),
  ...own(
    'OrgTenantTag',
    TENANT_TAG,
    'Effect Allow',
    'Action organizations:TagResource',
    'Resource *',
    'Condition ForAllValues:StringEquals aws:TagKeys account-vending:tenant-uuid',
    'Condition Null aws:TagKeys false',
  ),
  ...own(
    'OrgTags',
    TENANT_TAG,
    'Effect Allow',
    'Action organizations:TagResource',
    'Action organizations:UntagResource',
    'Condition Null aws:TagKeys false',
    'Resource arn:aws:organizations::*:account/o-*/*',
  ),
  ...own(
    'OrgTenantTagIsOfAnotherClass',
    TENANT_TAG,
    'Effect Deny',
    'Action organizations:TagResource',
    'Action organizations:UntagResource',
    'Resource *',
    'Condition ForAnyValue:StringEqualsIgnoreCase aws:TagKeys account-vending:tenant-uuid',
  ),
};

const SERVICE_ACCOUNTS =
  'The accounts that the organization itself works with are never closed, whatever else is granted.';

const serviceAccounts = own(
  'OrgServiceAccountsStay',
  SERVICE_ACCOUNTS,
  'Effect Deny',
  'Action organizations:CloseAccount',
  ...['MANAGEMENT_ACCOUNT_ID', 'MESHCLOUD_ACCOUNT_ID', 'AUTOMATION_ACCOUNT_ID', 'SERVICE_ACCOUNT_ID'].map(
    (id) => `Resource arn:aws:organizations::<<MANAGEMENT_ACCOUNT_ID>>:account/o-*/<<${id}>>`,
  ),
);

const memberEntry = {
  '+ StsAccessMemberAccount Condition StringEquals sts:ExternalId <<EXTERNAL_ID>>': MEMBER_EXTERNAL_ID,
  '+ StsAccessMemberAccount Condition StringEquals sts:ExternalId <<EXTERNAL_ID>> before': RENEWAL,
};

const FACTORY_USER =
  'The Account Factory gives its user a permission set that is known by its name alone: what it has given is taken away, and nothing else of that user.';

const FACTORY_USER_STORE =
  'Where no identity store is configured, AWS tells which one there is, so that the Account Factory’s user is found.';

const NOT_IN_MANAGEMENT =
  'A hijacked function lets nobody into the management account. With `managementAccountAccess` another class assigns there.';

const managementOfFunctions = {
  ...memberEntry,
  ...preflight,
  ...catalog,
  ...tags,
  ...serviceAccounts,
  '+ OrgManagementAccess2 Action organizations:ListCreateAccountStatus': LOST_ANSWERS,
  '+ OrgManagementAccess2 Action organizations:ListDelegatedAdministrators':
    'An adoption leaves accounts alone that serve others; AWS tells which are delegated administrators.',
  '+ OrgManagementAccessSSO Action sso:ListAccountAssignmentsForPrincipal': ASSIGNMENTS,
  '+ OrgManagementAccessSSO Action sso:DeleteAccountAssignment': ASSIGNMENTS,
  '+ OrgManagementAccessSSO Action sso:DescribeAccountAssignmentDeletionStatus': ASSIGNMENTS,
  '+ OrgManagementAccessSSO Action sso:DescribePermissionSet': FACTORY_USER,
  ...own(
    'NotInTheManagementAccount',
    NOT_IN_MANAGEMENT,
    'Effect Deny',
    'Action sso:CreateAccountAssignment',
    'Action sso:DeleteAccountAssignment',
    'Resource arn:aws:sso:::account/<<MANAGEMENT_ACCOUNT_ID>>',
  ),
  ...own('FactoryUserInstance', FACTORY_USER_STORE, 'Effect Allow', 'Action sso:ListInstances', 'Resource *'),
  ...identityStore,
};

const NAMED_STACK_SETS =
  'Narrowed to the stack sets that the landing zones name. The wildcard at the end is the id that CloudFormation draws.';

const NAMED_FUNCTIONS =
  'Narrowed to the functions that the landing zones name, in a statement of its own; absent when there is none.';

const TARGETS =
  'AWS asks for the targets and the resource types of these stack sets as well, once the resources are not `*`: accounts are made later, and the types are those of the operator’s templates.';

export const deviations = {
  'MeshfedServiceRole, all classes: policy': {
    ...managementOfFunctions,
    '- OrgManagementAccess1 Action organizations:CreateOrganizationalUnit': ONLY_FOR_WORKSPACES,
    '- OrgManagementAccess1 Action organizations:ListOrganizationalUnitsForParent': ONLY_FOR_WORKSPACES,
    '- OrgManagementAccess2 Action organizations:ListRoots': NO_STEP_CALLS_IT,
    '- OrgManagementAccessSSO Action sso:ListAccountAssignments': NO_STEP_CALLS_IT,
  },
  'MeshfedServiceRole, each class: trust': trust,
  'MeshfedServiceRole-ControlTower: Account Factory': {},
  'MeshfedServiceRole for the connector: policy': memberEntry,
  'MeshfedServiceRole for the connector: trust': trustForConnector,
  'MeshCostExplorerServiceRole: policy': {},
  'MeshfedAutomationRole, all classes: policy': {
    '- AutomationPolicy Resource *': NAMED_STACK_SETS,
    '+ AutomationPolicy Resource arn:aws:cloudformation:eu-central-1:<<AUTOMATION_ACCOUNT_ID>>:stackset/baseline:*':
      NAMED_STACK_SETS,
    '+ AutomationPolicy Action cloudformation:DescribeStackSetOperation': OPERATIONS,
    '+ AutomationPolicy Action cloudformation:DescribeStackInstance': UNKNOWN_INSTANCES,
    '- AutomationPolicy Action lambda:InvokeFunction': NAMED_FUNCTIONS,
    '+ LandingZoneFunctions Effect Allow': NAMED_FUNCTIONS,
    '+ LandingZoneFunctions Action lambda:InvokeFunction': NAMED_FUNCTIONS,
    '+ LandingZoneFunctions Action lambda:GetFunctionConfiguration': PREFLIGHT,
    ...own(
      'PreflightTrust',
      PREFLIGHT,
      'Effect Allow',
      'Action iam:GetRole',
      ...['StackSets', 'Functions', 'Customizations', 'Read'].map(
        (ofClass) => `Resource arn:aws:iam::<<AUTOMATION_ACCOUNT_ID>>:role/MeshfedAutomationRole-${ofClass}`,
      ),
    ),
    '+ LandingZoneFunctions Resource arn:aws:lambda:eu-central-1:<<AUTOMATION_ACCOUNT_ID>>:function:landing-zone':
      NAMED_FUNCTIONS,
    '+ StackSetTargets Effect Allow': TARGETS,
    '+ StackSetTargets Action cloudformation:CreateStackInstances': TARGETS,
    '+ StackSetTargets Action cloudformation:UpdateStackInstances': TARGETS,
    '+ StackSetTargets Resource arn:aws:cloudformation:*:<<AUTOMATION_ACCOUNT_ID>>:stackset-target/baseline:*': TARGETS,
    '+ StackSetTargets Resource arn:aws:cloudformation:*:*:type/resource/*': TARGETS,
  },
  'MeshfedAutomationRole, each class: trust': trust,
  'MeshfedAutomationRole for the connector: policy': {},
  'MeshfedAutomationRole for the connector: trust': trustForConnector,
  'AWSCloudFormationStackSetAdministrationRole: policy': {},
  'AWSCloudFormationStackSetAdministrationRole: trust': {},
  'meshfed-service-user: policy': {},
  'CostExplorerUser: policy': {
    '- statement 1 Principal AWS arn:aws:iam::<<ORGANIZATION_ACCOUNT_ID>>:role/MeshCostExplorerServiceRole':
      'In the document the role is the principal of the user’s policy. A user’s policy has no principal: the role is its resource, and the role’s trust names the user.',
    '+ statement 1 Resource arn:aws:iam::<<MANAGEMENT_ACCOUNT_ID>>:role/MeshCostExplorerServiceRole':
      'The same the right way round.',
  },
  'the access role, downgraded': {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
