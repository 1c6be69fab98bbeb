import { answers, by, type CaseGroup, refuses, type Step } from '../case';
import { count, includes, matches, text } from '../pattern';

const INSTANCE = { InstanceArn: '{{instance}}' };
const STORE = { IdentityStoreId: '{{store}}' };
const DENIED = 'AccessDeniedException';
const BUSY = ['ThrottlingException', 'ConflictException', 'ServiceQuotaExceededException'];

const SET = { ...INSTANCE, PermissionSetArn: '{{made.PermissionSet.PermissionSetArn}}' };
const made = (Name: string, save: string): Step =>
  answers('CreatePermissionSet', { ...INSTANCE, Name }, { PermissionSet: { Name } }, { save });
const group = answers('identitystore:CreateGroup', { ...STORE, DisplayName: '{{unique}}' }, {}, { save: 'group' });
const groupGone = answers('identitystore:DeleteGroup', { ...STORE, GroupId: '{{group.GroupId}}' });
const assignment = (TargetId: string, set: object = SET) => ({
  ...set,
  TargetId,
  TargetType: 'AWS_ACCOUNT',
  PrincipalType: 'GROUP',
  PrincipalId: '{{group.GroupId}}',
});
const assigned = (target: string, save: string, set: object = SET): Step =>
  answers('CreateAccountAssignment', assignment(target, set), {}, { save, within: 60 });
const unassigned = (target: string, save: string, set: object = SET): Step =>
  answers('DeleteAccountAssignment', assignment(target, set), {}, { save, within: 60 });
const ended = (save: string, Status = 'SUCCEEDED'): Step =>
  answers(
    'DescribeAccountAssignmentCreationStatus',
    { ...INSTANCE, AccountAssignmentCreationRequestId: `{{${save}.AccountAssignmentCreationStatus.RequestId}}` },
    { AccountAssignmentCreationStatus: { Status } },
    { within: 900 },
  );
const removed = (save: string): Step =>
  answers(
    'DescribeAccountAssignmentDeletionStatus',
    { ...INSTANCE, AccountAssignmentDeletionRequestId: `{{${save}.AccountAssignmentDeletionStatus.RequestId}}` },
    { AccountAssignmentDeletionStatus: { Status: 'SUCCEEDED' } },
    { within: 900 },
  );

const NO_SET = { ...INSTANCE, PermissionSetArn: '{{noPermissionSet}}' };

const NUMBERS = Array.from({ length: 15 }, (_, index) => `s${index}`);
const numbered = (save: string) => ({ ...INSTANCE, PermissionSetArn: `{{${save}.PermissionSet.PermissionSetArn}}` });

