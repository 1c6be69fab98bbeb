import { changedAt } from '../../../../functions/domain/run/changes-of-run';

const CHANGE = { what: 'policy of Access', from: null, to: 'kept' };

const step = (state: string, finishedAt: string | null, changes: readonly object[]) => ({
  ...{ state, startedAt: '2026-03-02T08:00:00.000Z', finishedAt, attempts: 1, remark: null, error: null },
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
