/**
 * Where our policies differ from those of the source document, and why: by policy, one line for each difference, as `differences` writes it.
 * `docs/iam.md` has the same lines. A line that is no longer true fails the comparison like one that is missing.
 */

const NO_STEP_CALLS_IT = 'No step calls it. With `serviceUser` it is granted, since meshStack’s own connector may.';

const RENEWAL =
  'While the ExternalId is being changed, the one before counts as well, so that nothing stops in between.';

const MEMBER_EXTERNAL_ID =
  'The way into every member account asks for the ExternalId as well, as meshcloud’s Terraform module does: a session that lacks it leads nowhere.';

const LOST_ANSWERS =
  'CreateAccount has no idempotency token: when its answer is lost, the request is looked for here before AWS is asked again.';

const ACCOUNT_AS_PRINCIPAL =
  'The functions have roles, so there is no user and no key. The principal is the account, narrowed by `aws:PrincipalArn`: so the stacks deploy in any order, and a role that is made anew is trusted again.';

const FUNCTION_ROLES = 'Exactly the roles of the functions that work with this role, by their fixed names.';

const CONNECTOR_USER = 'The user of the document, beside the functions: with `serviceUser` alone.';

const trust = {
  '- statement 1 Principal AWS arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:user/meshfed-service-user': ACCOUNT_AS_PRINCIPAL,
  '+ statement 1 Principal AWS arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:root': ACCOUNT_AS_PRINCIPAL,
  '+ statement 1 Condition ArnEquals aws:PrincipalArn arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:role/vending-<State>':
    FUNCTION_ROLES,
  '+ statement 1 Condition StringEquals sts:ExternalId <<EXTERNAL_ID>> before': RENEWAL,
};

const trustForConnector = {
  ...trust,
  '+ statement 1 Condition ArnEquals aws:PrincipalArn arn:aws:iam::<<MESHCLOUD_ACCOUNT_ID>>:user/meshfed-service-user':
    CONNECTOR_USER,
};

const ASSIGNMENTS =
  'The document never takes an assignment away; we take away what is no longer wanted, and look by group what is there.';

const GROUPS =
  'The document makes groups by SCIM and a bearer token. The API of the identity store needs no token: meshcloud’s newer Terraform module has these actions, too, but `identitystore:DescribeGroup`, by which a group of ours is known again.';

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

const PREFLIGHT =
  'Preflight tells beforehand what would go wrong, and reads for that what nothing in the document can read: by a function of its own, and no more than it looks at.';

const preflight = {
  '+ PreflightPolicies Effect Allow': PREFLIGHT,
  '+ PreflightPolicies Action organizations:DescribePolicy': PREFLIGHT,
  '+ PreflightPolicies Action organizations:ListPoliciesForTarget': PREFLIGHT,
  '+ PreflightPolicies Resource arn:aws:organizations::*:ou/o-*/ou-*': PREFLIGHT,
  '+ PreflightPolicies Resource arn:aws:organizations::*:policy/o-*/service_control_policy/p-*': PREFLIGHT,
  '+ PreflightPolicies Resource arn:aws:organizations::<<MANAGEMENT_ACCOUNT_ID>>:root/o-*/r-*': PREFLIGHT,
  '+ PreflightQuota Effect Allow': PREFLIGHT,
  '+ PreflightQuota Action servicequotas:GetServiceQuota': PREFLIGHT,
  '+ PreflightQuota Resource arn:aws:servicequotas:us-east-1:<<MANAGEMENT_ACCOUNT_ID>>:organizations/L-E619E033':
    PREFLIGHT,
  '+ PreflightDefaultQuota Effect Allow': PREFLIGHT,
  '+ PreflightDefaultQuota Action servicequotas:GetAWSDefaultServiceQuota': PREFLIGHT,
  '+ PreflightDefaultQuota Resource *': PREFLIGHT,
  '+ PreflightControlTower Effect Allow': PREFLIGHT,
  '+ PreflightControlTower Action controltower:ListEnabledBaselines': PREFLIGHT,
  '+ PreflightControlTower Action controltower:ListLandingZones': PREFLIGHT,
  '+ PreflightControlTower Resource *': PREFLIGHT,
  '+ PreflightLandingZone Effect Allow': PREFLIGHT,
  '+ PreflightLandingZone Action controltower:GetLandingZone': PREFLIGHT,
  '+ PreflightLandingZone Resource arn:aws:controltower:*:<<MANAGEMENT_ACCOUNT_ID>>:landingzone/*': PREFLIGHT,
  '+ PreflightRights Effect Allow': PREFLIGHT,
  '+ PreflightRights Action iam:SimulatePrincipalPolicy': PREFLIGHT,
  '+ PreflightRights Resource arn:aws:iam::<<MANAGEMENT_ACCOUNT_ID>>:role/MeshfedServiceRole': PREFLIGHT,
};

