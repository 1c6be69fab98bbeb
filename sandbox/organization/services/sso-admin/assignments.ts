import * as z from 'zod';
import { pageOf } from '../identitystore/identity-store-paging';
import { operation, type CallContext, type Operation } from '../operation';
import { startOperation } from './assignment-operation';
import { assignmentKey, type AccountAssignment, type AssignmentOperation } from './identity-center';
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
  ...(one.failureReason === null ? {} : { FailureReason: one.failureReason }),
  TargetId: one.assignment.accountId,
  TargetType: 'AWS_ACCOUNT',
  PermissionSetArn: one.assignment.permissionSetArn,
  PrincipalType: one.assignment.principalType,
  PrincipalId: one.assignment.principalId,
  CreatedDate: new Date(one.createdAt),
});

const statusOf = (found: AssignmentOperation | undefined, kind: AssignmentOperation['kind']): object => {
  if (found?.kind !== kind) {
    throw notFound('Request');
  }
  return statusShape(found);
};

export const assignmentOperations: readonly Operation[] = [
  operation(refuseInput, {
    name: 'CreateAccountAssignment',
    write: true,
    input: change,
    targets: (context, input) => changeTargets(context, input),
    answer: (context, input) => {
      const center = instanceOf(context, input);
      permissionSetOf(center, input);
      if (!context.state.accounts.has(input.TargetId)) {
        throw notFound(`Account ${input.TargetId}`);
      }
      checkTargetsKnown(context, center, assignmentOf(input));
      const started = startOperation(context, center, 'creation', assignmentOf(input));
      return { AccountAssignmentCreationStatus: statusShape(started) };
    },
  }),
  operation(refuseInput, {
    name: 'DeleteAccountAssignment',
    write: true,
    input: change,
    targets: (context, input) => changeTargets(context, input),
    answer: (context, input) => {
      const center = instanceOf(context, input);
      if (!center.assignments.has(assignmentKey(assignmentOf(input)))) {
        throw notFound('Assignment');
      }
      const started = startOperation(context, center, 'deletion', assignmentOf(input));
      return { AccountAssignmentDeletionStatus: statusShape(started) };
    },
  }),
  operation(refuseInput, {
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
    // What a user has by way of groups is not modelled: only what was assigned to the principal itself. A deleted one is answered like any other.
    answer: (context, input) => {
      const wanted = input.Filter?.AccountId;
      const all = instanceOf(context, input)
        .assignments.having('principalId', input.PrincipalId)
        .filter((one) => one.principalType === input.PrincipalType)
        .filter((one) => wanted === undefined || one.accountId === wanted);
      const { items, rest } = pageOf(all, input);
      return { AccountAssignments: items.map(assignmentShape), ...rest };
    },
  }),
];
