import { answers, asRole, type CaseGroup, type ConformanceCase, refuses, type ServiceName, type Step } from '../case';
import { count, includes, matches, text, type Pattern } from '../pattern';

const ROLE = { RoleName: '{{unique}}' };
const POLICY = { ...ROLE, PolicyName: 'limited' };
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:{{partition}}:iam::{{management}}:root' }, Action: 'sts:AssumeRole' },
  ],
});

interface Right {
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

const documentOf = (rights: readonly Right[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: rights.map((right) => ({ Effect: 'Allow', Resource: '*', ...right })),
  });

const made = (rights: readonly Right[]): readonly Step[] => [
  answers('iam:CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST }),
  answers('iam:PutRolePolicy', { ...POLICY, PolicyDocument: documentOf(rights) }),
  // A refusal before the role can be assumed would say nothing about its rights.
  ...asRole([answers('sts:GetCallerIdentity', {}, {}, { within: 120 })]),
];

const GONE: readonly Step[] = [answers('iam:DeleteRolePolicy', POLICY), answers('iam:DeleteRole', ROLE)];

/** A role with these rights alone, and what it may and may not do. */
const limited = (
  name: string,
  evidence: string,
  rights: readonly Right[],
  { before = [], steps, after = [], cleanup = [] }: Parts,
): ConformanceCase => ({
  name,
  evidence,
  steps: [...before, ...made(rights), ...asRole(steps), ...after],
  cleanup: [...cleanup, ...GONE],
});

interface Parts {
  readonly before?: readonly Step[];
  readonly steps: readonly Step[];
  readonly after?: readonly Step[];
  readonly cleanup?: readonly Step[];
}

/** Rights reach a role some time after they were given. */
const may = (call: string, input: Step['input'], output: Pattern = {}, save?: string): Step =>
  answers(call, input, output, { within: 120, ...(save === undefined ? {} : { save }) });

const mayNot =
  (error: string) =>
  (call: string, input: Step['input'] = {}): Step =>
    // Organizations may ask for a pause between writes.
    refuses(call, input, error, { within: 30 });

const inOrganization = (rest: string): string =>
  `arn:{{partition}}:organizations::{{management}}:${rest.replace('/', '/{{organization}}/')}`;
const UNIT = inOrganization('ou/{{unit}}');
const MEMBER = inOrganization('account/{{member}}');
const ROOT = inOrganization('root/{{root}}');

const tagged = (ResourceId: string, Value = 'shop', Key = 'project'): Step['input'] => ({
  ResourceId,
  Tags: [{ Key, Value }],
});
const untagged = (ResourceId: string): Step =>
  answers('organizations:UntagResource', { ResourceId, TagKeys: ['project', 'other'] });

const refusedByOrganizations = mayNot('AccessDeniedException');

const organizations: readonly ConformanceCase[] = [
  limited(
    'a right to one account is none to another',
    'ServiceAuthorization list_awsorganizations: DescribeAccount, account*',
    [{ Action: 'organizations:DescribeAccount', Resource: MEMBER }],
    {
      steps: [
        may('DescribeAccount', { AccountId: '{{member}}' }, { Account: { Id: '{{member}}' } }),
        refusedByOrganizations('DescribeAccount', { AccountId: '{{management}}' }),
        refusedByOrganizations('ListAccounts'),
      ],
    },
  ),
  limited(
    'a right to one unit is none to the root',
    'ServiceAuthorization list_awsorganizations: ListOrganizationalUnitsForParent, DescribeOrganizationalUnit',
    [
      {
        Action: [
          'organizations:DescribeOrganizationalUnit',
          'organizations:ListOrganizationalUnitsForParent',
          'organizations:ListAccountsForParent',
          'organizations:ListChildren',
          'organizations:ListParents',
          'organizations:ListTagsForResource',
          'organizations:ListPoliciesForTarget',
        ],
        Resource: UNIT,
      },
    ],
    {
      steps: [
        may('DescribeOrganizationalUnit', { OrganizationalUnitId: '{{unit}}' }),
        may('ListOrganizationalUnitsForParent', { ParentId: '{{unit}}' }),
        may('ListAccountsForParent', { ParentId: '{{unit}}' }),
        may('ListChildren', { ParentId: '{{unit}}', ChildType: 'ACCOUNT' }),
        may('ListParents', { ChildId: '{{unit}}' }),
        may('ListTagsForResource', { ResourceId: '{{unit}}' }),
        may('ListPoliciesForTarget', { TargetId: '{{unit}}', Filter: 'SERVICE_CONTROL_POLICY' }),
        refusedByOrganizations('DescribeOrganizationalUnit', { OrganizationalUnitId: '{{registeredId}}' }),
        refusedByOrganizations('ListOrganizationalUnitsForParent', { ParentId: '{{root}}' }),
        refusedByOrganizations('ListAccountsForParent', { ParentId: '{{root}}' }),
        refusedByOrganizations('ListChildren', { ParentId: '{{root}}', ChildType: 'ACCOUNT' }),
        refusedByOrganizations('ListParents', { ChildId: '{{member}}' }),
        refusedByOrganizations('ListTagsForResource', { ResourceId: '{{root}}' }),
        refusedByOrganizations('ListPoliciesForTarget', { TargetId: '{{root}}', Filter: 'SERVICE_CONTROL_POLICY' }),
      ],
    },
  ),
  limited(
    'a right to a parent is one to make units in it',
    'ServiceAuthorization list_awsorganizations: CreateOrganizationalUnit',
    [{ Action: 'organizations:CreateOrganizationalUnit', Resource: UNIT }],
    {
      steps: [
        may('CreateOrganizationalUnit', { ParentId: '{{unit}}', Name: '{{unique}}' }, {}, 'one'),
        refusedByOrganizations('CreateOrganizationalUnit', { ParentId: '{{root}}', Name: '{{unique}}' }),
        refusedByOrganizations('CreateOrganizationalUnit', {
          ParentId: '{{unit}}',
          Name: '{{unique}}-b',
          Tags: [{ Key: 'project', Value: 'shop' }],
        }),
      ],
      cleanup: [answers('DeleteOrganizationalUnit', { OrganizationalUnitId: '{{one.OrganizationalUnit.Id}}' })],
    },
  ),
  limited(
    'an account is moved with rights to it and to both parents',
    'ServiceAuthorization list_awsorganizations: MoveAccount',
    [{ Action: 'organizations:MoveAccount', Resource: [MEMBER, UNIT, ROOT] }],
    {
      steps: [
        may('MoveAccount', { AccountId: '{{member}}', SourceParentId: '{{root}}', DestinationParentId: '{{unit}}' }),
        refusedByOrganizations('MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{unit}}',
          DestinationParentId: '{{registeredId}}',
        }),
        may('MoveAccount', { AccountId: '{{member}}', SourceParentId: '{{unit}}', DestinationParentId: '{{root}}' }),
      ],
      cleanup: [
        answers('MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{unit}}',
          DestinationParentId: '{{root}}',
        }),
      ],
    },
  ),
  limited(
    'a right to tag can be one to a value and a key',
    'orgs_tagging_abac: aws:RequestTag, aws:TagKeys',
    [
      {
        Action: 'organizations:TagResource',
        Resource: UNIT,
        Condition: {
          StringEquals: { 'aws:RequestTag/project': 'shop' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] },
        },
      },
      {
        Action: 'organizations:UntagResource',
        Resource: UNIT,
        Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] } },
      },
    ],
    {
      steps: [
        may('TagResource', tagged('{{unit}}')),
        refusedByOrganizations('TagResource', tagged('{{unit}}', 'other')),
        refusedByOrganizations('TagResource', tagged('{{unit}}', 'shop', 'other')),
        refusedByOrganizations('TagResource', tagged('{{member}}')),
        refusedByOrganizations('UntagResource', { ResourceId: '{{unit}}', TagKeys: ['other'] }),
        may('UntagResource', { ResourceId: '{{unit}}', TagKeys: ['project'] }),
      ],
      cleanup: [untagged('{{unit}}'), untagged('{{member}}')],
    },
  ),
  limited(
    'an account is made with tags only with the right to tag',
    'API_CreateAccount: Tags, organizations:TagResource',
    [{ Action: 'organizations:CreateAccount' }],
    {
      steps: [
        // An address that is taken, so that no account is made.
        may('CreateAccount', { AccountName: '{{unique}}', Email: '{{managementEmail}}' }, {}, 'accepted'),
        refusedByOrganizations('CreateAccount', {
          AccountName: '{{unique}}',
          Email: '{{managementEmail}}',
          Tags: [{ Key: 'project', Value: 'shop' }],
        }),
        refusedByOrganizations('DescribeCreateAccountStatus', {
          CreateAccountRequestId: '{{accepted.CreateAccountStatus.Id}}',
        }),
      ],
      after: [
        answers(
          'DescribeCreateAccountStatus',
          { CreateAccountRequestId: '{{accepted.CreateAccountStatus.Id}}' },
          { CreateAccountStatus: { State: 'FAILED' } },
          { within: 600 },
        ),
      ],
    },
  ),
  limited(
    'a right to read policies is none to read their targets',
    'ServiceAuthorization list_awsorganizations: DescribePolicy, ListTargetsForPolicy, ListPolicies',
    [{ Action: ['organizations:ListPolicies', 'organizations:DescribePolicy'] }],
    {
      steps: [
        may('ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' }, { Policies: includes({ Id: 'p-FullAWSAccess' }) }),
        may('DescribePolicy', { PolicyId: 'p-FullAWSAccess' }),
        refusedByOrganizations('ListTargetsForPolicy', { PolicyId: 'p-FullAWSAccess' }),
        refusedByOrganizations('DescribeOrganization'),
      ],
    },
  ),
];

