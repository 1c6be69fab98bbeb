import { answers, asRole, type CaseGroup, refuses, type Step } from '../case';

const ROLE = { RoleName: '{{unique}}' };
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:{{partition}}:iam::{{management}}:root' }, Action: 'sts:AssumeRole' },
  ],
});
const POLICY_ARN = 'arn:{{partition}}:iam::aws:policy/ReadOnlyAccess';
const OWN_POLICY = { PolicyArn: 'arn:{{partition}}:iam::{{management}}:policy/{{unique}}' };
const SAML = { SAMLProviderArn: 'arn:{{partition}}:iam::{{management}}:saml-provider/{{unique}}' };
const PAGE = { Filter: 'SERVICE_CONTROL_POLICY' };
const PARENT = { ParentId: '{{root}}' };
const STORE = { IdentityStoreId: '{{store}}' };
const INSTANCE = { InstanceArn: '{{instance}}' };
const SET = { ...INSTANCE, PermissionSetArn: '{{factorySet}}' };
const ASSIGNMENT = {
  ...SET,
  TargetId: '{{member}}',
  TargetType: 'AWS_ACCOUNT',
  PrincipalType: 'GROUP',
  PrincipalId: '{{noUuid}}',
};
const STACK_SET = { StackSetName: '{{unique}}' };
const INSTANCES = { ...STACK_SET, Accounts: ['{{member}}'], Regions: ['{{region}}'] };
const STACK = { StackName: '{{unique}}' };
const CHANGE = { ...STACK, ChangeSetName: 'one' };
const TEMPLATE = JSON.stringify({ Resources: { Role: { Type: 'AWS::IAM::Role', Properties: {} } } });
const BASELINE = {
  enabledBaselineIdentifier:
    'arn:{{partition}}:controltower:{{region}}:{{management}}:enabledbaseline/XAHCR36WQA2B8DK2T',
};
const MONTH = { TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' } };
const TAGS = [{ Key: 'project', Value: 'shop' }];
const METADATA = `<EntityDescriptor ${'m'.repeat(1000)}></EntityDescriptor>`;

type Calls = Readonly<Record<string, Step['input']>>;

const ORGANIZATIONS: Calls = {
  DescribeOrganization: {},
  ListRoots: {},
  ListAccounts: {},
  ListAWSServiceAccessForOrganization: {},
  ListDelegatedAdministrators: {},
  ListCreateAccountStatus: {},
  DescribeAccount: { AccountId: '{{member}}' },
  CloseAccount: { AccountId: '{{member}}' },
  MoveAccount: { AccountId: '{{member}}', SourceParentId: '{{root}}', DestinationParentId: '{{unit}}' },
  ListParents: { ChildId: '{{member}}' },
  ListChildren: { ...PARENT, ChildType: 'ACCOUNT' },
  ListAccountsForParent: PARENT,
  ListOrganizationalUnitsForParent: PARENT,
  DescribeOrganizationalUnit: { OrganizationalUnitId: '{{unit}}' },
  CreateOrganizationalUnit: { ...PARENT, Name: '{{unique}}' },
  CreateAccount: { AccountName: '{{unique}}', Email: '{{managementEmail}}' },
  CreateGovCloudAccount: { AccountName: '{{unique}}', Email: '{{managementEmail}}' },
  DescribeCreateAccountStatus: { CreateAccountRequestId: 'car-00000000' },
  InviteAccountToOrganization: { Target: { Id: '{{noAccount}}', Type: 'ACCOUNT' } },
  AcceptHandshake: { HandshakeId: 'h-00000000' },
  TagResource: { ResourceId: '{{unit}}', Tags: TAGS },
  UntagResource: { ResourceId: '{{unit}}', TagKeys: ['project'] },
  ListTagsForResource: { ResourceId: '{{unit}}' },
  ListPolicies: PAGE,
  ListPoliciesForTarget: { ...PAGE, TargetId: '{{root}}' },
  ListTargetsForPolicy: { PolicyId: 'p-FullAWSAccess' },
  DescribePolicy: { PolicyId: 'p-FullAWSAccess' },
};

const IAM: Calls = {
  CreateRole: { RoleName: '{{unique}}-b', AssumeRolePolicyDocument: TRUST },
  GetRole: ROLE,
  DeleteRole: ROLE,
  ListRoles: {},
  UpdateAssumeRolePolicy: { ...ROLE, PolicyDocument: TRUST },
  PutRolePermissionsBoundary: { ...ROLE, PermissionsBoundary: POLICY_ARN },
  DeleteRolePermissionsBoundary: ROLE,
  AttachRolePolicy: { ...ROLE, PolicyArn: POLICY_ARN },
  DetachRolePolicy: { ...ROLE, PolicyArn: POLICY_ARN },
  ListAttachedRolePolicies: ROLE,
  ListRolePolicies: ROLE,
  PutRolePolicy: { ...ROLE, PolicyName: 'one', PolicyDocument: TRUST },
  GetRolePolicy: { ...ROLE, PolicyName: 'one' },
  DeleteRolePolicy: { ...ROLE, PolicyName: 'one' },
  CreatePolicy: { PolicyName: '{{unique}}', PolicyDocument: TRUST },
  GetPolicy: OWN_POLICY,
  DeletePolicy: OWN_POLICY,
  ListPolicies: {},
  CreatePolicyVersion: { ...OWN_POLICY, PolicyDocument: TRUST },
  GetPolicyVersion: { ...OWN_POLICY, VersionId: 'v1' },
  SetDefaultPolicyVersion: { ...OWN_POLICY, VersionId: 'v1' },
  DeletePolicyVersion: { ...OWN_POLICY, VersionId: 'v1' },
  CreateAccountAlias: { AccountAlias: '{{unique}}' },
  DeleteAccountAlias: { AccountAlias: '{{unique}}' },
  ListAccountAliases: {},
  GetAccountPasswordPolicy: {},
  UpdateAccountPasswordPolicy: {},
  CreateSAMLProvider: { Name: '{{unique}}', SAMLMetadataDocument: METADATA },
  GetSAMLProvider: SAML,
  UpdateSAMLProvider: { ...SAML, SAMLMetadataDocument: METADATA },
  DeleteSAMLProvider: SAML,
  SimulatePrincipalPolicy: {
    PolicySourceArn: 'arn:{{partition}}:iam::{{management}}:role/{{unique}}',
    ActionNames: ['iam:GetRole'],
  },
};

const CLOUDFORMATION: Calls = {
  CreateStackSet: { ...STACK_SET, TemplateBody: TEMPLATE },
  DescribeStackSet: STACK_SET,
  ListStackSets: {},
  ListStackInstances: STACK_SET,
  DescribeStackInstance: {
    ...STACK_SET,
    StackInstanceAccount: '{{member}}',
    StackInstanceRegion: '{{region}}',
  },
  DescribeStackSetOperation: { ...STACK_SET, OperationId: '{{noUuid}}' },
  CreateStackInstances: INSTANCES,
  UpdateStackInstances: INSTANCES,
  DeleteStackInstances: { ...INSTANCES, RetainStacks: false },
  CreateChangeSet: { ...CHANGE, TemplateBody: TEMPLATE },
  DescribeChangeSet: CHANGE,
  ExecuteChangeSet: CHANGE,
  DeleteChangeSet: CHANGE,
  DescribeStacks: STACK,
  DescribeStackEvents: STACK,
  DescribeStackResources: STACK,
  DeleteStack: STACK,
};

const SERVICE_CATALOG: Calls = {
  SearchProductsAsAdmin: {},
  SearchProvisionedProducts: {},
  ListProvisioningArtifacts: { ProductId: '{{product}}' },
  ListLaunchPaths: { ProductId: '{{product}}' },
  ListPortfoliosForProduct: { ProductId: '{{product}}' },
  ListPrincipalsForPortfolio: { PortfolioId: '{{portfolio}}' },
  AssociatePrincipalWithPortfolio: {
    PortfolioId: '{{portfolio}}',
    PrincipalType: 'IAM',
    PrincipalARN: 'arn:{{partition}}:iam::{{management}}:role/{{unique}}',
  },
  DescribeProvisionedProduct: { Name: '{{unique}}' },
  DescribeRecord: { Id: 'rec-0000000000000' },
  ListRecordHistory: {},
  ProvisionProduct: {
    ProductId: '{{product}}',
    ProvisioningArtifactId: '{{artifact}}',
    ProvisionedProductName: '{{unique}}',
    ProvisionToken: '{{unique}}',
  },
  UpdateProvisionedProduct: { ProvisionedProductName: '{{unique}}', UpdateToken: '{{unique}}' },
  TerminateProvisionedProduct: { ProvisionedProductName: '{{unique}}', TerminateToken: '{{unique}}' },
};

const CONTROL_TOWER: Calls = {
  ListLandingZones: {},
  GetLandingZone: { landingZoneIdentifier: '{{landingZone}}' },
  ListBaselines: {},
  ListEnabledBaselines: {},
  ListEnabledControls: {},
  ListLandingZoneOperations: {},
  GetLandingZoneOperation: { operationIdentifier: '{{noUuid}}' },
  ResetEnabledBaseline: BASELINE,
  UpdateEnabledBaseline: { ...BASELINE, baselineVersion: '5.0' },
  GetBaselineOperation: { operationIdentifier: '{{noUuid}}' },
};

const MEMBER = { MemberId: { UserId: '{{noUuid}}' } };
const unique = (AttributePath: string) => ({
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue: '{{unique}}' } },
});
const IDENTITY_STORE: Calls = {
  ListUsers: STORE,
  ListGroups: STORE,
  CreateGroup: { ...STORE, DisplayName: '{{unique}}' },
  DescribeGroup: { ...STORE, GroupId: '{{noUuid}}' },
  DeleteGroup: { ...STORE, GroupId: '{{noUuid}}' },
  GetGroupId: { ...STORE, ...unique('displayName') },
  CreateUser: {
    ...STORE,
    UserName: '{{unique}}',
    DisplayName: 'Con',
    Name: { GivenName: 'Con', FamilyName: 'Formance' },
  },
  DescribeUser: { ...STORE, UserId: '{{noUuid}}' },
  DeleteUser: { ...STORE, UserId: '{{noUuid}}' },
  GetUserId: { ...STORE, ...unique('userName') },
  CreateGroupMembership: { ...STORE, GroupId: '{{noUuid}}', ...MEMBER },
  DeleteGroupMembership: { ...STORE, MembershipId: '{{noUuid}}' },
  ListGroupMemberships: { ...STORE, GroupId: '{{noUuid}}' },
  ListGroupMembershipsForMember: { ...STORE, ...MEMBER },
};

