import * as sorts from '../../../../functions/aws/base/aws-error';
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
    ...['ECONNRESET', 'ECONNREFUSED', 'EHOSTUNREACH', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'].map((code) =>
      named('Error', { code }),
    ),
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
      expect(result).toMatchObject({ denied: true, cause: { name } });
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
    expect(result).toMatchObject({ denied: false, cause: { name } });
  });

  it.each([
    named('Odd'),
    named('Odd', { $metadata: { httpStatusCode: 499 } }),
    named('Odd', { $metadata: { httpStatusCode: 428 } }),
    named('Odd', { $metadata: { httpStatusCode: '500' } }),
    named('Odd', { $metadata: null }),
    named('Odd', { $metadata: 'none' }),
    named('Odd', { $metadata: {} }),
    named('Odd', { code: 7 }),
    named('Odd', { CancellationReasons: [{ Code: 'ThrottlingError' }] }),
    new TypeError('our own fault'),
    'not even an error',
  ])('is left as it is when nobody knows it: %s', async (error) => {
    expect(await sorted(error)).toBe(error);
  });

  it('is left as it is when it was sorted before', async () => {
    for (const known of [new RejectedError('a', 'b'), new TransientError('a', { cause: named('Throttling') })]) {
      expect(await sorted(known)).toBe(known);
    }
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

  it('passes where others were at the same items, or nobody knows why, and is final where it cannot be carried out', async () => {
    const passing = [cancelled('TransactionConflict'), named('TransactionCanceledException')];
    for (const error of passing) expect(await sorted(error)).toMatchObject({ name: 'TransientError' });
    const remedy = expect.stringContaining('fault of the application') as unknown;
    expect(await sorted(cancelled('ValidationError'))).toMatchObject({ name: 'RejectedError', remedy });
  });

  it.each(['ConditionalCheckFailedException', 'TransactionConflictException'])(
    'is told from a write of one item that met another writer: %s',
    async (name) => {
      expect(isConditionFailed(named(name))).toBe(true);
      expect(await sorted(named(name))).toMatchObject({ name: 'TransientError' });
    },
  );

  it('is nothing else that fails', () => {
    expect(isConditionFailed(named('ValidationException'))).toBe(false);
    expect(isConditionFailed('TransactionCanceledException')).toBe(false);
  });
});

type Predicate = {
  [Name in keyof typeof sorts]: (typeof sorts)[Name] extends (error: unknown) => boolean ? Name : never;
}[keyof typeof sorts];

const PREDICATES: readonly (readonly [Predicate, string])[] = [
  ['isDenied', 'AccessDenied AccessDeniedException UnauthorizedOperation NotAuthorized'],
  ['isRegionDisabled', 'RegionDisabledException'],
  [
    'isAbsent',
    'NoSuchEntityException NoSuchEntity OrganizationalUnitNotFoundException AccountNotFoundException ' +
      'CreateAccountStatusNotFoundException ResourceNotFoundException StackSetNotFoundException StackSetNotFound ' +
      'StackInstanceNotFoundException',
  ],
  [
    'isAlreadySo',
    'DuplicateAccountException DuplicateOrganizationalUnitException EntityAlreadyExistsException EntityAlreadyExists',
  ],
  ['isChildAbsent', 'ChildNotFoundException'],
  ['isParentAbsent', 'ParentNotFoundException'],
  ['isDestinationAbsent', 'DestinationParentNotFoundException'],
  ['isBusy', 'ResourceInUseException OperationInProgressException OperationInProgress'],
  ['isCrowded', 'ThrottlingException ConflictException ServiceQuotaExceededException'],
  ['isConflict', 'ConflictException'],
  ['isRefusedUnit', 'ServiceQuotaExceededException ValidationException ResourceNotFoundException'],
  ['isBuildQueueFull', 'AccountLimitExceededException'],
  ['isInputRefused', 'InvalidInputException'],
  ['isOperationKnown', 'OperationIdAlreadyExistsException OperationIdAlreadyExists'],
  ['isOperationUnknown', 'OperationNotFoundException OperationNotFound'],
  ['isCostDataUnavailable', 'DataUnavailableException'],
  ['isBillExpired', 'BillExpirationException'],
  ['isCostThrottle', 'LimitExceededException ThrottlingException'],
  ['isCostPagingStale', 'RequestChangedException InvalidNextTokenException'],
  ['isTokenGone', 'TaskDoesNotExist TaskTimedOut InvalidToken'],
  ['isQuotaUnset', 'NoSuchResourceException'],
  ['isNameUsed', 'ExecutionAlreadyExists'],
  ['isNotRedrivable', 'ExecutionNotRedrivable'],
  ['isExecutionGone', 'ExecutionDoesNotExist'],
];

