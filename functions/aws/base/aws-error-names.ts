/*
 * Names of errors, by what should happen next. The query protocol of IAM and STS answers by shorter codes than the
 * SDK's shapes have: both are here. test/functions/aws/base/aws-error-sorts.test.ts takes every error that AWS lists
 * for a call of ours.
 */

/** Throttling, by whatever name a service gives it. */
export const THROTTLES: ReadonlySet<string> = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
  'RequestThrottledException',
  'RequestThrottled',
  'ProvisionedThroughputExceededException',
  'SlowDown',
  'EC2ThrottledException',
  'KmsThrottled',
  'KmsThrottlingException',
]);

/** AWS turns the call away before it does anything, and will not for long. */
export const TURNED_AWAY: ReadonlySet<string> = new Set([
  ...THROTTLES,
  // Somebody else is changing the same thing.
  'ConcurrentModificationException',
  'ConcurrentModification',
  'ConflictException',
  'StaleRequestException',
  'EntityTemporarilyUnmodifiableException',
  'EntityTemporarilyUnmodifiable',
  'OperationInProgressException',
  'OperationInProgress',
  'ResourceInUseException',
  'ResourceConflictException',
  'TransactionInProgressException',
  // A stack instance was taken out between our look and our call.
  'StackInstanceNotFoundException',
  // As many executions run as may.
  'ExecutionLimitExceeded',
  // The organization is younger than an hour.
  'FinalizingOrganizationException',
  // A function is being made ready.
  'ResourceNotReadyException',
  'SnapStartNotReadyException',
  'CodeArtifactUserPendingException',
]);

export const PASSING: ReadonlySet<string> = new Set([
  ...TURNED_AWAY,
  // AWS itself, for a while.
  'ServiceException',
  'ServiceFailureException',
  'ServiceFailure',
  'ServiceUnavailable',
  'InternalFailure',
  'InternalServerException',
  'InternalServerError',
  'InternalServiceError',
  'InternalException',
  // The account is so young that not every part of AWS knows it.
  'AccountNotFoundException',
  'TargetNotFoundException',
  'ChildNotFoundException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'OptInRequired',
  'SubscriptionRequiredException',
  // The account was moved between our look and our move.
  'SourceParentNotFoundException',
  // What was read page by page has changed between two pages.
  'RequestChangedException',
  'InvalidNextTokenException',
  // Costs are shown again once AWS has made their view healthy.
  'BillingViewHealthStatusException',
  'ExpiredTokenException',
  'ExpiredToken',
  'RequestExpired',
  'RequestAbortedException',
  'RequestTimeoutException',
  'TimeoutError',
  // A function does not reach its file system just now.
  'EFSMountConnectivityException',
  'EFSMountTimeoutException',
  'EFSIOException',
  'S3FilesMountConnectivityException',
  'S3FilesMountTimeoutException',
  'SnapStartTimeoutException',
]);

export const DENIED: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'AuthorizationError',
  'NotAuthorized',
]);

export const NETWORK: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
