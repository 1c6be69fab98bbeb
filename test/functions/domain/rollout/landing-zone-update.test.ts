import fc from 'fast-check';

import {
  type AccountBaseline,
  baselineVersionOf,
  behindIn,
  inOrder,
  type LandingZoneUpdate,
  mostAccountsOfUnit,
  secondsLeft,
  type UpdatedUnit,
  withEndedOperation,
} from '../../../../functions/domain/rollout/landing-zone-update';
import { newRollout, RolloutRecordSchema, type RolloutRecord } from '../../../../functions/domain/rollout/rollout';
import { abortedRollout } from '../../../../functions/domain/rollout/rollout-actions';
import { DEFAULT_LIMITS } from '../../../../functions/domain/rollout/rollout-request';
import { hasMoved, isStuck, runningOf } from '../../../../functions/domain/rollout/told-rollout';
import { waveOfRetries } from '../../../../functions/domain/rollout/waves';

const NOW = new Date('2026-11-28T10:00:00.000Z');
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

const unit = (change: Partial<UpdatedUnit> = {}): UpdatedUnit => ({
  id: 'ou-1',
  arn: 'arn:ou-1',
  baseline: 'arn:b-1',
  version: '4.0',
  accounts: 100,
  behind: 100,
  ...change,
});

const update = (change: Partial<LandingZoneUpdate> = {}): LandingZoneUpdate => ({
  version: '4.0',
  baselineVersion: '5.0',
  updatedAt: NOW.toISOString(),
  regions: 1,
  units: [unit()],
  single: 0,
  operation: null,
  pace: { expected: 0, taken: 0 },
  ...change,
});

const operation = { id: 'o-1', tenantUuid: null, accounts: 100, startedAt: NOW.toISOString(), refusal: null };

const account = (change: Partial<AccountBaseline> = {}): AccountBaseline => ({
  version: '5.0',
  status: 'SUCCEEDED',
  isDrifted: false,
  operatedAt: later(1),
  ...change,
});

describe('the baseline that goes with a landing zone', () => {
  it.each([
    ['2.7', '1.0'],
    ['2.9', '2.0'],
    ['3.0', '3.0'],
    ['3.1', '3.0'],
    ['3.2', '4.0'],
    ['3.3', '4.0'],
    ['4.0', '5.0'],
    ['5.0', undefined],
    ['1.0', undefined],
  ])('of version %s is %s', (version, baseline) => {
    expect(baselineVersionOf(version)).toBe(baseline);
  });

  it.each([
    [1, 1000],
    [15, 1000],
    [16, 935],
    [22, 680],
    [30, 498],
  ])('is put on units that, with %i regions, have %i accounts at most', (regions, most) => {
    expect(mostAccountsOfUnit(regions)).toBe(most);
  });
});

describe('an account', () => {
  it.each<[string, Partial<AccountBaseline>, readonly string[]]>([
    ['nothing', {}, []],
    ['another version', { version: '4.0' }, ['baseline 4.0 5.0']],
    ['no version that Control Tower tells', { version: null }, []],
    [
      'an operation before the update',
      { operatedAt: later(-1) },
      [`regions ${later(-1).toISOString()} ${NOW.toISOString()}`],
    ],
    ['no operation that is remembered', { operatedAt: null }, [`regions unknown ${NOW.toISOString()}`]],
    ['a move by hand', { isDrifted: true }, ['drift DRIFTED IN_SYNC']],
    ['a failure', { status: 'FAILED' }, ['enrollment FAILED SUCCEEDED']],
  ])('is behind by %s', (_, change, expected) => {
    expect(behindIn(account(change), update()).map(({ what, from, to }) => `${what} ${from} ${to}`)).toEqual(expected);
  });

  it('is not behind by its regions where no update of the landing zone is remembered', () => {
    expect(behindIn(account({ operatedAt: null }), update({ updatedAt: null }))).toEqual([]);
  });
});

/** Half an hour, and six seconds for each account. */
const expectedSeconds = (accounts: number): number => 1800 + accounts * 6;