const EVERY_NAME = PREDICATES.flatMap(([, names]) => names.split(' '));

describe('what an adapter asks about an error', () => {
  it.each(PREDICATES)('is answered by its name: %s', (predicate, names) => {
    const found = EVERY_NAME.filter((name) => sorts[predicate](named(name)));
    expect(found.filter((name) => !names.split(' ').includes(name))).toEqual([]);
    expect(names.split(' ').filter((name) => !found.includes(name))).toEqual([]);
    expect([sorts[predicate](named('Odd')), sorts[predicate](names.split(' ')[0])]).toEqual([false, false]);
  });

  it('is whether a name is taken, which is one of two conflicts', () => {
    const conflict = (Reason: string, name = 'ConflictException') => sorts.isTaken(named(name, { Reason }));
    expect(conflict('UNIQUENESS_CONSTRAINT_VIOLATION')).toBe(true);
    expect(conflict('CONCURRENT_MODIFICATION')).toBe(false);
    expect(conflict('UNIQUENESS_CONSTRAINT_VIOLATION', 'OtherException')).toBe(false);
    expect(sorts.isTaken(named('ConflictException'))).toBe(false);
  });

  it('is whether a token has expired, by its reason', () => {
    const refused = (Reason: unknown, name = 'InvalidInputException') => sorts.isTokenExpired(named(name, { Reason }));
    expect([refused('INVALID_NEXT_TOKEN'), refused('INVALID_PAGINATION_TOKEN')]).toEqual([true, true]);
    expect([refused('INVALID_ENUM'), refused(7), refused('INVALID_NEXT_TOKEN', 'Odd')]).toEqual([false, false, false]);
    expect(sorts.refusalCodeOf(named('Odd', { Reason: 7 }))).toEqual({ name: 'Odd', reason: null });
    expect(sorts.refusalCodeOf('no error')).toEqual({ name: '', reason: null });
  });

  it('is whether a bill is too old, in either of two ways', () => {
    const said = (message: string, name: string) => sorts.isBillExpired(Object.assign(new Error(message), { name }));
    expect(said('no historical data beyond 14 months', 'ValidationException')).toBe(true);
    expect(said('historical data beyond', 'Odd')).toBe(false);
    expect(said('a date is wrong', 'ValidationException')).toBe(false);
  });

  it.each([
    ['ResourceInUse: wait', true],
    ['because another AWS Control Tower operation is in progress', true],
    ['because another execution is in progress', true],
    ['another one is in progress', false],
    ['', false],
  ])('is whether a record failed because others were at work: "%s": %s', (message, isBusy) => {
    expect(sorts.isBusyMessage(message)).toBe(isBusy);
  });

  it('is what AWS has said', () => {
    expect([sorts.wordsOf(named('Odd')), sorts.wordsOf('words')]).toEqual(['Odd: as AWS says it', 'words']);
  });
});

describe('a call whose refusal may be that things are so already', () => {
  it('gives its answer, nothing, or the refusal', async () => {
    const fail = (): Promise<number> => Promise.reject(named('Odd'));
    expect(
      await sorts.ignoreIf(
        () => true,
        () => Promise.resolve(7),
      ),
    ).toBe(7);
    expect(await sorts.ignoreIf(() => true, fail)).toBeUndefined();
    await expect(sorts.ignoreIf(() => false, fail)).rejects.toMatchObject({ name: 'Odd' });
  });
});
