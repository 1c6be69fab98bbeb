import { calling } from '../../../../functions/aws/base/aws-error';
import { RejectedError, TransientError } from '../../../../functions/domain/base/errors';
import errorsOfOperations from './errors-of-operations.json';

/**
 * What any service may answer to any call, beside what its model lists.
 *
 * @evidence documented IAM/latest/APIReference/CommonErrors: the errors that are common to the actions of a service
 */
const COMMON: Readonly<Record<string, number>> = {
  AccessDeniedException: 400,
  ExpiredTokenException: 403,
  IncompleteSignature: 403,
  InternalFailure: 500,
  InvalidAction: 400,
  InvalidClientTokenId: 403,
  MalformedHttpRequestException: 400,
  MissingAuthenticationToken: 403,
  MissingAuthenticationTokenException: 403,
  NotAuthorized: 401,
  OptInRequired: 403,
  RequestAbortedException: 400,
  RequestEntityTooLargeException: 413,
  RequestExpired: 400,
  RequestTimeoutException: 408,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  ThrottlingException: 400,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  ValidationError: 400,
};

const listed = [{ 'every:Call': COMMON }, errorsOfOperations].flatMap((lists) =>
  Object.entries(lists).map(([operation, errors]) => [operation, Object.entries(errors)] as const),
);

/** As the SDK throws it. */
const thrown = (name: string, status: number): Error =>
  Object.assign(new Error('as AWS says it'), { name, $metadata: { httpStatusCode: status } });

const sortedAs = async (name: string, status: number): Promise<unknown> =>
  calling('do something', () => Promise.reject(thrown(name, status))).catch((error: unknown) => error);

describe('every error that AWS lists for one of our calls', () => {
  it.each(listed)('is sorted, and has a remedy where it is final: %s', async (_operation, errors) => {
    const unsorted: string[] = [];
    for (const [name, status] of errors) {
      const error = await sortedAs(name, status);
      const isFinal = error instanceof RejectedError && error.remedy.length > 40 && error.reason.includes(name);
      if (!isFinal && !(error instanceof TransientError)) unsorted.push(name);
    }

    expect(unsorted).toEqual([]);
  });
});

const many = (names: string): readonly string[] => names.trim().split(/\s+/u);

/** Names that stand for the same, each by itself: one that is lost is answered as an unknown error. */
const THROTTLES = many(`
  TooManyRequestsException ThrottlingException Throttling RequestLimitExceeded RequestThrottledException
  RequestThrottled ProvisionedThroughputExceededException SlowDown EC2ThrottledException KmsThrottled
  KmsThrottlingException KMSThrottling KMSThrottlingException`);

const TURNED_AWAY = many(`
  ConcurrentModificationException ConcurrentModification ConflictException StaleRequestException
  EntityTemporarilyUnmodifiableException EntityTemporarilyUnmodifiable OperationInProgressException
  OperationInProgress ResourceInUseException ResourceConflictException TransactionInProgressException
  ReplicatedWriteConflictException
  StackInstanceNotFoundException ExecutionLimitExceeded OverLimit FinalizingOrganizationException
  ResourceNotReadyException SnapStartNotReadyException CodeArtifactUserPendingException`);

const PASSING = many(`
  ServiceException ServiceFailureException ServiceFailure ServiceUnavailable InternalFailure InternalServerException
  InternalServerError InternalServiceError InternalException AccountNotFoundException TargetNotFoundException
  ChildNotFoundException InvalidClientTokenId UnrecognizedClientException OptInRequired SubscriptionRequiredException
  SourceParentNotFoundException RequestChangedException InvalidNextTokenException BillingViewHealthStatusException
  ExpiredTokenException ExpiredToken RequestExpired RequestAbortedException RequestTimeoutException TimeoutError
  EFSMountConnectivityException EFSMountTimeoutException EFSIOException S3FilesMountConnectivityException
  S3FilesMountTimeoutException SnapStartTimeoutException`);

const DENIED = many(`
  AccessDenied AccessDeniedException UnauthorizedOperation AuthorizationError AuthorizationErrorException
  NotAuthorized`);