describe('the time that is left', () => {
  it('is that of the units that are behind, and of single accounts, less what the operation has taken', () => {
    const two = update({ units: [unit(), unit({ accounts: 40 }), unit({ behind: 0 })], single: 2, operation });
    const all = expectedSeconds(100) + expectedSeconds(40) + 2 * expectedSeconds(1);
    expect(secondsLeft(two, 0, NOW)).toBe(all);
    expect(secondsLeft(two, 0, later(0.5))).toBe(all - 1800);
    expect(secondsLeft(two, 1, NOW)).toBe(all - expectedSeconds(100));
  });

  it('goes by what operations have taken so far', () => {
    const ended = withEndedOperation(update({ operation }), later(2));
    expect(ended).toMatchObject({ operation: null, pace: { expected: expectedSeconds(100), taken: 7200 } });
    expect(secondsLeft(ended, 0, NOW)).toBe(7200);
    expect(withEndedOperation(update({ operation: { ...operation, refusal: 'No.' } }), later(2)).pace.taken).toBe(0);
  });

  it('is never less than nothing, and falls as time goes by', () => {
    const behind = fc.array(fc.record({ accounts: fc.nat(1000), behind: fc.nat(1000) }), { maxLength: 5 });
    fc.assert(
      fc.property(behind, fc.nat(5), fc.nat(50), fc.nat(50), (units, wave, hours, more) => {
        const one = update({ units: units.map((given) => unit(given)), operation });
        const left = secondsLeft(one, wave, later(hours));
        expect(left).toBeGreaterThanOrEqual(0);
        expect(secondsLeft(one, wave, later(hours + more))).toBeLessThanOrEqual(left);
      }),
    );
  });
});

describe('a rollout of the landing zone', () => {
  const record = (change: Partial<RolloutRecord> = {}): RolloutRecord => ({
    ...newRollout(
      { id: 'r-1', kind: 'landing-zone', fromHash: 'a', targetHash: 'a', limits: DEFAULT_LIMITS, plannedBy: null },
      NOW,
    ),
    status: 'RUNNING',
    landingZone: update({ operation }),
    movedAt: NOW.toISOString(),
    ...change,
  });

  it('begins with the unit that is named, and goes on with the smaller ones', () => {
    const units = [
      unit({ id: 'ou-3', accounts: 3 }),
      unit({ id: 'ou-1', accounts: 1 }),
      unit({ id: 'ou-9', accounts: 9 }),
    ];
    expect(inOrder(units, undefined).map(({ id }) => id)).toEqual(['ou-1', 'ou-3', 'ou-9']);
    expect(inOrder(units, 'ou-9').map(({ id }) => id)).toEqual(['ou-9', 'ou-1', 'ou-3']);
  });

  it('has the accounts of its operation under way, and is stuck when that takes half a day', () => {
    expect(runningOf(record())).toBe(100);
    expect(isStuck(record(), later(11))).toBe(false);
    expect(isStuck(record(), later(13))).toBe(true);
    expect(isStuck(record({ landingZone: update() }), later(13))).toBe(false);
  });

  it('moves with its operations, and with its accounts', () => {
    expect(hasMoved(record(), record())).toBe(false);
    expect(hasMoved(record(), record({ landingZone: update() }))).toBe(true);
    expect(hasMoved(record(), record({ after: 't-1' }))).toBe(true);
  });

  it('tries those that have failed again one by one, after all units', () => {
    expect(waveOfRetries(record())).toBe(1);
    expect(waveOfRetries({ limits: DEFAULT_LIMITS })).toBe(4);
  });

  it('promises nothing when it is aborted that Control Tower would not do', () => {
    expect(abortedRollout(record(), 'jane', NOW)).toMatchObject({
      reason: 'Aborted by jane. What Control Tower has begun goes on.',
    });
    expect(abortedRollout(record({ status: 'ENDED' }), 'jane', NOW)).toMatch('Control Tower takes no version back.');
  });

  it('is one of a configuration where a release before has written it', () => {
    const { kind: _, landingZone: __, ...before } = record();
    expect(RolloutRecordSchema.parse(before)).toMatchObject({ kind: 'configuration' });
  });
});
