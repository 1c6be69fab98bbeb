import { answers, type CaseGroup, type ConformanceCase, refuses, type Step } from '../../case';
import { count } from '../../pattern';
import { limited, may } from './role';

export const INSTANCE = { InstanceArn: '{{instance}}' };
export const SET = { ...INSTANCE, PermissionSetArn: '{{made.PermissionSet.PermissionSetArn}}' };
export const OTHER_SET = { ...INSTANCE, PermissionSetArn: '{{other.PermissionSet.PermissionSetArn}}' };
/** All that an assignment in the member is about. */
const OF_ONE_ACCOUNT = [
  '{{instance}}',
  'arn:{{partition}}:sso:::permissionSet/*',
  'arn:{{partition}}:sso:::account/{{member}}',
];
export const setMade = (Name: string, save: string): Step =>
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
        Resource: OF_ONE_ACCOUNT,
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

const AN_ASSIGNMENT = {
  TargetId: '{{member}}',
  TargetType: 'AWS_ACCOUNT',
  PrincipalType: 'GROUP',
  PrincipalId: '{{noUuid}}',
};

/** What each call says of its resources, by one of which it is refused. */
const OF_THE_INSTANCE: readonly (readonly [string, Step['input']])[] = [
  ['CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}-b' }],
  ['ListPermissionSets', INSTANCE],
  ['DescribePermissionSet', SET],
  ['DeletePermissionSet', SET],
  ['ListAccountAssignments', { ...SET, AccountId: '{{member}}' }],
  ['ListAccountAssignmentsForPrincipal', { ...INSTANCE, PrincipalType: 'GROUP', PrincipalId: '{{noUuid}}' }],
  ['CreateAccountAssignment', { ...SET, ...AN_ASSIGNMENT }],
  ['DeleteAccountAssignment', { ...SET, ...AN_ASSIGNMENT }],
  ['DescribeAccountAssignmentCreationStatus', { ...INSTANCE, AccountAssignmentCreationRequestId: '{{noUuid}}' }],
  ['DescribeAccountAssignmentDeletionStatus', { ...INSTANCE, AccountAssignmentDeletionRequestId: '{{noUuid}}' }],
];

const withoutInstance = limited(
  'rights to permission sets and accounts are none to the instance that they belong to',
  'ServiceAuthorization list_awsiamidentitycenter: Instance*, PermissionSet*, Account*',
  [
    {
      Action: 'sso:*',
      Resource: ['arn:{{partition}}:sso:::permissionSet/*', 'arn:{{partition}}:sso:::account/*'],
    },
  ],
  {
    before: [setMade('{{unique}}', 'made')],
    steps: OF_THE_INSTANCE.map(([call, input]) => refuses(call, input, 'AccessDeniedException')),
    after: [answers('DescribePermissionSet', SET, { PermissionSet: { Name: '{{unique}}' } })],
    cleanup: [answers('DeletePermissionSet', SET)],
  },
);

const withInstance = limited(
  'rights to the instance, its permission sets and an account are enough',
  'ServiceAuthorization list_awsiamidentitycenter: Instance*, PermissionSet*, Account*',
  [
    {
      Action: 'sso:*',
      Resource: OF_ONE_ACCOUNT,
    },
  ],
  {
    before: [setMade('{{unique}}', 'made')],
    steps: [
      may('ListPermissionSets', INSTANCE),
      may('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}-b' }, {}, 'other'),
      may('DeletePermissionSet', OTHER_SET),
      may('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, { AccountAssignments: count(0) }),
      may('ListAccountAssignmentsForPrincipal', { ...INSTANCE, PrincipalType: 'GROUP', PrincipalId: '{{noUuid}}' }),
      ...OF_THE_INSTANCE.slice(-3).map(([call, input]) => refuses(call, input, 'ResourceNotFoundException')),
    ],
    cleanup: [answers('DeletePermissionSet', SET), answers('DeletePermissionSet', OTHER_SET)],
  },
);

export const limitedInIdentityCenter: CaseGroup = {
  service: 'sso-admin',
  cases: [...ssoAdmin, withoutInstance, withInstance],
};
