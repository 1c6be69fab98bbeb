import * as z from 'zod/mini';

import { RejectedError, TransientError } from '../../domain/base/errors';
import type { RefusalCode } from '../../domain/account/account-refusal';
import { DENIED, NETWORK, PASSING, THROTTLES, TURNED_AWAY, remedyFor } from './aws-error-sorts';

/*
 * With `aws-error-sorts.ts` beside it, the only place that knows the names of SDK errors. `name` is compared, never
 * `instanceof`: some services throw errors that their own model does not list.
 */

const ABSENT = new Set([
  'NoSuchEntityException',
  'NoSuchEntity',
  'OrganizationalUnitNotFoundException',
  'AccountNotFoundException',
  'CreateAccountStatusNotFoundException',
  'ResourceNotFoundException',
  'StackSetNotFoundException',
  'StackSetNotFound',
  'StackInstanceNotFoundException',
]);

const ALREADY_SO = new Set([
  'DuplicateAccountException',
  'DuplicateOrganizationalUnitException',
  'EntityAlreadyExistsException',
  'EntityAlreadyExists',
]);

/** How DynamoDB refuses to write one item that another writer has changed, or is about to. */
const MET_ANOTHER_WRITER = new Set(['ConditionalCheckFailedException', 'TransactionConflictException']);

/** Why DynamoDB cancels a transaction that met another writer. */
const CONFLICTS = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict']);

/** Why DynamoDB cancels a transaction that came too fast. */
const TOO_FAST = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded']);

export const isDenied = (error: unknown): boolean => DENIED.has(nameOf(error));
/**
 * STS is not active in the region for the account of the role: deactivated there, or an opt-in region that is not
 * enabled.
 */
export const isRegionDisabled = (error: unknown): boolean => nameOf(error) === 'RegionDisabledException';
export const isAbsent = (error: unknown): boolean => ABSENT.has(nameOf(error));
export const isAlreadySo = (error: unknown): boolean => ALREADY_SO.has(nameOf(error));
const isPassing = (error: unknown): boolean =>
  PASSING.has(nameOf(error)) ||
  NETWORK.has(codeOf(error)) ||
  statusOf(error) >= 500 ||
  statusOf(error) === 429 ||
  isConditionFailed(error) ||
  cancellationsOf(error).some((code) => TOO_FAST.has(code));

/** AWS Organizations knows no such account or unit. */
export const isChildAbsent = (error: unknown): boolean => nameOf(error) === 'ChildNotFoundException';

/** AWS Organizations has no such root or unit, in which others are listed or made. */
export const isParentAbsent = (error: unknown): boolean => nameOf(error) === 'ParentNotFoundException';

export const isDestinationAbsent = (error: unknown): boolean => nameOf(error) === 'DestinationParentNotFoundException';

/** The condition of a write did not hold, or another transaction was at the same items. */
export const isConditionFailed = (error: unknown): boolean =>
  MET_ANOTHER_WRITER.has(nameOf(error)) ||
  (nameOf(error) === 'TransactionCanceledException' && cancellationsOf(error).every((code) => CONFLICTS.has(code)));

/**
 * Another operation is at work there, or as many as may be: wait for a place. Service Catalog's model does not list its
 * error.
 */
export const isBusy = (error: unknown): boolean =>
  ['ResourceInUseException', 'OperationInProgressException', 'OperationInProgress'].includes(nameOf(error));

/** The same, as Service Catalog writes it into a record that was accepted and then failed. */
export const isBusyMessage = (message: string): boolean =>
  message.includes('ResourceInUse') ||
  /another (?:AWS Control Tower operation|execution) is in progress/u.test(message);

/**
 * Something of that name, or that membership, is there already. The identity store calls this and a concurrent change
 * both a conflict, and gives the reason.
 */
export const isTaken = (error: unknown): boolean =>
  nameOf(error) === 'ConflictException' &&
  error instanceof Error &&
  'Reason' in error &&
  error.Reason === 'UNIQUENESS_CONSTRAINT_VIOLATION';

/** No place for one more request now. Which error IAM Identity Center answers then is not documented. */
export const isCrowded = (error: unknown): boolean =>
  ['ThrottlingException', 'ConflictException', 'ServiceQuotaExceededException'].includes(nameOf(error));

/** Control Tower works on something else. */
export const isConflict = (error: unknown): boolean => nameOf(error) === 'ConflictException';

/** Control Tower does not take this unit, and another one it may. */
export const isRefusedUnit = (error: unknown): boolean =>
  ['ServiceQuotaExceededException', 'ValidationException', 'ResourceNotFoundException'].includes(nameOf(error));

/**
 * CodeBuild runs, or has in its queue, as many builds as it may.
 *
 * @evidence documented "botocore codebuild.StartBuild": AccountLimitExceededException where a limit of the account is
 *   exceeded
 */
export const isBuildQueueFull = (error: unknown): boolean => nameOf(error) === 'AccountLimitExceededException';

/** AWS does not take what it was asked, such as to stop a build that is over. */
export const isInputRefused = (error: unknown): boolean => nameOf(error) === 'InvalidInputException';

/** CloudFormation has this operation already: our own earlier call was taken. */
export const isOperationKnown = (error: unknown): boolean => nameOf(error).startsWith('OperationIdAlreadyExists');

