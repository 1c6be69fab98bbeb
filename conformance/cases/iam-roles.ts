import { answers, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, document, excludes, includes, matches, text, time, type Pattern } from '../pattern';

const statement = (more: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [more] });
const TRUST = statement({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
const READS = statement({ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' });
const NAME = { RoleName: '{{unique}}' };
const READ_ONLY = 'arn:{{partition}}:iam::aws:policy/ReadOnlyAccess';
const BILLING = 'arn:{{partition}}:iam::aws:policy/job-function/Billing';

const made = (more = {}): Step =>
  answers('CreateRole', { ...NAME, AssumeRolePolicyDocument: TRUST, ...more }, {}, { save: 'made' });
const put = (PolicyName: string, PolicyDocument = READS): Step =>
  answers('PutRolePolicy', { ...NAME, PolicyName, PolicyDocument });
const attached = (PolicyArn = READ_ONLY): Step => answers('AttachRolePolicy', { ...NAME, PolicyArn });
const detached = (PolicyArn = READ_ONLY): Step => answers('DetachRolePolicy', { ...NAME, PolicyArn });
const deleted = (PolicyName: string): Step => answers('DeleteRolePolicy', { ...NAME, PolicyName });
const GONE = [answers('DeleteRole', NAME)];
const described = (role: Pattern): Step => answers('GetRole', NAME, { Role: role });

const refused = (what: string, more: object, error: string): ConformanceCase => ({
  name: `a role is refused for ${what}, and none is made`,
  evidence: 'IAM API_CreateRole',
  steps: [
    refuses('GetRole', NAME, 'NoSuchEntityException'),
    refuses('CreateRole', { ...NAME, AssumeRolePolicyDocument: TRUST, ...more }, error),
    refuses('GetRole', NAME, 'NoSuchEntityException'),
  ],
  cleanup: GONE,
});

/** A call that names a role which is not there. */
const needsRole = (call: string, more = {}): ConformanceCase => ({
  name: `${call} needs a role that is there`,
  evidence: `IAM API_${call}: NoSuchEntity`,
  steps: [refuses(call, { RoleName: '{{unique}}-nobody', ...more }, 'NoSuchEntityException')],
});

export const roles: CaseGroup = {
  service: 'iam',
  cases: [
    {
      name: 'a role is made, and read as it was made',
      evidence: 'IAM API_CreateRole, API_GetRole',
      steps: [
        answers(
          'CreateRole',
          { ...NAME, AssumeRolePolicyDocument: TRUST, Description: 'for a test' },
          {
            Role: {
              RoleName: '{{unique}}',
              Path: '/',
              RoleId: matches(/^AROA[A-Z0-9]{17}$/u),
              Arn: 'arn:{{partition}}:iam::{{management}}:role/{{unique}}',
              CreateDate: time,
              AssumeRolePolicyDocument: document({ Version: '2012-10-17' }),
              Description: 'for a test',
            },
          },
          { save: 'made' },
        ),
        described({ RoleId: '{{made.Role.RoleId}}', Description: 'for a test', MaxSessionDuration: 3600 }),
        answers(
          'ListRoles',
          { PathPrefix: '/', MaxItems: 1000 },
          {
            Roles: includes({ RoleName: '{{unique}}', RoleId: '{{made.Role.RoleId}}' }),
          },
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'trust is answered percent-encoded, and means what was sent',
      evidence: 'IAM API_Role: AssumeRolePolicyDocument',
      steps: [
        made(),
        described({ AssumeRolePolicyDocument: matches(/^%7B/u) }),
        described({
          AssumeRolePolicyDocument: document({ Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow' }] }),
        }),
      ],
      cleanup: GONE,
    },
    {
      name: 'CreateRole does not tell how long sessions last, GetRole does',
      evidence: 'localstack iam/test_iam test_create_describe_role, 2025-03-06',
      steps: [
        answers(
          'CreateRole',
          { ...NAME, AssumeRolePolicyDocument: TRUST, MaxSessionDuration: 7200 },
          {
            Role: { MaxSessionDuration: absent },
          },
        ),
        described({ MaxSessionDuration: 7200 }),
        answers(
          'ListRoles',
          { MaxItems: 1000 },
          { Roles: includes({ RoleName: '{{unique}}', MaxSessionDuration: 7200 }) },
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role has its path in its ARN, and is found by it',
      evidence: 'IAM API_ListRoles: PathPrefix',
      steps: [
        made({ Path: '/conformance/one/' }),
        described({
          Arn: 'arn:{{partition}}:iam::{{management}}:role/conformance/one/{{unique}}',
          Path: '/conformance/one/',
        }),
        answers('ListRoles', { PathPrefix: '/conformance/one/' }, { Roles: includes({ RoleName: '{{unique}}' }) }),
        answers('ListRoles', { PathPrefix: '/conformance/other/' }, { Roles: count(0), IsTruncated: false }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role has the tags that it was made with',
      evidence: 'IAM API_CreateRole: Tags',
      steps: [
        made({ Tags: [{ Key: 'project', Value: 'shop' }] }),
        described({ Tags: [{ Key: 'project', Value: 'shop' }] }),
        answers('ListRoles', { MaxItems: 1000 }, { Roles: includes({ RoleName: '{{unique}}', Tags: absent }) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role without tags has no Tags, one without a description no Description',
      evidence: 'localstack iam/test_iam test_create_describe_role, 2025-03-06',
      steps: [
        made(),
        described({ Tags: absent, Description: absent, PermissionsBoundary: absent }),
        described({ RoleName: '{{unique}}' }),
      ],
      cleanup: GONE,
    },
    {
      name: 'names of roles are compared without their case',
      evidence: 'IAM API_CreateRole: RoleName, names are not distinguished by case',
      steps: [
        answers('CreateRole', { RoleName: '{{unique}}-Role', AssumeRolePolicyDocument: TRUST }),
        refuses(
          'CreateRole',
          { RoleName: '{{unique}}-rOLE', AssumeRolePolicyDocument: TRUST },
          'EntityAlreadyExistsException',
        ),
      ],
      cleanup: [
        answers('DeleteRole', { RoleName: '{{unique}}-Role' }),
        answers('DeleteRole', { RoleName: '{{unique}}-rOLE' }),
      ],
    },
    {
      name: 'a name is that of one role, whatever its path',
      evidence: 'IAM API_CreateRole: EntityAlreadyExists',
      steps: [
        made(),
        refuses('CreateRole', { ...NAME, AssumeRolePolicyDocument: TRUST }, 'EntityAlreadyExistsException'),
        refuses(
          'CreateRole',
          { ...NAME, AssumeRolePolicyDocument: TRUST, Path: '/other/' },
          'EntityAlreadyExistsException',
        ),
        described({ Path: '/' }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role that is deleted is gone, and its name free',
      evidence: 'IAM API_DeleteRole',
      steps: [
        made(),
        ...GONE,
        refuses('GetRole', NAME, 'NoSuchEntityException'),
        refuses('DeleteRole', NAME, 'NoSuchEntityException'),
        made(),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role that is made again has another id, and nothing of the one before',
      evidence: 'IAM UserGuide reference_identifiers: unique IDs, one name used again over time; API_CreateRole',
      steps: [
        answers(
          'CreateRole',
          { ...NAME, AssumeRolePolicyDocument: TRUST, Description: 'for a test', MaxSessionDuration: 7200 },
          {},
          { save: 'first' },
        ),
        put('one'),
        attached(),
        deleted('one'),
        detached(),
        ...GONE,
        made(),
        described({ MaxSessionDuration: 3600, Description: absent }),
        answers('ListRoles', { MaxItems: 1000 }, { Roles: excludes({ RoleId: '{{first.Role.RoleId}}' }) }),
        answers('ListRolePolicies', NAME, { PolicyNames: count(0) }),
        answers('ListAttachedRolePolicies', NAME, { AttachedPolicies: count(0) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role with an inline policy is not deleted',
      evidence: 'IAM API_DeleteRole: DeleteConflict',
      steps: [made(), put('one'), refuses('DeleteRole', NAME, 'DeleteConflictException'), deleted('one'), ...GONE],
      cleanup: [deleted('one'), ...GONE],
    },
    {
      name: 'a role with a managed policy is not deleted',
      evidence: 'localstack iam/test_iam test_attach_detach_role_policy, 2025-03-06',
      steps: [made(), attached(), refuses('DeleteRole', NAME, 'DeleteConflictException'), detached(), ...GONE],
      cleanup: [detached(), ...GONE],
    },
    {
      name: 'the trust of a role is replaced',
      evidence: 'IAM API_UpdateAssumeRolePolicy',
      steps: [
        made(),
        answers('UpdateAssumeRolePolicy', { ...NAME, PolicyDocument: TRUST.replace('lambda', 'ec2') }),
        described({
          AssumeRolePolicyDocument: document({ Statement: [{ Principal: { Service: 'ec2.amazonaws.com' } }] }),
        }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a trust that is no policy replaces nothing',
      evidence: 'IAM API_UpdateAssumeRolePolicy: MalformedPolicyDocument',
      steps: [
        made(),
        refuses('UpdateAssumeRolePolicy', { ...NAME, PolicyDocument: '{' }, 'MalformedPolicyDocumentException'),
        described({
          AssumeRolePolicyDocument: document({ Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] }),
        }),
      ],
      cleanup: GONE,
    },
    {
      name: 'an inline policy is put, read, listed and deleted',
      evidence: 'IAM API_PutRolePolicy, API_GetRolePolicy, API_ListRolePolicies, API_DeleteRolePolicy',
      steps: [
        made(),
        put('one'),
        answers(
          'GetRolePolicy',
          { ...NAME, PolicyName: 'one' },
          {
            RoleName: '{{unique}}',
            PolicyName: 'one',
            PolicyDocument: document({ Statement: [{ Action: 's3:ListAllMyBuckets' }] }),
          },
        ),
        answers('ListRolePolicies', NAME, { PolicyNames: ['one'], IsTruncated: false }),
        deleted('one'),
        answers('ListRolePolicies', NAME, { PolicyNames: count(0) }),
        refuses('GetRolePolicy', { ...NAME, PolicyName: 'one' }, 'NoSuchEntityException'),
      ],
      cleanup: [deleted('one'), ...GONE],
    },
    {
      name: 'an inline policy that is put again is replaced',
      evidence: 'IAM API_PutRolePolicy',
      steps: [
        made(),
        put('one'),
        put('one', READS.replace('s3:ListAllMyBuckets', 'ec2:DescribeRegions')),
        answers(
          'GetRolePolicy',
          { ...NAME, PolicyName: 'one' },
          {
            PolicyDocument: document({ Statement: [{ Action: 'ec2:DescribeRegions' }] }),
          },
        ),
        answers('ListRolePolicies', NAME, { PolicyNames: ['one'] }),
      ],
      cleanup: [deleted('one'), ...GONE],
    },
    {
      name: 'an inline policy that is not there is not deleted',
      evidence: 'IAM API_DeleteRolePolicy: NoSuchEntity',
      steps: [
        made(),
        refuses('DeleteRolePolicy', { ...NAME, PolicyName: 'nothing' }, 'NoSuchEntityException'),
        answers('ListRolePolicies', NAME, { PolicyNames: count(0) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'an inline policy that is no policy is not put',
      evidence: 'IAM API_PutRolePolicy: MalformedPolicyDocument',
      steps: [
        made(),
        refuses(
          'PutRolePolicy',
          { ...NAME, PolicyName: 'one', PolicyDocument: '{"Version":"2012-10-17"}' },
          'MalformedPolicyDocumentException',
        ),
        refuses(
          'PutRolePolicy',
          { ...NAME, PolicyName: 'one', PolicyDocument: 'policy' },
          'MalformedPolicyDocumentException',
        ),
        answers('ListRolePolicies', NAME, { PolicyNames: count(0) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'the inline policies of a role have 10,240 characters together',
      evidence: 'IAM UserGuide reference_iam-quotas; API_PutRolePolicy: LimitExceeded',
      steps: [
        made(),
        put('one', statement({ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*', Sid: 'a'.repeat(6000) })),
        refuses(
          'PutRolePolicy',
          {
            ...NAME,
            PolicyName: 'two',
            PolicyDocument: statement({
              Effect: 'Allow',
              Action: 's3:ListAllMyBuckets',
              Resource: '*',
              Sid: 'b'.repeat(6000),
            }),
          },
          'LimitExceededException',
        ),
        answers('ListRolePolicies', NAME, { PolicyNames: ['one'] }),
      ],
      cleanup: [deleted('one'), deleted('two'), ...GONE],
    },
    {
      name: 'a managed policy is attached, listed and detached',
      evidence: 'IAM API_AttachRolePolicy, API_ListAttachedRolePolicies, API_DetachRolePolicy',
      steps: [
        made(),
        attached(),
        answers('ListAttachedRolePolicies', NAME, {
          AttachedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: READ_ONLY }],
          IsTruncated: false,
        }),
        detached(),
        answers('ListAttachedRolePolicies', NAME, { AttachedPolicies: count(0) }),
      ],
      cleanup: [detached(), ...GONE],
    },
    {
      name: 'a managed policy is attached once, however often it is asked for',
      evidence: 'IAM API_AttachRolePolicy: no error is listed for it',
      steps: [
        made(),
        attached(),
        attached(),
        answers('ListAttachedRolePolicies', NAME, { AttachedPolicies: count(1) }),
      ],
      cleanup: [detached(), ...GONE],
    },
    {
      name: 'a managed policy with a path is attached by its ARN, and listed by its name',
      evidence: 'IAM UserGuide access_policies_job-functions',
      steps: [
        made(),
        attached(BILLING),
        answers('ListAttachedRolePolicies', NAME, {
          AttachedPolicies: [{ PolicyName: 'Billing', PolicyArn: BILLING }],
        }),
      ],
      cleanup: [detached(BILLING), ...GONE],
    },
    {
      name: 'a policy that is not there is not attached',
      evidence: 'localstack iam/test_iam test_role_attach_policy, 2025-06-19',
      steps: [
        made(),
        refuses(
          'AttachRolePolicy',
          { ...NAME, PolicyArn: 'arn:{{partition}}:iam::aws:policy/NoSuchPolicyOfAws' },
          'NoSuchEntityException',
        ),
        refuses('AttachRolePolicy', { ...NAME, PolicyArn: 'longpolicynamebutnoarn' }, [
          'ValidationError',
          'InvalidInputException',
        ]),
        answers('ListAttachedRolePolicies', NAME, { AttachedPolicies: count(0) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a policy that is not attached is not detached',
      evidence: 'IAM API_DetachRolePolicy: NoSuchEntity',
      steps: [
        made(),
        refuses('DetachRolePolicy', { ...NAME, PolicyArn: READ_ONLY }, 'NoSuchEntityException'),
        answers('ListAttachedRolePolicies', NAME, { AttachedPolicies: count(0) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role has a permissions boundary, until it is taken away',
      evidence: 'IAM API_PutRolePermissionsBoundary, API_DeleteRolePermissionsBoundary',
      steps: [
        made(),
        answers('PutRolePermissionsBoundary', { ...NAME, PermissionsBoundary: READ_ONLY }),
        described({
          PermissionsBoundary: {
            PermissionsBoundaryArn: READ_ONLY,
            PermissionsBoundaryType: matches(/^(?:Policy|PermissionsBoundaryPolicy)$/u),
          },
        }),
        answers('DeleteRolePermissionsBoundary', NAME),
        described({ PermissionsBoundary: absent }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role is made with a permissions boundary, which the list leaves out',
      evidence: 'localstack iam/test_iam test_list_roles_with_permission_boundary, 2025-03-06',
      steps: [
        made({ PermissionsBoundary: READ_ONLY }),
        described({ PermissionsBoundary: { PermissionsBoundaryArn: READ_ONLY } }),
        answers(
          'ListRoles',
          { MaxItems: 1000 },
          { Roles: includes({ RoleName: '{{unique}}', PermissionsBoundary: absent }) },
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'a boundary is a policy that is there',
      evidence: 'IAM API_PutRolePermissionsBoundary: NoSuchEntity',
      steps: [
        made(),
        refuses(
          'PutRolePermissionsBoundary',
          { ...NAME, PermissionsBoundary: 'arn:{{partition}}:iam::{{management}}:policy/nothing' },
          'NoSuchEntityException',
        ),
        described({ PermissionsBoundary: absent }),
      ],
      cleanup: GONE,
    },
    {
      name: 'roles come page by page',
      evidence: 'IAM API_ListRoles: MaxItems, Marker',
      steps: [
        made({ Path: '/{{unique}}/' }),
        answers('CreateRole', { RoleName: '{{unique}}-b', Path: '/{{unique}}/', AssumeRolePolicyDocument: TRUST }),
        answers(
          'ListRoles',
          { PathPrefix: '/{{unique}}/', MaxItems: 1 },
          { Roles: count(1), IsTruncated: true, Marker: text },
          { save: 'page' },
        ),
        answers(
          'ListRoles',
          { PathPrefix: '/{{unique}}/', Marker: '{{page.Marker}}' },
          {
            Roles: excludes({ RoleName: '{{page.Roles.0.RoleName}}' }),
            IsTruncated: false,
            Marker: absent,
          },
        ),
      ],
      cleanup: [...GONE, answers('DeleteRole', { RoleName: '{{unique}}-b' })],
    },
    refused('trust that is no JSON', { AssumeRolePolicyDocument: 'trust' }, 'MalformedPolicyDocumentException'),
    refused(
      'trust without a principal',
      { AssumeRolePolicyDocument: statement({ Effect: 'Allow', Action: 'sts:AssumeRole' }) },
      'MalformedPolicyDocumentException',
    ),
    refused('a path that begins without a slash', { Path: 'conformance/' }, 'ValidationError'),
    refused('sessions of less than an hour', { MaxSessionDuration: 3599 }, 'ValidationError'),
    refused('sessions of more than twelve hours', { MaxSessionDuration: 43_201 }, 'ValidationError'),
    refused(
      'a boundary that is not there',
      { PermissionsBoundary: 'arn:{{partition}}:iam::{{management}}:policy/nothing' },
      'NoSuchEntityException',
    ),
    {
      name: 'a role name has 64 characters at most, and no blanks',
      evidence: 'IAM API_CreateRole: RoleName',
      steps: [
        refuses('CreateRole', { RoleName: 'r'.repeat(65), AssumeRolePolicyDocument: TRUST }, 'ValidationError'),
        refuses('CreateRole', { RoleName: 'two words', AssumeRolePolicyDocument: TRUST }, 'ValidationError'),
        refuses('GetRole', { RoleName: 'two words' }, ['ValidationError', 'NoSuchEntityException']),
      ],
    },
    needsRole('GetRole'),
    needsRole('DeleteRole'),
    needsRole('UpdateAssumeRolePolicy', { PolicyDocument: TRUST }),
    needsRole('PutRolePolicy', { PolicyName: 'one', PolicyDocument: READS }),
    needsRole('GetRolePolicy', { PolicyName: 'one' }),
    needsRole('DeleteRolePolicy', { PolicyName: 'one' }),
    needsRole('ListRolePolicies'),
    needsRole('AttachRolePolicy', { PolicyArn: READ_ONLY }),
    needsRole('DetachRolePolicy', { PolicyArn: READ_ONLY }),
    needsRole('ListAttachedRolePolicies'),
    needsRole('PutRolePermissionsBoundary', { PermissionsBoundary: READ_ONLY }),
    needsRole('DeleteRolePermissionsBoundary'),
  ],
};
