import type { ServiceName } from './case';

/** What JSON of AWS answers to a fault of the caller, where the model of the API says nothing else. */
const OF_JSON = 400;

/**
 * The statuses that botocore has for errors of the other protocols, as far as cases name these errors. AccessDenied is
 * none of a model: users have met it with 403 (goadapp/goad#85).
 */
const STATUSES: Readonly<Partial<Record<ServiceName, Readonly<Record<string, number>>>>> = {
  account: {
    AccessDeniedException: 403,
    ConflictException: 409,
    ResourceNotFoundException: 404,
    TooManyRequestsException: 429,
    ValidationException: 400,
  },
  sts: {
    AccessDenied: 403,
    MalformedPolicyDocumentException: 400,
    PackedPolicyTooLargeException: 400,
    RegionDisabledException: 403,
  },
  iam: {
    AccessDenied: 403,
    DeleteConflictException: 409,
    EntityAlreadyExistsException: 409,
    InvalidInputException: 400,
    LimitExceededException: 409,
    MalformedPolicyDocumentException: 400,
    NoSuchEntityException: 404,
    UnmodifiableEntityException: 400,
  },
  cloudformation: {
    AccessDenied: 403,
    AlreadyExistsException: 400,
    ChangeSetNotFoundException: 404,
    InsufficientCapabilitiesException: 400,
    InvalidChangeSetStatusException: 400,
    InvalidOperationException: 400,
    NameAlreadyExistsException: 409,
    OperationIdAlreadyExistsException: 409,
    OperationInProgressException: 409,
    OperationNotFoundException: 404,
    StackInstanceNotFoundException: 404,
    StackSetNotEmptyException: 409,
    StackSetNotFoundException: 404,
  },
  controltower: {
    AccessDeniedException: 403,
    ConflictException: 409,
    ResourceNotFoundException: 404,
    ServiceQuotaExceededException: 402,
    ThrottlingException: 429,
    ValidationException: 400,
  },
};

/** The HTTP status that AWS's model of the API has for an error; undefined where it has none. */
export function statusOf(service: ServiceName, error: string): number | undefined {
  const known = STATUSES[service];
  return known === undefined ? OF_JSON : known[error];
}
