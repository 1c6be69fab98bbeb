import * as z from 'zod';
import { pageOf } from '../identitystore/identity-store-paging';
import { operation, type CallContext, type Operation } from '../operation';
import { checkDelegation } from './check-delegation';
import { startOperation } from './assignment-operation';
import { refusalByCaller } from './rights-of-the-caller';
import {
  assignmentKey,
  type AccountAssignment,
  type AssignmentOperation,
  type IdentityCenter,
} from './identity-center';
import { checkTargetsKnown } from './known-targets';
import { notFound, refuseInput } from './sso-admin-errors';
import {
  accountId,
  instanceArn,
  instanceOf,
  page,
  permissionSetArn,
  permissionSetOf,
  principal,
  requestId,
  ssoTargets,
} from './sso-admin-input';

const change = z.object({
  InstanceArn: instanceArn,
  TargetId: accountId,
  TargetType: z.literal('AWS_ACCOUNT'),
  PermissionSetArn: permissionSetArn,
  ...principal,
});

const assignmentOf = (input: z.infer<typeof change>): AccountAssignment => ({
  accountId: input.TargetId,
  permissionSetArn: input.PermissionSetArn,
  principalType: input.PrincipalType,
  principalId: input.PrincipalId,
});

const changeTargets = (context: CallContext, input: z.infer<typeof change>): ReturnType<typeof ssoTargets> =>
  ssoTargets(context, { ...input, Account: input.TargetId });

const assignmentShape = (assignment: AccountAssignment): object => ({
  AccountId: assignment.accountId,
  PermissionSetArn: assignment.permissionSetArn,
  PrincipalType: assignment.principalType,
  PrincipalId: assignment.principalId,
});

const statusShape = (one: AssignmentOperation): object => ({
  Status: one.status,
  RequestId: one.requestId,
  FailureReason: one.failureReason,
  TargetId: one.assignment.accountId,
  TargetType: 'AWS_ACCOUNT',
  PermissionSetArn: one.assignment.permissionSetArn,
  PrincipalType: one.assignment.principalType,
  PrincipalId: one.assignment.principalId,
  CreatedDate: new Date(one.createdAt),
});

const statusOf = (found: AssignmentOperation | undefined, kind: AssignmentOperation['kind']): object => {
  if (found?.kind !== kind) {
    // @evidence documented "botocore sso-admin.DescribeAccountAssignmentCreationStatus": ResourceNotFoundException for
    //   an id that no request has
    throw notFound('Request');
  }
  return statusShape(found);
};

interface Principal {
  readonly type: AccountAssignment['principalType'];
  readonly id: string;
}

/** The principals by which somebody has an assignment: a user also by the groups that it is in. */
function principalsOf(
  center: IdentityCenter,
  input: { readonly PrincipalType: AccountAssignment['principalType']; readonly PrincipalId: string },
): readonly Principal[] {
  const self: Principal = { type: input.PrincipalType, id: input.PrincipalId };
  const groups = center.memberships.having('userId', self.id);
  return [self, ...groups.map(({ groupId }): Principal => ({ type: 'GROUP', id: groupId }))];
}