const REMEDIES: readonly (readonly [remedy: string, names: readonly string[]])[] = [
  [
    'Change what AWS names in the message, in the configuration or in AWS, and replay this run.',
    many(`
      ConstraintViolationException InvalidInputException InvalidInput ValidationException ValidationError
      MalformedPolicyDocumentException MalformedPolicyDocument PolicyEvaluationException PolicyEvaluation
      PolicyNotAttachableException PolicyNotAttachable AWSOrganizationsNotInUseException
      UnsupportedAPIEndpointException InvalidParametersException InvalidOperationException IllegalArgumentException
      InvalidParameterException InvalidParameterValueException InvalidRequestException InvalidArn InvalidAddress
      InvalidName InvalidParameter ParameterValueInvalid InvalidAttributeName InvalidIdFormat
      BatchEntryIdsNotDistinct EmptyBatchRequest InvalidBatchEntryId TooManyEntriesInBatchRequest
      ReceiptHandleIsInvalid`),
  ],
  [
    'A quota of AWS is used up. Remove what nobody needs',
    many(`
      LimitExceededException ServiceQuotaExceededException LimitExceeded AccountLimitExceededException
      ItemCollectionSizeLimitExceededException`),
  ],
  [
    'AWS does not have what the message names. Check its name or id',
    many(`
      NoSuchEntityException NoSuchEntity NoSuchResourceException ResourceNotFoundException StackSetNotFoundException
      StackSetNotFound OperationNotFoundException OperationNotFound PolicyNotFoundException
      OrganizationalUnitNotFoundException DestinationParentNotFoundException ParentNotFoundException
      CreateAccountStatusNotFoundException NoSuchConfigurationRecorderException NoSuchDeliveryChannelException`),
  ],
  [
    'AWS has something of this name or id already',
    many(`
      EntityAlreadyExistsException EntityAlreadyExists DuplicateResourceException DuplicateAccountException
      DuplicateOrganizationalUnitException AccountAlreadyClosedException OperationIdAlreadyExistsException
      OperationIdAlreadyExists ExecutionAlreadyExists DurableExecutionAlreadyStartedException`),
  ],
  [
    'Something else still uses it, or only a service of AWS may change it.',
    many('DeleteConflictException DeleteConflict UnmodifiableEntityException UnmodifiableEntity'),
  ],
  [
    'Shorten the policies that the session is narrowed by, or its tags',
    many('PackedPolicyTooLargeException PackedPolicyTooLarge'),
  ],
  ['Enable the region in the account', ['RegionDisabledException']],
  [
    'Check in AWS KMS that the key is enabled',
    many(`
      DecryptionFailure KMSAccessDeniedException KMSDisabledException KMSInvalidStateException KMSNotFoundException
      KmsAccessDenied KmsAccessDeniedException KmsDisabled KmsInvalidKeyUsage KmsInvalidState
      KmsInvalidStateException KmsNotFound KmsOptInRequired KMSAccessDenied KMSDisabled KMSInvalidState KMSNotFound
      KMSOptInRequired`),
  ],
  [
    'AWS Lambda cannot run the function.',
    many(`
      CodeArtifactUserDeletedException CodeArtifactUserFailedException EC2AccessDeniedException
      EC2UnexpectedException EFSMountFailureException ENILimitReachedException ENINotReadyException
      InvalidRuntimeException InvalidSecurityGroupIDException InvalidSubnetIDException InvalidZipFileException
      ModeNotSupportedException NoPublishedVersionException RecursiveInvocationException
      S3FilesMountFailureException SnapStartException SnapStartRegenerationFailureException
      SubnetIPAddressLimitReachedException`),
  ],
  [
    'A part of this application is missing in AWS, or has ended.',
    many(`
      QueueDoesNotExist StateMachineDoesNotExist StateMachineDeleting ExecutionDoesNotExist ExecutionNotRedrivable
      TaskDoesNotExist TaskTimedOut InvalidToken NotFound NotFoundException EndpointDisabled
      EndpointDisabledException PlatformApplicationDisabled PlatformApplicationDisabledException`),
  ],
  ['Cost Explorer has no such costs.', many('BillExpirationException DataUnavailableException')],
  [
    'AWS did not accept the signature.',
    many(`
      IncompleteSignature MissingAuthenticationToken MissingAuthenticationTokenException SignatureDoesNotMatch`),
  ],
  [
    'This is a fault of the application',
    many(`
      IdempotentParameterMismatchException InvalidAction InvalidExecutionInput InvalidMessageContents InvalidOutput
      InvalidRequestContentException InvalidSecurity InvalidSecurityException MalformedHttpRequestException
      RequestEntityTooLargeException RequestTooLargeException SerializedRequestEntityTooLargeException
      UnknownOperationException UnsupportedMediaTypeException UnsupportedOperation`),
  ],
];

const ofEach = (names: readonly string[]): Promise<readonly unknown[]> =>
  Promise.all(names.map((name) => sortedAs(name, 400)));

describe('an error by its name alone', () => {
  it.each([
    ['has done nothing: AWS was asked too fast', THROTTLES, { nothingDone: true, throttled: true }],
    ['has done nothing, and passes', TURNED_AWAY, { nothingDone: true, throttled: false }],
    ['passes, and may have done something', PASSING, { nothingDone: false, throttled: false }],
  ])('%s', async (_, names, sort) => {
    const errors = await ofEach(names);
    expect(errors).toEqual(names.map(() => expect.any(TransientError) as unknown));
    expect(errors).toMatchObject(names.map(() => sort));
  });

  it('is a matter of rights', async () => {
    const wanted = { denied: true, remedy: expect.stringContaining('no service control policy denies it') as unknown };
    expect(await ofEach(DENIED)).toMatchObject(DENIED.map(() => wanted));
  });

  it.each(REMEDIES)('is final, and says: %s', async (remedy, names) => {
    const wanted = { name: 'RejectedError', denied: false, remedy: expect.stringContaining(remedy) as unknown };
    expect(await ofEach(names)).toMatchObject(names.map(() => wanted));
  });
});