const SSO_ADMIN: Calls = {
  ListInstances: {},
  CreatePermissionSet: { ...INSTANCE, Name: '{{unique}}' },
  DescribePermissionSet: SET,
  DeletePermissionSet: SET,
  ListPermissionSets: INSTANCE,
  CreateAccountAssignment: ASSIGNMENT,
  DeleteAccountAssignment: ASSIGNMENT,
  DescribeAccountAssignmentCreationStatus: { ...INSTANCE, AccountAssignmentCreationRequestId: '{{noUuid}}' },
  DescribeAccountAssignmentDeletionStatus: { ...INSTANCE, AccountAssignmentDeletionRequestId: '{{noUuid}}' },
  ListAccountAssignments: { ...SET, AccountId: '{{member}}' },
  ListAccountAssignmentsForPrincipal: { ...INSTANCE, PrincipalType: 'GROUP', PrincipalId: '{{noUuid}}' },
};

const COSTS: Calls = {
  GetCostAndUsage: { ...MONTH, Granularity: 'MONTHLY', Metrics: ['AmortizedCost'] },
  GetReservationUtilization: { ...MONTH, GroupBy: [{ Type: 'DIMENSION', Key: 'SUBSCRIPTION_ID' }] },
  GetSavingsPlansUtilizationDetails: MONTH,
  GetDimensionValues: { ...MONTH, Dimension: 'LINKED_ACCOUNT', Context: 'RESERVATIONS' },
};