export const delegatedAdministration: CaseGroup = {
  service: 'sso-admin',
  cases: [
    {
      name: 'a delegated administrator assigns permission sets of its own, in members',
      evidence: 'singlesignon userguide delegated-admin',
      steps: [
        ...by(
          'delegate',
          answers('ListInstances', {}, { Instances: includes({ InstanceArn: '{{instance}}' }) }),
          made('{{unique}}', 'made'),
          group,
          assigned('{{member}}', 'creation'),
          ended('creation'),
          answers(
            'ListAccountAssignments',
            { ...SET, AccountId: '{{member}}' },
            { AccountAssignments: [{ PrincipalId: '{{group.GroupId}}' }] },
          ),
          refuses('CreateAccountAssignment', assignment('{{management}}'), DENIED),
          unassigned('{{member}}', 'deletion'),
          removed('deletion'),
          refuses('DeleteAccountAssignment', assignment('{{member}}'), 'ResourceNotFoundException'),
          refuses('DeleteAccountAssignment', assignment('{{management}}'), DENIED),
          refuses('DeleteAccountAssignment', assignment('{{member}}', NO_SET), 'ResourceNotFoundException'),
        ),
        answers('ListAccountAssignments', { ...SET, AccountId: '{{management}}' }, { AccountAssignments: count(0) }),
      ],
      cleanup: [
        unassigned('{{member}}', 'deletion'),
        removed('deletion'),
        answers('DeletePermissionSet', SET),
        groupGone,
      ],
    },
    {
      name: 'a delegated administrator does not assign what is provisioned in the management account',
      evidence: 'singlesignon userguide delegated-admin; fivexl/terraform-aws-sso-elevator#101: AccessDeniedException',
      steps: [
        made('{{unique}}', 'made'),
        group,
        assigned('{{management}}', 'creation'),
        ended('creation'),
        assigned('{{member}}', 'second'),
        ended('second'),
        ...by(
          'delegate',
          refuses('CreateAccountAssignment', assignment('{{member}}'), DENIED),
          refuses('DeleteAccountAssignment', assignment('{{member}}'), DENIED),
        ),
        unassigned('{{management}}', 'deletion'),
        removed('deletion'),
        ...by('delegate', unassigned('{{member}}', 'last'), removed('last')),
      ],
      cleanup: [
        unassigned('{{management}}', 'deletion'),
        removed('deletion'),
        unassigned('{{member}}', 'last'),
        removed('last'),
        answers('DeletePermissionSet', SET),
        groupGone,
      ],
    },
    {
      name: 'a delegated administrator does not assign what Control Tower gives in the management account',
      evidence: 'controltower userguide sso-groups; singlesignon userguide delegated-admin',
      steps: [
        group,
        answers(
          'DescribePermissionSet',
          { ...INSTANCE, PermissionSetArn: '{{factorySet}}' },
          { PermissionSet: { Name: 'AWSAdministratorAccess' } },
        ),
        ...by(
          'delegate',
          refuses(
            'CreateAccountAssignment',
            assignment('{{member}}', { ...INSTANCE, PermissionSetArn: '{{factorySet}}' }),
            DENIED,
          ),
        ),
      ],
      cleanup: [groupGone],
    },
    {
      name: 'fifteen assignments are made or taken away at a time',
      evidence:
        'singlesignon userguide limits; aws-samples/aws-iam-identity-center-extensions#87: too many requests processing',
      steps: [
        group,
        ...NUMBERS.map((save) => made(`{{unique}}-${save}`, save)),
        made('{{unique}}', 'made'),
        assigned('{{management}}', 'creation'),
        ended('creation'),
        ...NUMBERS.map((save) =>
          answers('CreateAccountAssignment', assignment('{{member}}', numbered(save)), {}, { save: `${save}Made` }),
        ),
        refuses('CreateAccountAssignment', assignment('{{member}}'), BUSY),
        refuses('DeleteAccountAssignment', assignment('{{management}}'), BUSY.slice(0, 2)),
        ...NUMBERS.map((save) => ended(`${save}Made`)),
        answers(
          'ListAccountAssignmentsForPrincipal',
          { ...INSTANCE, PrincipalType: 'GROUP', PrincipalId: '{{group.GroupId}}' },
          { AccountAssignments: count(16) },
          { within: 60 },
        ),
        assigned('{{member}}', 'last'),
        ended('last'),
      ],
      cleanup: [
        ...NUMBERS.flatMap((save) => [
          unassigned('{{member}}', 'deletion', numbered(save)),
          removed('deletion'),
          answers('DeletePermissionSet', numbered(save)),
        ]),
        unassigned('{{member}}', 'deletion'),
        removed('deletion'),
        unassigned('{{management}}', 'deletion'),
        removed('deletion'),
        answers('DeletePermissionSet', SET),
        groupGone,
      ],
    },
    {
      name: 'an account that is not there is assigned to nobody, nor one that is suspended',
      evidence:
        'SingleSignOn API_CreateAccountAssignment: ResourceNotFoundException; API_AccountAssignmentOperationStatus',
      steps: [
        made('{{unique}}', 'made'),
        group,
        refuses('CreateAccountAssignment', assignment('{{noAccount}}'), 'ResourceNotFoundException'),
        assigned('{{suspended}}', 'creation'),
        answers(
          'DescribeAccountAssignmentCreationStatus',
          { ...INSTANCE, AccountAssignmentCreationRequestId: '{{creation.AccountAssignmentCreationStatus.RequestId}}' },
          { AccountAssignmentCreationStatus: { Status: 'FAILED', FailureReason: text, TargetId: '{{suspended}}' } },
          { within: 300 },
        ),
        answers('ListAccountAssignments', { ...SET, AccountId: '{{suspended}}' }, { AccountAssignments: count(0) }),
        answers('DescribePermissionSet', SET, { PermissionSet: { SessionDuration: matches(/^PT/u) } }),
      ],
      cleanup: [unassigned('{{suspended}}', 'deletion'), answers('DeletePermissionSet', SET), groupGone],
    },
  ],
};
