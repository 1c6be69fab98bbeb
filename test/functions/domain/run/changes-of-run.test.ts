import {
  changedAt,
  changedSinceResumed,
  secondsLeftSince,
  secondsUntilRolesCount,
} from '../../../../functions/domain/run/changes-of-run';

const CHANGE = { what: 'policy of Access', from: null, to: 'kept' };

const step = (state: string, finishedAt: string | null, changes: readonly object[]) => ({
  state,
  startedAt: '2026-03-02T08:00:00.000Z',
  finishedAt,
  attempts: 1,
  remark: null,
  error: null,
  changes: [...changes] as (typeof CHANGE)[],
});

describe('when a run has made a change', () => {
  it('is the end of the last state that tells of it', () => {
    const steps = [
      step('OpenAccount', '2026-03-02T08:01:00.000Z', [{ ...CHANGE, to: 'other' }, CHANGE]),
      step('DowngradeAccessRole', '2026-03-02T08:09:00.000Z', [CHANGE]),
      step('ConfirmDowngrade', '2026-03-02T08:10:00.000Z', [{ ...CHANGE, from: 'kept', to: null }]),
    ];
    expect(changedAt({ steps }, CHANGE)).toEqual(new Date('2026-03-02T08:09:00.000Z'));
  });

  it('is unknown where none tells of it, or the one that does has not ended', () => {
    const steps = [
      step('OpenAccount', null, [CHANGE]),
      step('MoveAccount', '2026-03-02T08:01:00.000Z', [{ ...CHANGE, to: 'other' }]),
    ];
    expect(changedAt({ steps }, CHANGE)).toBeNull();
    expect(changedAt({ steps: [] }, CHANGE)).toBeNull();
  });
});

describe('when a run has made a change since it was resumed', () => {
  const steps = [step('OpenAccount', '2026-03-02T08:01:00.000Z', [CHANGE])];

  it.each(['2026-03-02T08:00:00.000Z', '2026-03-02T08:01:00.000Z'])('is the same: %s', (resumedAt) => {
    expect(changedSinceResumed({ steps, resumedAt }, CHANGE)).toEqual(new Date('2026-03-02T08:01:00.000Z'));
  });

  it('is unknown where it was before, or never', () => {
    expect(changedSinceResumed({ steps, resumedAt: '2026-03-02T08:01:00.001Z' }, CHANGE)).toBeNull();
    expect(changedSinceResumed({ steps: [], resumedAt: '2026-03-02T08:00:00.000Z' }, CHANGE)).toBeNull();
  });
});

describe('what is left of a wait', () => {
  const at = (seconds: number): Date => new Date(Date.parse('2026-03-02T08:00:00.000Z') + 1000 * seconds);
  const steps = [step('OpenAccount', '2026-03-02T08:00:00.000Z', [CHANGE]), step('MoveAccount', null, [])];

  it.each([
    [4.2, 26],
    [29.9, 1],
    [30, 0],
    [600, 0],
    // A clock that is behind.
    [-5, 30],
  ])('after %d seconds is %d of 30', (passed, left) => {
    expect(secondsLeftSince({ steps }, 'OpenAccount', 30, at(passed))).toBe(left);
  });

  it('is all of it where nothing tells when it began', () => {
    expect(secondsLeftSince({ steps }, 'MoveAccount', 30, at(60))).toBe(30);
    expect(secondsLeftSince({ steps: [] }, 'OpenAccount', 30, at(60))).toBe(30);
  });

  it.each([
    [4.2, 25.8],
    [30, 0],
    [600, 0],
  ])('for the roles of OpenAccount is, after %d seconds, %d', (passed, left) => {
    expect(secondsUntilRolesCount({ steps }, at(passed))).toBeCloseTo(left);
  });

  it('for roles is nothing where none were made', () => {
    const opened = step('OpenAccount', '2026-03-02T08:00:00.000Z', []);
    expect(secondsUntilRolesCount({ steps: [opened] }, at(0))).toBe(0);
    expect(secondsUntilRolesCount({ steps: [] }, at(0))).toBe(0);
    expect(secondsUntilRolesCount({ steps: [{ ...opened, state: 'TagAccount', changes: [CHANGE] }] }, at(0))).toBe(0);
  });
});