export const assignmentOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.CreateAccountAssignment": CreateAccountAssignment answers
    //   AccountAssignmentCreationStatus
    name: 'CreateAccountAssignment',
    write: true,
    input: change,
    targets: (context, input) => changeTargets(context, input),
    answer: async (context, input) => {
      const center = instanceOf(context, input);
      permissionSetOf(center, input);
      checkDelegation(context, center, assignmentOf(input));
      if (!context.state.accounts.has(input.TargetId)) {
        // @evidence documented "botocore sso-admin.CreateAccountAssignment": ResourceNotFoundException for an account
        //   that is not found
        throw notFound(`Account ${input.TargetId}`);
      }
      checkTargetsKnown(context, center, assignmentOf(input));
      const refusal = await refusalByCaller(context, center, 'creation', assignmentOf(input));
      const started = startOperation(context, center, { kind: 'creation', assignment: assignmentOf(input), refusal });
      return { AccountAssignmentCreationStatus: statusShape(started) };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.DeleteAccountAssignment": DeleteAccountAssignment answers
    //   AccountAssignmentDeletionStatus
    name: 'DeleteAccountAssignment',
    write: true,
    input: change,
    targets: (context, input) => changeTargets(context, input),
    answer: async (context, input) => {
      const center = instanceOf(context, input);
      checkDelegation(context, center, assignmentOf(input));
      if (!center.assignments.has(assignmentKey(assignmentOf(input)))) {
        // @evidence documented "botocore sso-admin.DeleteAccountAssignment": ResourceNotFoundException for an
        //   assignment that is not there
        throw notFound('Assignment');
      }
      const refusal = await refusalByCaller(context, center, 'deletion', assignmentOf(input));
      const started = startOperation(context, center, { kind: 'deletion', assignment: assignmentOf(input), refusal });
      return { AccountAssignmentDeletionStatus: statusShape(started) };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.DescribeAccountAssignmentCreationStatus":
    //   DescribeAccountAssignmentCreationStatus answers AccountAssignmentCreationStatus
    name: 'DescribeAccountAssignmentCreationStatus',
    write: false,
    input: z.object({ InstanceArn: instanceArn, AccountAssignmentCreationRequestId: requestId }),
    targets: (context, input) => ssoTargets(context, input),
    answer: (context, input) => {
      const found = instanceOf(context, input).operations.get(input.AccountAssignmentCreationRequestId);
      return { AccountAssignmentCreationStatus: statusOf(found, 'creation') };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.DescribeAccountAssignmentDeletionStatus":
    //   DescribeAccountAssignmentDeletionStatus answers AccountAssignmentDeletionStatus
    name: 'DescribeAccountAssignmentDeletionStatus',
    write: false,
    input: z.object({ InstanceArn: instanceArn, AccountAssignmentDeletionRequestId: requestId }),
    targets: (context, input) => ssoTargets(context, input),
    answer: (context, input) => {
      const found = instanceOf(context, input).operations.get(input.AccountAssignmentDeletionRequestId);
      return { AccountAssignmentDeletionStatus: statusOf(found, 'deletion') };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.ListAccountAssignments": ListAccountAssignments answers
    //   AccountAssignments
    name: 'ListAccountAssignments',
    write: false,
    input: z.object({ InstanceArn: instanceArn, AccountId: accountId, PermissionSetArn: permissionSetArn, ...page }),
    targets: (context, input) => ssoTargets(context, { ...input, Account: input.AccountId }),
    answer: (context, input) => {
      const center = instanceOf(context, input);
      permissionSetOf(center, input);
      const all = center.assignments
        .having('accountId', input.AccountId)
        .filter(({ permissionSetArn: arn }) => arn === input.PermissionSetArn);
      const { items, rest } = pageOf(all, input);
      return { AccountAssignments: items.map(assignmentShape), ...rest };
    },
  }),
  operation(refuseInput, {
    name: 'ListAccountAssignmentsForPrincipal',
    write: false,
    input: z.object({
      InstanceArn: instanceArn,
      ...principal,
      Filter: z.object({ AccountId: accountId.optional() }).optional(),
      ...page,
    }),
    targets: (context, { InstanceArn }) => ssoTargets(context, { InstanceArn }),
    // A deleted principal is answered like any other.
    // @evidence documented singlesignon/APIReference/API_ListAccountAssignmentsForPrincipal: all accounts to which the
    //   principal has access
    // @evidence documented singlesignon/APIReference/API_AccountAssignmentForPrincipal: each names the principal that
    //   has it; that what a user has by a group may be among them is our reading
    answer: (context, input) => {
      const wanted = input.Filter?.AccountId;
      const center = instanceOf(context, input);
      const all = principalsOf(center, input)
        .flatMap(({ type, id }) =>
          [...center.assignments.having('principalId', id)].filter(({ principalType }) => principalType === type),
        )
        .filter((one) => wanted === undefined || one.accountId === wanted);
      const { items, rest } = pageOf(all, input);
      return { AccountAssignments: items.map(assignmentShape), ...rest };
    },
  }),
];