const OWN_ROLE = 'arn:{{partition}}:iam::{{management}}:role/{{unique}}';
const OTHER = { RoleName: '{{unique}}-other' };
const OTHER_ARN = `${OWN_ROLE}-other`;
const READ_ONLY = 'arn:{{partition}}:iam::aws:policy/ReadOnlyAccess';
const BILLING = 'arn:{{partition}}:iam::aws:policy/job-function/Billing';
const OTHER_MADE = answers('iam:CreateRole', { ...OTHER, AssumeRolePolicyDocument: TRUST });
const OTHER_GONE: readonly Step[] = [
  answers('iam:DetachRolePolicy', { ...OTHER, PolicyArn: BILLING }),
  answers('iam:DetachRolePolicy', { ...OTHER, PolicyArn: READ_ONLY }),
  answers('iam:DeleteRolePolicy', { ...OTHER, PolicyName: 'one' }),
  answers('iam:DeleteRole', OTHER),
];
const NOTHING = documentOf([{ Action: 's3:ListAllMyBuckets' }]);
const refusedByIam = mayNot('AccessDenied');

const iam: readonly ConformanceCase[] = [
  limited(
    'a right to one role is none to another',
    'ServiceAuthorization list_awsidentityandaccessmanagement: GetRole, role*',
    [
      {
        Action: ['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'],
        Resource: OWN_ROLE,
      },
    ],
    {
      before: [OTHER_MADE],
      steps: [
        may('GetRole', ROLE),
        may('ListRolePolicies', ROLE, { PolicyNames: ['limited'] }),
        may('GetRolePolicy', POLICY),
        may('ListAttachedRolePolicies', ROLE),
        refusedByIam('GetRole', OTHER),
        refusedByIam('ListRolePolicies', OTHER),
        refusedByIam('GetRolePolicy', { ...OTHER, PolicyName: 'one' }),
        refusedByIam('ListAttachedRolePolicies', OTHER),
        refusedByIam('DeleteRole', OTHER),
      ],
      cleanup: OTHER_GONE,
    },
  ),
  limited(
    'a right to attach can be one to some policies alone',
    'IAM UserGuide reference_policies_iam-condition-keys: iam:PolicyARN',
    [
      {
        Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        Resource: OTHER_ARN,
        Condition: { ArnEquals: { 'iam:PolicyARN': BILLING } },
      },
    ],
    {
      before: [OTHER_MADE],
      steps: [
        may('AttachRolePolicy', { ...OTHER, PolicyArn: BILLING }),
        refusedByIam('AttachRolePolicy', { ...OTHER, PolicyArn: READ_ONLY }),
        refusedByIam('AttachRolePolicy', { ...ROLE, PolicyArn: BILLING }),
        may('DetachRolePolicy', { ...OTHER, PolicyArn: BILLING }),
      ],
      cleanup: OTHER_GONE,
    },
  ),
  limited(
    'a right to a role can be one to roles with a boundary alone',
    'IAM UserGuide access_policies_boundaries: iam:PermissionsBoundary',
    [
      {
        Action: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary', 'iam:DeleteRolePolicy'],
        Resource: OTHER_ARN,
        Condition: { ArnEquals: { 'iam:PermissionsBoundary': READ_ONLY } },
      },
    ],
    {
      steps: [
        may('CreateRole', { ...OTHER, AssumeRolePolicyDocument: TRUST, PermissionsBoundary: READ_ONLY }),
        may('PutRolePolicy', { ...OTHER, PolicyName: 'one', PolicyDocument: NOTHING }),
        refusedByIam('PutRolePermissionsBoundary', { ...OTHER, PermissionsBoundary: BILLING }),
        may('PutRolePermissionsBoundary', { ...OTHER, PermissionsBoundary: READ_ONLY }),
        refusedByIam('DeleteRolePermissionsBoundary', OTHER),
      ],
      after: [
        answers('PutRolePermissionsBoundary', { ...OTHER, PermissionsBoundary: BILLING }),
        ...asRole([refuses('DeleteRolePolicy', { ...OTHER, PolicyName: 'one' }, 'AccessDenied', { within: 120 })]),
        answers('GetRolePolicy', { ...OTHER, PolicyName: 'one' }),
      ],
      cleanup: OTHER_GONE,
    },
  ),
  limited(
    'a right to one policy is none to another',
    'ServiceAuthorization list_awsidentityandaccessmanagement: CreatePolicy, GetPolicy, policy*',
    [
      {
        Action: ['iam:CreatePolicy', 'iam:GetPolicy', 'iam:CreatePolicyVersion', 'iam:GetPolicyVersion'],
        Resource: 'arn:{{partition}}:iam::{{management}}:policy/{{unique}}',
      },
    ],
    {
      steps: [
        may('CreatePolicy', { PolicyName: '{{unique}}', PolicyDocument: NOTHING }, {}, 'policy'),
        may('GetPolicy', { PolicyArn: '{{policy.Policy.Arn}}' }),
        may('GetPolicyVersion', { PolicyArn: '{{policy.Policy.Arn}}', VersionId: 'v1' }),
        refusedByIam('CreatePolicy', { PolicyName: '{{unique}}-b', PolicyDocument: NOTHING }),
        refusedByIam('CreatePolicy', { PolicyName: '{{unique}}', Path: '/b/', PolicyDocument: NOTHING }),
        refusedByIam('GetPolicy', { PolicyArn: '{{policy.Policy.Arn}}-b' }),
        refusedByIam('DeletePolicy', { PolicyArn: '{{policy.Policy.Arn}}' }),
      ],
      cleanup: [answers('iam:DeletePolicy', { PolicyArn: '{{policy.Policy.Arn}}' })],
    },
  ),
  limited(
    'a boundary is the most that a role may do',
    'IAM UserGuide access_policies_boundaries',
    [{ Action: ['iam:GetRole', 'iam:ListRoles'] }],
    {
      steps: [may('GetRole', ROLE), may('ListRoles', {})],
      after: [
        answers('PutRolePermissionsBoundary', { ...ROLE, PermissionsBoundary: BILLING }),
        ...asRole([
          refuses('GetRole', ROLE, 'AccessDenied', { within: 120 }),
          refuses('ListRoles', {}, 'AccessDenied', { within: 120 }),
        ]),
        answers('DeleteRolePermissionsBoundary', ROLE),
        ...asRole([may('GetRole', ROLE)]),
      ],
    },
  ),
  limited(
    'a right that is taken away is gone, and another is there',
    'IAM UserGuide troubleshoot: changes are not always immediately visible',
    [{ Action: 'iam:GetRole' }],
    {
      steps: [may('GetRole', ROLE), refusedByIam('ListRoles')],
      after: [
        answers('PutRolePolicy', { ...POLICY, PolicyDocument: documentOf([{ Action: 'iam:ListRoles' }]) }),
        ...asRole([may('ListRoles', {}), refuses('GetRole', ROLE, 'AccessDenied', { within: 120 })]),
      ],
    },
  ),
];

