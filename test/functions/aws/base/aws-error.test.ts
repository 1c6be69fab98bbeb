import { calling, isConditionFailed } from '../../../../functions/aws/base/aws-error';
import { RejectedError, TransientError } from '../../../../functions/domain/base/errors';

const named = (name: string, further: object = {}): Error =>
  Object.assign(new Error('as AWS says it'), { name }, further);

const sorted = (error: unknown): Promise<unknown> =>
  calling('do something', () => Promise.reject(error as Error)).catch((thrown: unknown) => thrown);

const cancelled = (...codes: readonly string[]): Error =>
  named('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

describe('a failed call of AWS', () => {
  it.each([
    'TooManyRequestsException',
    'ThrottlingException',
    'Throttling',
    'RequestLimitExceeded',
    'ProvisionedThroughputExceededException',
    'ConcurrentModificationException',
    'ConflictException',
    'EntityTemporarilyUnmodifiableException',
    'FinalizingOrganizationException',
  ])('has done nothing and may be repeated: %s', async (name) => {
    expect(await sorted(named(name))).toMatchObject({ name: 'TransientError', nothingDone: true });
  });

  it.each([
    named('ServiceException'),
    named('ServiceFailureException'),
    named('InternalFailure'),
    named('AccountNotFoundException'),
    named('ChildNotFoundException'),
    named('TargetNotFoundException'),
    named('SourceParentNotFoundException'),
    named('OptInRequired'),
    named('ExpiredTokenException'),
    named('TimeoutError'),
    named('Odd', { $metadata: { httpStatusCode: 500 } }),
    named('Odd', { $metadata: { httpStatusCode: 503 } }),
    named('Odd', { $metadata: { httpStatusCode: 429 } }),
    named('Error', { code: 'ECONNRESET' }),
    named('Error', { code: 'ETIMEDOUT' }),
    named('Error', { code: 'EAI_AGAIN' }),
    cancelled('None', 'ThrottlingError'),
    cancelled('ProvisionedThroughputExceeded'),
  ])('passes, and may have had its effect: %s', async (error) => {
    const result = await sorted(error);
    expect(result).toBeInstanceOf(TransientError);
    expect(result).toMatchObject({ nothingDone: false, cause: error });
    expect((result as Error).message).toBe(`AWS could not do something just now (${error.name}: as AWS says it).`);
  });

  it.each(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'])(
    'is a matter of permissions: %s',
    async (name) => {
      const result = await sorted(named(name));
      expect(result).toBeInstanceOf(RejectedError);
      expect((result as RejectedError).reason).toBe(`AWS refused to do something (${name}: as AWS says it).`);
      expect((result as RejectedError).remedy).toContain('its policies allow this call');
    },
  );

  it.each([
    'ConstraintViolationException',
    'InvalidInputException',
    'ValidationException',
    'MalformedPolicyDocumentException',
    'LimitExceededException',
    'NoSuchEntityException',
    'AWSOrganizationsNotInUseException',
  ])('would be refused again: %s', async (name) => {
    const result = await sorted(named(name));
    expect(result).toBeInstanceOf(RejectedError);
    expect((result as RejectedError).remedy).toContain('replay this run');
  });

  it.each([named('Odd'), new TypeError('our own fault'), 'not even an error'])(
    'is left as it is when nobody knows it: %s',
    async (error) => {
      expect(await sorted(error)).toBe(error);
    },
  );

  it('is left as it is when it was sorted before', async () => {
    const rejected = new RejectedError('a', 'b');
    expect(await sorted(rejected)).toBe(rejected);
  });

  it('gives the answer of a call that succeeds', async () => {
    expect(await calling('do something', () => Promise.resolve(7))).toBe(7);
  });
});

describe('a cancelled transaction', () => {
  it.each([
    { codes: ['ConditionalCheckFailed'], conflict: true },
    { codes: ['None', 'TransactionConflict', 'ConditionalCheckFailed'], conflict: true },
    { codes: ['ConditionalCheckFailed', 'ThrottlingError'], conflict: false },
    { codes: ['ItemCollectionSizeLimitExceeded'], conflict: false },
    { codes: ['ValidationError'], conflict: false },
  ])('by $codes is a conflict with another writer: $conflict', ({ codes, conflict }) => {
    expect(isConditionFailed(cancelled(...codes))).toBe(conflict);
  });

  it('is nothing else that fails', () => {
    expect(isConditionFailed(named('ValidationException'))).toBe(false);
    expect(isConditionFailed('TransactionCanceledException')).toBe(false);
  });
});