const refusedIn = (service: string, calls: Calls, error: string): readonly Step[] =>
  Object.entries(calls).map(([call, input]) => refuses(`${service}:${call}`, input, error));
const DENIED = 'AccessDeniedException';

/** In one case, since each needs a landing zone: an emulator has none, and is asked nothing here. */
export const noRights: CaseGroup = {
  service: 'controltower',
  cases: [
    {
      name: 'a role without any right is refused by each service, whatever it asks for',
      evidence: 'IAM UserGuide reference_policies_evaluation-logic: implicit deny; ServiceAuthorization, each service',
      steps: [
        answers('GetLandingZone', { landingZoneIdentifier: '{{landingZone}}' }),
        answers('iam:CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST }),
        ...asRole([
          answers('sts:GetCallerIdentity', {}, {}, { within: 120 }),
          ...refusedIn('controltower', CONTROL_TOWER, DENIED),
          // Organizations may ask for a pause between calls.
          ...refusedIn('organizations', ORGANIZATIONS, DENIED).map((step) => ({ ...step, within: 60 })),
          ...refusedIn('iam', IAM, 'AccessDenied'),
          ...refusedIn('cloudformation', CLOUDFORMATION, 'AccessDenied'),
          ...refusedIn('servicecatalog', SERVICE_CATALOG, DENIED),
          ...refusedIn('identitystore', IDENTITY_STORE, DENIED),
          ...refusedIn('sso-admin', SSO_ADMIN, DENIED),
          ...refusedIn('ce', COSTS, DENIED),
          refuses('service-quotas:GetServiceQuota', { ServiceCode: 'organizations', QuotaCode: 'L-E619E033' }, DENIED),
          refuses(
            'service-quotas:GetAWSDefaultServiceQuota',
            { ServiceCode: 'organizations', QuotaCode: 'L-E619E033' },
            DENIED,
          ),
        ]),
        answers('iam:GetRole', ROLE),
      ],
      cleanup: [answers('iam:DeleteRole', ROLE)],
    },
  ],
};
