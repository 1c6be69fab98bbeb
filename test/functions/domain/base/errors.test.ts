import * as errors from '../../../../functions/domain/base/errors';

const cause = new Error('underneath');

describe('the errors of the project', () => {
  it('carry the names that the state machine matches, whatever a minifier makes of their classes', () => {
    const made = [
      new errors.RejectedError('a', 'b'),
      new errors.TransientError('a'),
      new errors.InvalidRequestError([]),
      new errors.ConfigurationError('a'),
    ];
    expect(made.map(({ name }) => name)).toEqual([
      'RejectedError',
      'TransientError',
      'InvalidRequestError',
      'ConfigurationError',
    ]);
    for (const error of made) expect(Object.hasOwn(error, 'name')).toBe(true);
  });

  it('show reason and remedy of a rejection in one message', () => {
    const error = new errors.RejectedError('The OU is gone.', 'Make it again.', { cause });
    expect(error).toMatchObject({ message: 'The OU is gone. Make it again.', reason: 'The OU is gone.', cause });
  });

  it('show every fault of a request in one message', () => {
    const faults = [
      { field: 'a', message: 'is wrong' },
      { field: 'b', message: 'is missing' },
    ];
    expect(new errors.InvalidRequestError(faults).message).toBe('a: is wrong\nb: is missing');
  });

  it('take for granted that a call may have had its effect, unless they know better', () => {
    expect(new errors.TransientError('a', { cause })).toMatchObject({ nothingDone: false, cause });
    expect(new errors.TransientError('a', { nothingDone: true })).toMatchObject({ nothingDone: true });
  });
});