const INSTANCE = { InstanceArn: '{{instance}}' };
const SET = { ...INSTANCE, PermissionSetArn: '{{made.PermissionSet.PermissionSetArn}}' };
const OTHER_SET = { ...INSTANCE, PermissionSetArn: '{{other.PermissionSet.PermissionSetArn}}' };
const setMade = (Name: string, save: string): Step =>
  answers('sso-admin:CreatePermissionSet', { ...INSTANCE, Name }, {}, { save });

const ssoAdmin: readonly ConformanceCase[] = [
  limited(
    'a right to one permission set is none to another',
    'singlesignon userguide iam-auth-access-using-id-policies; ServiceAuthorization list_awsiamidentitycenter',
    [
      {
        Action: ['sso:DescribePermissionSet', 'sso:ListAccountAssignments', 'sso:DeletePermissionSet'],
        Resource: ['{{instance}}', '{{made.PermissionSet.PermissionSetArn}}', 'arn:{{partition}}:sso:::account/*'],
      },
    ],
    {
      before: [setMade('{{unique}}', 'made'), setMade('{{unique}}-b', 'other')],
      steps: [
        may('DescribePermissionSet', SET, { PermissionSet: { Name: '{{unique}}' } }),
        may('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }),
        refuses('DescribePermissionSet', OTHER_SET, 'AccessDeniedException'),
        refuses('ListAccountAssignments', { ...OTHER_SET, AccountId: '{{member}}' }, 'AccessDeniedException'),
        refuses('DeletePermissionSet', OTHER_SET, 'AccessDeniedException'),
        refuses('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}-c' }, 'AccessDeniedException'),
        refuses('ListInstances', {}, 'AccessDeniedException'),
      ],
      cleanup: [answers('DeletePermissionSet', SET), answers('DeletePermissionSet', OTHER_SET)],
    },
  ),
  limited(
    'a right to one account is none to assign in another',
    'ServiceAuthorization list_awsiamidentitycenter: CreateAccountAssignment, Account*, Instance*, PermissionSet*',
    [
      {
        Action: ['sso:CreateAccountAssignment', 'sso:ListAccountAssignments', 'sso:DescribePermissionSet'],
        Resource: [
          '{{instance}}',
          'arn:{{partition}}:sso:::permissionSet/*',
          'arn:{{partition}}:sso:::account/{{member}}',
        ],
      },
    ],
    {
      before: [setMade('{{unique}}', 'made')],
      steps: [
        may('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }),
        refuses('ListAccountAssignments', { ...SET, AccountId: '{{management}}' }, 'AccessDeniedException'),
        refuses(
          'CreateAccountAssignment',
          {
            ...SET,
            TargetId: '{{management}}',
            TargetType: 'AWS_ACCOUNT',
            PrincipalType: 'GROUP',
            PrincipalId: '{{noUuid}}',
          },
          'AccessDeniedException',
        ),
      ],
      cleanup: [answers('DeletePermissionSet', SET)],
    },
  ),
];

const inManagement = (call: string, more: object): Step =>
  answers(
    call,
    {
      ...SET,
      TargetId: '{{management}}',
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'GROUP',
      PrincipalId: '{{group.GroupId}}',
    },
    {},
    { within: 120, ...more },
  );
const creationEnded = (save: string, more: Pattern): Step =>
  answers(
    'sso-admin:DescribeAccountAssignmentCreationStatus',
    { ...INSTANCE, AccountAssignmentCreationRequestId: `{{${save}.AccountAssignmentCreationStatus.RequestId}}` },
    { AccountAssignmentCreationStatus: more },
    { within: 300 },
  );
const deletionEnded = (save: string, more: Pattern): Step =>
  answers(
    'sso-admin:DescribeAccountAssignmentDeletionStatus',
    { ...INSTANCE, AccountAssignmentDeletionRequestId: `{{${save}.AccountAssignmentDeletionStatus.RequestId}}` },
    { AccountAssignmentDeletionStatus: more },
    { within: 300 },
  );

const assigningInManagement = limited(
  'an assignment in the management account takes the rights of the caller in IAM',
  'singlesignon userguide troubleshooting: Access denied by IAM; hashicorp/terraform-provider-aws#20141',
  [{ Action: 'sso:*' }],
  {
    before: [
      setMade('{{unique}}', 'made'),
      answers(
        'identitystore:CreateGroup',
        { IdentityStoreId: '{{store}}', DisplayName: '{{unique}}' },
        {},
        { save: 'group' },
      ),
    ],
    steps: [inManagement('CreateAccountAssignment', { save: 'refused' })],
    after: [
      creationEnded('refused', { Status: 'FAILED', FailureReason: text }),
      answers('ListAccountAssignments', { ...SET, AccountId: '{{management}}' }, { AccountAssignments: count(0) }),
      inManagement('CreateAccountAssignment', { save: 'taken' }),
      creationEnded('taken', { Status: 'SUCCEEDED' }),
      ...asRole([inManagement('DeleteAccountAssignment', { save: 'kept' })]),
      deletionEnded('kept', { Status: 'FAILED', FailureReason: text }),
      answers('ListAccountAssignments', { ...SET, AccountId: '{{management}}' }, { AccountAssignments: count(1) }),
      inManagement('DeleteAccountAssignment', { save: 'gone' }),
      deletionEnded('gone', { Status: 'SUCCEEDED' }),
    ],
    cleanup: [
      inManagement('DeleteAccountAssignment', { save: 'end' }),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      answers('DeletePermissionSet', SET),
      answers('identitystore:DeleteGroup', { IdentityStoreId: '{{store}}', GroupId: '{{group.GroupId}}' }),
    ],
  },
);

const inMember = (call: string, save: string): Step =>
  answers(
    call,
    {
      ...SET,
      TargetId: '{{member}}',
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'GROUP',
      PrincipalId: '{{group.GroupId}}',
    },
    {},
    { within: 120, save },
  );

const assigningInMember = limited(
  'an assignment in a member takes no rights of the caller in IAM',
  'singlesignon userguide iam-auth-access-using-id-policies: sso:CreateAccountAssignment',
  [{ Action: 'sso:*' }],
  {
    before: [
      setMade('{{unique}}', 'made'),
      answers(
        'identitystore:CreateGroup',
        { IdentityStoreId: '{{store}}', DisplayName: '{{unique}}' },
        {},
        { save: 'group' },
      ),
    ],
    steps: [inMember('CreateAccountAssignment', 'taken')],
    after: [
      creationEnded('taken', { Status: 'SUCCEEDED' }),
      ...asRole([inMember('DeleteAccountAssignment', 'gone')]),
      deletionEnded('gone', { Status: 'SUCCEEDED' }),
      answers('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, { AccountAssignments: count(0) }),
    ],
    cleanup: [
      inMember('DeleteAccountAssignment', 'end'),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      answers('DeletePermissionSet', SET),
      answers('identitystore:DeleteGroup', { IdentityStoreId: '{{store}}', GroupId: '{{group.GroupId}}' }),
    ],
  },
);

const TEMPLATE = JSON.stringify({ Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } });
const setOf = (StackSetName: string): Step =>
  answers('cloudformation:CreateStackSet', { StackSetName, TemplateBody: TEMPLATE });

const cloudFormation: readonly ConformanceCase[] = [
  limited(
    'a right to one stack set is none to another',
    'ServiceAuthorization list_awscloudformation: stackset*',
    [
      {
        Action: ['cloudformation:DescribeStackSet', 'cloudformation:ListStackInstances'],
        Resource: 'arn:{{partition}}:cloudformation:*:{{management}}:stackset/{{unique}}:*',
      },
    ],
    {
      before: [setOf('{{unique}}'), setOf('{{unique}}-b')],
      steps: [
        may('DescribeStackSet', { StackSetName: '{{unique}}' }),
        may('ListStackInstances', { StackSetName: '{{unique}}' }),
        refuses('DescribeStackSet', { StackSetName: '{{unique}}-b' }, 'AccessDenied'),
        refuses('ListStackInstances', { StackSetName: '{{unique}}-b' }, 'AccessDenied'),
        refuses('CreateStackSet', { StackSetName: '{{unique}}-c', TemplateBody: TEMPLATE }, 'AccessDenied'),
        refuses('ListStackSets', {}, 'AccessDenied'),
      ],
      cleanup: [
        answers('DeleteStackSet', { StackSetName: '{{unique}}' }),
        answers('DeleteStackSet', { StackSetName: '{{unique}}-b' }),
      ],
    },
  ),
];

const PORTFOLIO = { PortfolioId: '{{portfolio}}', PrincipalARN: OWN_ROLE };
const REQUEST = {
  ProductId: '{{product}}',
  ProvisioningArtifactId: '{{artifact}}',
  ProvisionedProductName: '{{unique}}',
  ProvisionToken: '{{unique}}',
  ProvisioningParameters: Object.entries({
    AccountEmail: '{{mailbox}}+{{unique}}@{{domain}}',
    AccountName: '{{unique}}',
    ManagedOrganizationalUnit: 'Nowhere',
    SSOUserEmail: '{{mailbox}}@{{domain}}',
    SSOUserFirstName: 'Conformance',
    SSOUserLastName: 'Suite',
  }).map(([Key, Value]) => ({ Key, Value })),
};
const PRODUCT = { ProvisionedProductName: '{{unique}}', TerminateToken: '{{unique}}-end' };
const ended = (saved: string, Status: string): Step =>
  answers(
    'servicecatalog:DescribeRecord',
    { Id: `{{${saved}.RecordDetail.RecordId}}` },
    { RecordDetail: { Status } },
    { within: 3600 },
  );
const SELF = { AccessLevelFilter: { Key: 'User', Value: 'self' } };
const OF_ACCOUNT = { AccessLevelFilter: { Key: 'Account', Value: 'self' } };
const OURS = includes({ RecordId: '{{accepted.RecordDetail.RecordId}}' });

const serviceCatalog: readonly ConformanceCase[] = [
  limited(
    'a user is shown its own records and products, an administrator those of the account',
    'ServiceCatalog API_ListRecordHistory: AccessLevelFilter, the default is User; API_SearchProvisionedProducts',
    [{ Action: 'servicecatalog:*' }],
    {
      before: [
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { within: 60 }),
        answers('ProvisionProduct', REQUEST, {}, { save: 'accepted' }),
        ended('accepted', 'FAILED'),
      ],
      steps: [
        may('ListRecordHistory', {}, { RecordDetails: [] }),
        may('ListRecordHistory', SELF, { RecordDetails: [] }),
        may('ListRecordHistory', OF_ACCOUNT, { RecordDetails: OURS }),
        may('SearchProvisionedProducts', SELF, { ProvisionedProducts: [] }),
        may('SearchProvisionedProducts', OF_ACCOUNT, { ProvisionedProducts: includes({ Name: '{{unique}}' }) }),
      ],
      after: [
        answers('ListRecordHistory', SELF, { RecordDetails: OURS }),
        answers('SearchProvisionedProducts', SELF, { ProvisionedProducts: includes({ Name: '{{unique}}' }) }),
        answers('TerminateProvisionedProduct', PRODUCT, {}, { save: 'termination' }),
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: [answers('TerminateProvisionedProduct', PRODUCT)],
    },
  ),
  limited(
    'a right to what is its own is none to what others have provisioned',
    'servicecatalog adminguide permissions-examples: servicecatalog:userLevel',
    [
      {
        Action: ['servicecatalog:DescribeRecord', 'servicecatalog:DescribeProvisionedProduct'],
        Condition: { StringEquals: { 'servicecatalog:userLevel': 'self' } },
      },
      { Action: 'servicecatalog:ListLaunchPaths' },
    ],
    {
      before: [
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { within: 60 }),
        answers('ProvisionProduct', REQUEST, {}, { save: 'accepted' }),
        ended('accepted', 'FAILED'),
        answers('AssociatePrincipalWithPortfolio', { ...PORTFOLIO, PrincipalType: 'IAM' }),
      ],
      steps: [
        may('ListLaunchPaths', { ProductId: '{{product}}' }),
        refuses('DescribeRecord', { Id: '{{accepted.RecordDetail.RecordId}}' }, 'AccessDeniedException'),
        refuses('DescribeProvisionedProduct', { Name: '{{unique}}' }, 'AccessDeniedException'),
      ],
      after: [
        answers('TerminateProvisionedProduct', PRODUCT, {}, { save: 'termination' }),
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: [
        answers('TerminateProvisionedProduct', PRODUCT),
        answers('DisassociatePrincipalFromPortfolio', PORTFOLIO),
      ],
    },
  ),
];

const sts: readonly ConformanceCase[] = [
  limited(
    'a role assumes those that it has a right to',
    'STS API_AssumeRole; IAM UserGuide id_roles_use_permissions-to-switch',
    [{ Action: 'sts:AssumeRole', Resource: OTHER_ARN }],
    {
      before: [OTHER_MADE],
      steps: [
        answers(
          'AssumeRole',
          { RoleArn: OTHER_ARN, RoleSessionName: '{{unique}}' },
          { AssumedRoleUser: { Arn: matches(/-other\//u) } },
          { within: 120 },
        ),
        refuses(
          'AssumeRole',
          { RoleArn: 'arn:{{partition}}:iam::{{member}}:role/OrganizationAccountAccessRole', RoleSessionName: 'one' },
          'AccessDenied',
        ),
      ],
      cleanup: OTHER_GONE,
    },
  ),
];

/** What is refused to a role that has a right to something else. */
const refusedWithout = (
  service: ServiceName,
  action: string,
  refusals: readonly (readonly [string, Step['input']])[],
): readonly ConformanceCase[] => [
  limited(
    'a role without a right to it is refused',
    'IAM UserGuide reference_policies_evaluation-logic: implicit deny',
    [{ Action: action }],
    {
      steps: refusals.map(([call, input]) => refuses(`${service}:${call}`, input, 'AccessDeniedException')),
    },
  ),
];

const MONTH = {
  TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' },
  Granularity: 'MONTHLY',
  Metrics: ['AmortizedCost'],
};

const group = (service: ServiceName, cases: readonly ConformanceCase[]): CaseGroup => ({ service, cases });

/** What a role may do that may not do everything. */
export const limitedRights: readonly CaseGroup[] = [
  group('organizations', organizations),
  group('iam', iam),
  group('sso-admin', [...ssoAdmin, assigningInManagement, assigningInMember]),
  group('cloudformation', cloudFormation),
  group('servicecatalog', serviceCatalog),
  group('sts', sts),
  group('ce', refusedWithout('ce', 'ce:GetDimensionValues', [['GetCostAndUsage', MONTH]])),
  group(
    'identitystore',
    refusedWithout('identitystore', 'identitystore:ListUsers', [
      ['ListGroups', { IdentityStoreId: '{{store}}' }],
      ['DescribeUser', { IdentityStoreId: '{{store}}', UserId: '{{noUuid}}' }],
      ['CreateGroup', { IdentityStoreId: '{{store}}', DisplayName: '{{unique}}' }],
    ]),
  ),
  group(
    'controltower',
    refusedWithout('controltower', 'controltower:ListBaselines', [
      ['ListLandingZones', {}],
      ['ListEnabledBaselines', {}],
      ['GetLandingZone', { landingZoneIdentifier: '{{landingZone}}' }],
    ]),
  ),
];