/** CloudFormation has no such operation: it was never begun. */
export const isOperationUnknown = (error: unknown): boolean =>
  ['OperationNotFoundException', 'OperationNotFound'].includes(nameOf(error));

/**
 * AWS takes the token of a next page no more.
 *
 * @evidence documented "botocore organizations.InvalidInputExceptionReason, organizations.InvalidInputException":
 *   INVALID_NEXT_TOKEN is among the reasons, INVALID_PAGINATION_TOKEN in their description
 * @evidence assumed none: for how long a token is good (decided by: a token that is used after an hour, and one that
 *   another session has got)
 */
export function isTokenExpired(error: unknown): boolean {
  const { name, reason } = refusalCodeOf(error);
  return name === 'InvalidInputException' && ['INVALID_NEXT_TOKEN', 'INVALID_PAGINATION_TOKEN'].includes(reason ?? '');
}

/** The code of AWS's refusal: the error's name, and the `Reason` that some errors of AWS Organizations carry. */
export function refusalCodeOf(error: unknown): RefusalCode {
  const reason = error instanceof Error && 'Reason' in error ? error.Reason : null;
  return { name: nameOf(error), reason: typeof reason === 'string' ? reason : null };
}

/** What AWS says, to be quoted. */
export const wordsOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Cost Explorer's word for "there is none", of reservations and Savings Plans. */
export const isCostDataUnavailable = (error: unknown): boolean => nameOf(error) === 'DataUnavailableException';

/**
 * Cost Explorer keeps the month no longer: "14 months", says the Cost Management User Guide of what it shows. Its API
 * says so by an error of its own, and was seen to say it in the words of another.
 */
export const isBillExpired = (error: unknown): boolean =>
  nameOf(error) === 'BillExpirationException' ||
  (nameOf(error) === 'ValidationException' && wordsOf(error).includes('historical data beyond'));

/** Cost Explorer was asked too fast. Elsewhere this name is a limit that does not pass. */
export const isCostThrottle = (error: unknown): boolean =>
  ['LimitExceededException', 'ThrottlingException'].includes(nameOf(error));

/** What was read page by page has changed between two pages. */
export const isCostPagingStale = (error: unknown): boolean =>
  ['RequestChangedException', 'InvalidNextTokenException'].includes(nameOf(error));

/** Nobody waits with this task token: its state has timed out, was answered already, or its execution has ended. */
export const isTokenGone = (error: unknown): boolean =>
  ['TaskDoesNotExist', 'TaskTimedOut', 'InvalidToken'].includes(nameOf(error));

/** Service Quotas has no applied value of this quota, and perhaps its default. */
export const isQuotaUnset = (error: unknown): boolean => nameOf(error) === 'NoSuchResourceException';

/** An execution of this name has already ended, or has another input. */
export const isNameUsed = (error: unknown): boolean => nameOf(error) === 'ExecutionAlreadyExists';

/** The execution runs, has come to its good end, is too old, or has a full history. */
export const isNotRedrivable = (error: unknown): boolean => nameOf(error) === 'ExecutionNotRedrivable';

export const isExecutionGone = (error: unknown): boolean => nameOf(error) === 'ExecutionDoesNotExist';

/**
 * Makes a call and sorts its failure by what should happen next: a fault that passes is a TransientError, a refusal a
 * RejectedError with a remedy; anything else is thrown as it is (unknown: a few retries, then a person looks at it).
 *
 * @param doing what is being done, as the rest of "AWS refused to …"
 */
export async function calling<Answer>(doing: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw sorted(doing, error);
  }
}

function sorted(doing: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RejectedError || error instanceof TransientError) return error;
  const detail = `${error.name}: ${error.message}`;
  if (isPassing(error)) {
    const sort = { nothingDone: TURNED_AWAY.has(nameOf(error)), throttled: THROTTLES.has(nameOf(error)) };
    return new TransientError(`AWS could not ${doing} just now (${detail}).`, { ...sort, cause: error });
  }
  if (isDenied(error)) {
    return new RejectedError(
      `AWS refused to ${doing} (${detail}).`,
      'Check that the role named in the message exists, that its policies allow this call, that its trust carries the ExternalId of the ' +
        'secret, and that no service control policy denies it; then replay this run.',
      { cause: error, denied: true },
    );
  }
  const remedy = remedyFor(nameOf(error));
  return remedy === undefined
    ? error
    : new RejectedError(`AWS refused to ${doing} (${detail}).`, remedy, { cause: error });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** Few errors are of such a transaction: the schema is made for them, and not at every cold start. */
function cancellationsOf(error: unknown): readonly string[] {
  if (nameOf(error) !== 'TransactionCanceledException') return [];
  const cancellation = z.object({ CancellationReasons: z.array(z.object({ Code: z._default(z.string(), 'None') })) });
  return cancellation.safeParse(error).data?.CancellationReasons.map(({ Code }) => Code) ?? [];
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !('$metadata' in error)) return 0;
  const metadata = error.$metadata;
  const isObject = typeof metadata === 'object' && metadata !== null;
  return isObject && 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : 0;
}

/** Undefined where the call is refused because things are so already. */
export async function ignoreIf<Answer>(
  isSo: (error: unknown) => boolean,
  call: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isSo(error)) return undefined;
    throw error;
  }
}
