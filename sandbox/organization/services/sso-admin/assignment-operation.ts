import { accountOf } from '../../account-of';
import { drawEnd, drawOne, drawUuid } from '../../draw';
import type { OrganizationState } from '../../organization-state';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import {
  assignmentKey,
  type AccountAssignment,
  type AssignmentOperation,
  type IdentityCenter,
} from './identity-center';
import { conflict } from './sso-admin-errors';
import { keepRole } from './rights-of-the-caller';
import { isFunctional } from '../../account-state';

interface Asked {
  readonly kind: AssignmentOperation['kind'];
  readonly assignment: AccountAssignment;
  /** Why the caller may not have it done, told when the operation ends; null: it may. */
  readonly refusal: string | null;
}

/**
 * Accepts an operation. It works on a role of the account, one at a time: a second one for the same account waits for
 * the first ("IAM Identity Center quotas": IAM roles that can be updated concurrently in one account).
 */
export function startOperation(
  { state, now }: CallContext,
  center: IdentityCenter,
  { kind, assignment, refusal }: Asked,
): AssignmentOperation {
  checkCapacity(state, center, kind, assignment);
  const operation: AssignmentOperation = {
    requestId: drawUuid(state.random),
    kind,
    assignment,
    createdAt: now,
    status: 'IN_PROGRESS',
    failureReason: null,
  };
  center.operations.set(operation.requestId, operation);
  const begin = Math.max(now, center.busyUntil.get(assignment.accountId) ?? now);
  const end = drawEnd(state, begin, state.latencies.accountAssignment);
  center.busyUntil.set(assignment.accountId, end);
  state.agenda.plan(end, () => {
    finish(state, center, operation, refusal);
    keepRole({ state, now: end }, center, assignment);
  });
  return operation;
}

/** DeleteAccountAssignment does not know the third. */
const TOO_MANY = {
  creation: ['ThrottlingException', 'ConflictException', 'ServiceQuotaExceededException'],
  deletion: ['ThrottlingException', 'ConflictException'],
} as const;

/** That there are too many is documented, what one more is answered with is not: callers have met all three. */
function checkCapacity(
  state: OrganizationState,
  center: IdentityCenter,
  kind: AssignmentOperation['kind'],
  assignment: AccountAssignment,
): void {
  const outstanding = [...center.operations.values()].filter(({ status }) => status === 'IN_PROGRESS');
  if (outstanding.some((other) => assignmentKey(other.assignment) === assignmentKey(assignment))) {
    // @evidence reported "github aws-samples/iam-identity-center-team#513": ConflictException for an assignment that is
    //   being taken away
    throw conflict('There is an operation in progress for this assignment. Wait for it to complete before retrying.');
  }
  if (outstanding.length >= state.limits.outstandingAssignments) {
    // @evidence reported "github aws-samples/aws-iam-identity-center-extensions#87": ThrottlingException, "There are
    //   too many requests processing. Please try again later."
    throw new ServiceError(
      drawOne(state.random, TOO_MANY[kind]),
      'There are too many requests processing. Please try again later.',
    );
  }
}

function finish(
  state: OrganizationState,
  center: IdentityCenter,
  operation: AssignmentOperation,
  refusal: string | null,
): void {
  const { assignment, kind } = operation;
  const problem =
    refusal ?? state.faults?.accountAssignment?.({ kind, ...assignment }) ?? obstacleTo(state, center, operation);
  operation.status = problem === null ? 'SUCCEEDED' : 'FAILED';
  operation.failureReason = problem;
  if (problem !== null) {
    return;
  }
  if (kind === 'creation') {
    center.assignments.set(assignmentKey(assignment), assignment);
  } else {
    center.assignments.delete(assignmentKey(assignment));
  }
}

function obstacleTo(
  state: OrganizationState,
  center: IdentityCenter,
  { kind, assignment }: AssignmentOperation,
): string | null {
  if (!isFunctional(accountOf(state, assignment.accountId).state)) {
    return `Account ${assignment.accountId} is not active.`;
  }
  const principals = assignment.principalType === 'GROUP' ? center.groups : center.users;
  if (kind === 'creation' && !principals.has(assignment.principalId)) {
    return `Received a 404 status error: ${assignment.principalType} not found.`;
  }
  return null;
}
