import { log, logger } from '../../../functions/runtime/logger';

describe('the log', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('writes sentences with searchable keys, and errors with their cause', () => {
    const lines: unknown[][] = [];
    for (const level of ['info', 'warn', 'error'] as const) {
      jest.spyOn(logger, level).mockImplementation((...line: unknown[]) => void lines.push([level, ...line]));
    }
    const cause = new Error('underneath');
    log.info('It begins', { state: 'MoveAccount' });
    log.warn('It is odd', { state: 'MoveAccount' });
    log.error('It has failed', { state: 'MoveAccount' }, cause);
    log.error('It has failed', { state: 'MoveAccount' }, 'no error at all');
    expect(lines).toEqual([
      ['info', 'It begins', { state: 'MoveAccount' }],
      ['warn', 'It is odd', { state: 'MoveAccount' }],
      ['error', 'It has failed', { state: 'MoveAccount', error: cause }],
      ['error', 'It has failed', { state: 'MoveAccount', cause: 'no error at all' }],
    ]);
  });
});
