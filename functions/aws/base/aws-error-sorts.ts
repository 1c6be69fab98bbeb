/*
 * Names of errors, by what should happen next. IAM and STS use the query protocol, whose error codes are shorter than
 * the names in the SDK; the lists have both. `aws-error-sorts.test.ts` checks every error that AWS lists for our calls.
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
  'KMSThrottling',
  'KMSThrottlingException',
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
  'ReplicatedWriteConflictException',
  // A stack instance was taken out between our look and our call.
  'StackInstanceNotFoundException',
  // As many executions run as may.
  'ExecutionLimitExceeded',
  // As many messages of a queue are out as may be.
  'OverLimit',
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
  'AuthorizationErrorException',
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

/**
 * What a person can do about a refusal, and the errors that it is for; no adapter has taken them for an answer before.
 */
interface Remedy {
  readonly remedy: string;
  readonly names: readonly string[];
}

const REMEDIES: readonly Remedy[] = [
  {
    remedy: 'Change what AWS names in the message, in the configuration or in AWS, and replay this run.',
    names: [
      'ConstraintViolationException',
      'InvalidInputException',
      'InvalidInput',
      'ValidationException',
      'ValidationError',
      'MalformedPolicyDocumentException',
      'MalformedPolicyDocument',
      'PolicyEvaluationException',
      'PolicyEvaluation',
      'PolicyNotAttachableException',
      'PolicyNotAttachable',
      'AWSOrganizationsNotInUseException',
      'UnsupportedAPIEndpointException',
      'InvalidParametersException',
      'InvalidOperationException',
      'IllegalArgumentException',
      'InvalidParameterException',
      'InvalidParameterValueException',
      'InvalidRequestException',
      'InvalidArn',
      'InvalidAddress',
      'InvalidName',
      'InvalidParameter',
      'ParameterValueInvalid',
      'InvalidAttributeName',
      'InvalidIdFormat',
      'BatchEntryIdsNotDistinct',
      'EmptyBatchRequest',
      'InvalidBatchEntryId',
      'TooManyEntriesInBatchRequest',
      'ReceiptHandleIsInvalid',
    ],
  },
  {
    remedy:
      'A quota of AWS is used up. Remove what nobody needs, or ask for a higher quota in Service Quotas of the account in which it happened; then ' +
      'replay this run.',
    names: [
      'LimitExceededException',
      'ServiceQuotaExceededException',
      'LimitExceeded',
      'AccountLimitExceededException',
      'ItemCollectionSizeLimitExceededException',
    ],
  },
  {
    remedy:
      'AWS does not have what the message names. Check its name or id in the configuration, or create it in AWS, and replay this run.',
    names: [
      'NoSuchEntityException',
      'NoSuchEntity',
      'NoSuchResourceException',
      'ResourceNotFoundException',
      'StackSetNotFoundException',
      'StackSetNotFound',
      'OperationNotFoundException',
      'OperationNotFound',
      'PolicyNotFoundException',
      'OrganizationalUnitNotFoundException',
      'DestinationParentNotFoundException',
      'ParentNotFoundException',
      'CreateAccountStatusNotFoundException',
      'NoSuchConfigurationRecorderException',
      'NoSuchDeliveryChannelException',
    ],
  },
  {
    remedy:
      'AWS has something of this name or id already, or it is in this state already. Check in AWS what it is, remove or rename it if nobody needs ' +
      'it, and replay this run.',
    names: [
      'EntityAlreadyExistsException',
      'EntityAlreadyExists',
      'DuplicateResourceException',
      'DuplicateAccountException',
      'DuplicateOrganizationalUnitException',
      'AccountAlreadyClosedException',
      'OperationIdAlreadyExistsException',
      'OperationIdAlreadyExists',
      'ExecutionAlreadyExists',
      'DurableExecutionAlreadyStartedException',
    ],
  },
  {
    remedy:
      'Something else still uses it, or only a service of AWS may change it. Check in the IAM console of the account what is attached to it, ' +
      'detach that, and replay this run.',
    names: ['DeleteConflictException', 'DeleteConflict', 'UnmodifiableEntityException', 'UnmodifiableEntity'],
  },
  {
    remedy:
      'The policies and tags of this session are too much for AWS to pack together. Shorten the policies that the session is narrowed by, or its tags, ' +
      'deploy, and replay this run.',
    names: ['PackedPolicyTooLargeException', 'PackedPolicyTooLarge'],
  },
  {
    remedy:
      'AWS STS gives no session for this account in this region. Enable the region in the account, or deploy into a region that every account has, and ' +
      'replay this run.',
    names: ['RegionDisabledException'],
  },
  {
    remedy:
      'Check in AWS KMS that the key is enabled and that its policy lets the role in the message use it; then replay this run.',
    names: [
      'DecryptionFailure',
      'KMSAccessDeniedException',
      'KMSDisabledException',
      'KMSInvalidStateException',
      'KMSNotFoundException',
      'KmsAccessDenied',
      'KmsAccessDeniedException',
      'KmsDisabled',
      'KmsInvalidKeyUsage',
      'KmsInvalidState',
      'KmsInvalidStateException',
      'KmsNotFound',
      'KmsOptInRequired',
      'KMSAccessDenied',
      'KMSDisabled',
      'KMSInvalidState',
      'KMSNotFound',
      'KMSOptInRequired',
    ],
  },
  {
    remedy:
      'AWS Lambda cannot run the function. Check its state, code, role and network in the Lambda console, repair it, and replay this run.',
    names: [
      'CodeArtifactUserDeletedException',
      'CodeArtifactUserFailedException',
      'EC2AccessDeniedException',
      'EC2UnexpectedException',
      'EFSMountFailureException',
      'ENILimitReachedException',
      'ENINotReadyException',
      'InvalidRuntimeException',
      'InvalidSecurityGroupIDException',
      'InvalidSubnetIDException',
      'InvalidZipFileException',
      'ModeNotSupportedException',
      'NoPublishedVersionException',
      'RecursiveInvocationException',
      'S3FilesMountFailureException',
      'SnapStartException',
      'SnapStartRegenerationFailureException',
      'SubnetIPAddressLimitReachedException',
    ],
  },
  {
    remedy:
      'A part of this application is missing in AWS, or has ended. Deploy the application again if it is missing, and replay this run.',
    names: [
      'QueueDoesNotExist',
      'StateMachineDoesNotExist',
      'StateMachineDeleting',
      'ExecutionDoesNotExist',
      'ExecutionNotRedrivable',
      'TaskDoesNotExist',
      'TaskTimedOut',
      'InvalidToken',
      'NotFound',
      'NotFoundException',
      'EndpointDisabled',
      'EndpointDisabledException',
      'PlatformApplicationDisabled',
      'PlatformApplicationDisabledException',
    ],
  },
  {
    remedy:
      'Cost Explorer has no such costs. Check in the management account that Cost Explorer is turned on, and ask for a month of the last thirteen.',
    names: ['BillExpirationException', 'DataUnavailableException'],
  },
  {
    remedy:
      'AWS did not accept the signature. Check the clock and the credentials of the computer that makes the call, and try again.',
    names: [
      'IncompleteSignature',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
      'SignatureDoesNotMatch',
    ],
  },
  {
    remedy:
      'This is a fault of the application: it has sent something that AWS does not take. Please report it with this message; a replay alone does not help.',
    names: [
      'IdempotentParameterMismatchException',
      'InvalidAction',
      'InvalidExecutionInput',
      'InvalidMessageContents',
      'InvalidOutput',
      'InvalidRequestContentException',
      'InvalidSecurity',
      'InvalidSecurityException',
      'MalformedHttpRequestException',
      'RequestEntityTooLargeException',
      'RequestTooLargeException',
      'SerializedRequestEntityTooLargeException',
      'TransactionCanceledException',
      'UnknownOperationException',
      'UnsupportedMediaTypeException',
      'UnsupportedOperation',
    ],
  },
];

const BY_NAME: ReadonlyMap<string, string> = new Map(
  REMEDIES.flatMap(({ remedy, names }) => names.map((name) => [name, remedy] as const)),
);

/** Undefined where nobody knows the error: then it is no refusal, and is left as it is. */
export const remedyFor = (name: string): string | undefined => BY_NAME.get(name);
