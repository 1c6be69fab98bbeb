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