const managementInAnyCase = {
  ...preflight,
  '+ StsAccessMemberAccount Condition StringEquals sts:ExternalId <<EXTERNAL_ID>>': MEMBER_EXTERNAL_ID,
  '+ StsAccessMemberAccount Condition StringEquals sts:ExternalId <<EXTERNAL_ID>> before': RENEWAL,
  '+ OrgManagementAccess2 Action organizations:ListCreateAccountStatus': LOST_ANSWERS,
  '+ OrgManagementAccessSSO Action sso:ListAccountAssignmentsForPrincipal': ASSIGNMENTS,
  '+ OrgManagementAccessSSO Action sso:DeleteAccountAssignment': ASSIGNMENTS,
  '+ OrgManagementAccessSSO Action sso:DescribeAccountAssignmentDeletionStatus': ASSIGNMENTS,
  ...identityStore,
};

const NAMED_STACK_SETS =
  'Narrowed to the stack sets that the landing zones name. The wildcard at the end is the id that CloudFormation draws.';

const NAMED_FUNCTIONS =
  'Narrowed to the functions that the landing zones name, in a statement of its own; absent when there is none.';

const TARGETS =
  'AWS asks for the targets and the resource types of these stack sets as well, once the resources are not `*`: accounts are made later, and the types are those of the operator’s templates.';

export const deviations = {
  'MeshfedServiceRole: policy': {
    ...managementInAnyCase,
    '- OrgManagementAccess1 Action organizations:CreateOrganizationalUnit': NO_STEP_CALLS_IT,
    '- OrgManagementAccess1 Action organizations:ListOrganizationalUnitsForParent': NO_STEP_CALLS_IT,
    '- OrgManagementAccess2 Action organizations:ListRoots': NO_STEP_CALLS_IT,
    '- OrgManagementAccessSSO Action sso:ListAccountAssignments': NO_STEP_CALLS_IT,
  },
  'MeshfedServiceRole: trust': trust,
  'MeshfedServiceRole: Account Factory': {},
  'MeshfedServiceRole for the connector: policy': managementInAnyCase,
  'MeshfedServiceRole for the connector: trust': trustForConnector,
  'MeshCostExplorerServiceRole: policy': {},
  'MeshfedAutomationRole: policy': {
    '- AutomationPolicy Resource *': NAMED_STACK_SETS,
    '+ AutomationPolicy Resource arn:aws:cloudformation:eu-central-1:<<AUTOMATION_ACCOUNT_ID>>:stackset/baseline:*':
      NAMED_STACK_SETS,
    '- AutomationPolicy Action lambda:InvokeFunction': NAMED_FUNCTIONS,
    '+ LandingZoneFunctions Effect Allow': NAMED_FUNCTIONS,
    '+ LandingZoneFunctions Action lambda:InvokeFunction': NAMED_FUNCTIONS,
    '+ LandingZoneFunctions Action lambda:GetFunctionConfiguration': PREFLIGHT,
    '+ LandingZoneFunctions Resource arn:aws:lambda:eu-central-1:<<AUTOMATION_ACCOUNT_ID>>:function:landing-zone':
      NAMED_FUNCTIONS,
    '+ StackSetTargets Effect Allow': TARGETS,
    '+ StackSetTargets Action cloudformation:CreateStackInstances': TARGETS,
    '+ StackSetTargets Action cloudformation:UpdateStackInstances': TARGETS,
    '+ StackSetTargets Resource arn:aws:cloudformation:*:<<AUTOMATION_ACCOUNT_ID>>:stackset-target/baseline:*': TARGETS,
    '+ StackSetTargets Resource arn:aws:cloudformation:*:*:type/resource/*': TARGETS,
  },
  'MeshfedAutomationRole: trust': trust,
  'MeshfedAutomationRole for the connector: policy': {
    '+ AutomationPolicy Action lambda:GetFunctionConfiguration': PREFLIGHT,
  },
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
