import {
  DEFAULT_LIMITS,
  rolloutLimits,
  type RolloutRequest,
} from '../../../../functions/domain/rollout/rollout-request';
import {
  isAtRest,
  isOver,
  isToBeBrought,
  newRollout,
  NOTHING_JUDGED,
  type RolloutRecord,
} from '../../../../functions/domain/rollout/rollout';
import {
  abortedRollout,
  pausedRollout,
  resumedRollout,
  retriedRollout,
  startedRollout,
} from '../../../../functions/domain/rollout/rollout-actions';
import { hasMoved, isStuck, runningOf } from '../../../../functions/domain/rollout/told-rollout';
import { isInCanary, roomNow, stopReason, waveOf, waveOfLatecomers } from '../../../../functions/domain/rollout/waves';
import { account, after, NOW, tenant } from '../../../fakes/vending';
import { fits, says } from '../says';

const HOUR = 3600;
const at = NOW.toISOString();

const rollout = (changes: Partial<RolloutRecord> = {}): RolloutRecord => ({
  ...newRollout(
    { id: 'r', kind: 'configuration', fromHash: 'old', targetHash: 'new', limits: DEFAULT_LIMITS, plannedBy: null },
    NOW,
  ),
  status: 'PLANNED',
  planHash: 'p',
  plannedAt: at,
  ...changes,
});

describe('the limits of a rollout', () => {
  const faults = (request: RolloutRequest) => {
    const limits = rolloutLimits(request);
    return limits.ok ? [] : limits.faults;
  };

  it('are those that are asked for, and the usual ones', () => {
    expect(rolloutLimits({})).toEqual({ ok: true, value: DEFAULT_LIMITS });
    expect(DEFAULT_LIMITS).toEqual({
      canary: { tenants: 5 },
      waves: [0.05, 0.25, 1],
      mostTenantsPerHour: 200,
      mostAtOnce: 20,
      stopAtFailedShare: 0.1,
      stopAtUnexpectedShare: 0.1,
      mostSevereWithoutConsent: 5,
    });
    const asked = {
      kind: 'configuration',
      configurationHash: 'h',
      mostAtOnce: 3,
      waves: undefined,
    } as unknown as RolloutRequest;
    expect(rolloutLimits(asked)).toStrictEqual({ ok: true, value: { ...DEFAULT_LIMITS, mostAtOnce: 3 } });
  });

  it.each([
    ['mostTenantsPerHour', 1, 10_000],
    ['mostAtOnce', 1, 20],
    ['mostSevereWithoutConsent', 0, 10_000],
  ] as const)('%s is a whole number from %s to %s', (field, least, most) => {
    for (const value of [least, least + 1, most - 1, most]) expect(faults({ [field]: value })).toEqual([]);
    for (const value of [least - 1, most + 1, least + 0.5, Number.NaN]) {
      const message = `is ${value}; it has to be a whole number from ${least} to ${most}.`;
      expect(faults({ [field]: value })).toEqual([{ field, message, value, limit: most }]);
    }
  });

  it.each(['stopAtFailedShare', 'stopAtUnexpectedShare'] as const)('%s is a share above 0', (field) => {
    for (const value of [0.001, 0.5, 1]) expect(faults({ [field]: value })).toEqual([]);
    for (const value of [0, -0.1, 1.001]) {
      const message = `is ${value}; it has to be a share above 0, 1 at most: 0.1 is a tenth.`;
      expect(faults({ [field]: value })).toEqual([{ field, message, value, limit: 1 }]);
    }
  });

  it.each([
    [[1], true],
    [[0.1, 1], true],
    [[0, 1], false],
    [[0.5, 0.5, 1], false],
    [[0.6, 0.5, 1], false],
    [[0.5], false],
    [[0.5, 1.5], false],
    [[], false],
  ])('the waves %j rise to 1: %s', (waves, expected) => {
    const fault = { field: 'waves', message: says('has to name rising shares of the tenants'), value: waves };
    expect(faults({ waves })).toEqual(expected ? [] : [fault]);
  });

  it.each([
    [{ tenants: 1 }, null],
    [{ tenants: 100 }, null],
    [{ tenants: 0 }, 'is 0; it has to be a whole number from 1 to 100.'],
    [{ tenants: 101 }, 'is 101; it has to be'],
    [{ organizationalUnit: 'ou-1' }, null],
    [{ tag: { key: 'k', value: 'v' } }, null],
    [{ organizationalUnit: 'ou-1', tenants: undefined }, null],
    [{}, 'names 0 of tenants, organizationalUnit and tag; it has to name one of them.'],
    [{ tenants: 1, organizationalUnit: 'ou-1' }, 'names 2 of tenants'],
  ])('the canary %j is one thing', (canary, message) => {
    const found = faults({ canary: canary });
    expect(found.map((fault) => fault.message)).toEqual(message === null ? [] : [says(message)]);
  });
});

describe('a rollout', () => {
  it.each([
    ['PLANNING', false, false],
    ['SUMMING', false, false],
    ['PLANNED', true, false],
    ['REFUSED', true, true],
    ['RUNNING', false, false],
    ['PAUSED', true, false],
    ['STOPPED', true, false],
    ['ENDED', true, true],
    ['ABORTED', true, true],
  ] as const)('that is %s is at rest: %s, over: %s', (status, atRest, over) => {
    expect(isAtRest(rollout({ status }))).toBe(atRest);
    expect(isOver(rollout({ status }))).toBe(over);
  });

  it('begins with nothing done, judged or begun', () => {
    expect(NOTHING_JUDGED).toEqual({ ended: 0, failed: 0, unexpected: 0 });
    expect(rollout()).toMatchObject({
      done: 0,
      failed: 0,
      unexpected: 0,
      overtaken: 0,
      changing: 0,
      unchanged: 0,
      refused: 0,
      leftAlone: 0,
      severe: { removesAccess: 0, movesUnit: 0, removesStackSet: 0 },
      judged: NOTHING_JUDGED,
      part: 0,
      wave: 0,
      running: [],
      groups: [],
      canary: [],
      list: 'VENDED',
      hour: { since: at, begun: 0 },
    });
  });

  it.each([
    ['has another configuration', {}, true],
    ['was never brought to any', { configurationHash: undefined }, true],
    ['has this one', { configurationHash: 'new' }, false],
    ['has no account', { account: null }, false],
    ['has lost its account', { accountLostSince: at }, false],
    ['is marked for deletion', { deletion: { replicationSequence: 1, at, landingZone: null } }, false],
    ['has its first desired state', { latestSequence: 0 }, true],
    ['has no desired state', { latestSequence: -1 }, false],
  ])('brings a tenant that %s', (_, changes, expected) => {
    const record = tenant({ account, configurationHash: 'old', ...changes });
    expect(isToBeBrought(record, { targetHash: 'new' })).toBe(expected);
  });
});

describe('what is asked of a rollout', () => {
  const start = { token: 'r.p', consent: null, by: 'jane' };

  it.each([
    [{ status: 'PLANNING' }, 'The plan is not complete yet. Ask again in a minute.'],
    [{ status: 'SUMMING' }, 'The plan is not complete yet.'],
    [
      { status: 'REFUSED' },
      'This rollout is REFUSED. Abort it if it is not over, and plan another one: POST /rollouts.',
    ],
    [{ plannedAt: null }, 'This rollout is PLANNED. Abort it'],
    [{ planHash: null }, 'The token is not that of this plan. Abort it'],
  ] as const)('with %j it does not start', (changes, message) => {
    expect(startedRollout(rollout(changes), start, NOW)).toEqual(says(message));
  });

  it('a plan that nobody has made has no token', () => {
    expect(startedRollout(rollout({ planHash: null }), { ...start, token: 'r.null' }, NOW)).toEqual(
      says('not that of this'),
    );
  });

  it('a start begins at the first tenant, and asks for a consent to what is severe', () => {
    const started = startedRollout(rollout({ cursor: 'c', list: 'FAILED' }), start, NOW);
    expect(started).toMatchObject({
      status: 'RUNNING',
      startedAt: at,
      startedBy: 'jane',
      cursor: null,
      list: 'VENDED',
    });
    const severe = { removesAccess: 1, movesUnit: 6, removesStackSet: 3 };
    expect(startedRollout(rollout({ severe }), start, NOW)).toBe(
      'The plan removes access in 1, moves 6 and removes a stack set in 3 accounts. If that is meant, start it with "consent": 6, the largest of these numbers.',
    );
  });

  it('a pause says who has asked for it, once', () => {
    const paused = pausedRollout(rollout({ status: 'RUNNING' }), 'jane');
    expect(paused).toMatchObject({
      status: 'PAUSED',
      reason: 'Paused by jane. Runs that have begun end by themselves.',
    });
    expect(pausedRollout(paused as RolloutRecord, 'ada')).toBe(paused);
    expect(pausedRollout(rollout({ status: 'RUNNING' }), null)).toMatchObject({ reason: says('Paused by somebody.') });
    expect(pausedRollout(rollout(), null)).toBe('This rollout is PLANNED: only one that is RUNNING can be paused.');
  });

  it.each(['PAUSED', 'STOPPED'] as const)('a resumption goes on from %s, and forgets what has failed', (status) => {
    const judged = { ended: 3, failed: 2, unexpected: 1 };
    expect(resumedRollout(rollout({ status, reason: 'r', judged }))).toMatchObject({
      status: 'RUNNING',
      reason: null,
      judged: NOTHING_JUDGED,
    });
  });

  it('a retry goes on where one is under way', () => {
    const stopped = rollout({ status: 'STOPPED', startedAt: at });
    expect(retriedRollout(stopped)).toMatchObject({
      status: 'RUNNING',
      retrying: '',
      judged: NOTHING_JUDGED,
      reason: null,
    });
    expect(retriedRollout({ ...stopped, retrying: 'tenant' })).toMatchObject({ retrying: 'tenant' });
    expect(retriedRollout(rollout())).toBe('This rollout has not been started, so nothing has failed.');
    expect(retriedRollout(rollout({ status: 'ENDED' }))).toBe(
      'This rollout is ENDED. Replay what has failed with POST /replays.',
    );
  });

  it.each([
    [
      'configuration',
      'Tenants keep the configuration that they have.',
      'To go back, plan one with "configurationHash": "old".',
    ],
    ['landing-zone', 'What Control Tower has begun goes on.', 'Control Tower takes no version back.'],
  ] as const)('an abortion of a %s says what is kept', (kind, kept, back) => {
    expect(abortedRollout(rollout({ kind }), 'jane', NOW)).toMatchObject({
      status: 'ABORTED',
      reason: `Aborted by jane. ${kept}`,
      endedAt: at,
    });
    expect(abortedRollout(rollout({ kind }), null, NOW)).toMatchObject({ reason: fits(/^Aborted by somebody\./) });
    expect(abortedRollout(rollout({ kind, status: 'ENDED' }), null, NOW)).toBe(`This rollout is ENDED. ${back}`);
  });
});

describe('a wave', () => {
  const limits = DEFAULT_LIMITS;

  it.each([
    [0, 'the canary'],
    [1, 'wave 1'],
    [3, 'wave 3'],
  ])('number %s is told as %s when it stops', (wave, place) => {
    const judged = (failed: number, unexpected: number) => ({ ended: 10, failed, unexpected });
    expect(stopReason({ judged: judged(2, 0), limits, wave })).toBe(
      `2 of the 10 runs that have ended in ${place} have failed. Look at their causes, then go back, or mend them and resume.`,
    );
    expect(stopReason({ judged: judged(0, 2), limits, wave })).toBe(
      `2 of the 10 runs that have ended in ${place} have changed something else than was planned. Compare their changes with the plan before you resume.`,
    );
    expect(stopReason({ judged: judged(1, 1), limits, wave })).toBeNull();
  });

  it.each([
    [20, 2, true],
    [21, 2, false],
    [1, 1, false],
    [2, 2, true],
  ])('of %s runs stops when %s have failed: %s', (ended, failed, expected) => {
    expect(stopReason({ judged: { ended, failed, unexpected: 0 }, limits, wave: 0 }) !== null).toBe(expected);
  });

  it('has room for as many as may be at once, and in an hour', () => {
    const room = (running: number, begun: number) =>
      roomNow({ running: Array.from({ length: running }, String), limits, hour: { since: at, begun } });
    expect([room(0, 0), room(19, 0), room(20, 0), room(21, 0)]).toEqual([20, 1, 0, 0]);
    expect([room(0, 199), room(0, 200), room(0, 201), room(5, 190)]).toEqual([1, 0, 0, 10]);
  });

  it('is the last where shares leave somebody out', () => {
    expect(waveOf('r', 'tenant', { waves: [0, 0] })).toBe(2);
    expect(waveOf('r', 'tenant', { waves: [0, 1] })).toBe(2);
    expect(waveOf('r', 'tenant', { waves: [1, 1] })).toBe(1);
    expect(waveOfLatecomers({ waves: [0.5, 1] })).toBe(3);
  });

  it('of the canary has no more than are asked for', () => {
    const plan = { targetOrgUnitId: 'ou-1', tags: {} };
    const candidate = { landingZone: 'new', plan };
    expect(isInCanary({ tenants: 1 }, candidate, [{ landingZone: 'a' }], ['a', 'new'])).toBe(false);
    expect(isInCanary({ tenants: 0 }, candidate, [], ['new'])).toBe(false);
    expect(isInCanary({}, candidate, [], ['new'])).toBe(false);
    expect(isInCanary({ tenants: 1 }, candidate, [], ['new'])).toBe(true);
  });
});

describe('a rollout under way', () => {
  const running = rollout({ status: 'RUNNING', running: ['t'], movedAt: at });
  const operation = { id: 'op', unitId: 'ou', startedAt: at, accounts: 5, refusal: null };
  const zone = { units: [], single: 0, operation, pace: { expected: 0, taken: 0 } } as unknown as NonNullable<
    RolloutRecord['landingZone']
  >;
  const ofZone = { ...running, kind: 'landing-zone' as const, running: [], landingZone: zone };

  it.each<[string, RolloutRecord, RolloutRecord, boolean]>([
    ['stands', running, running, false],
    ['has come on in a list', running, { ...running, cursor: 'c' }, true],
    ['has begun another', running, { ...running, running: ['t', 'u'] }, true],
    ['has begun one and ended one', running, { ...running, running: ['u'] }, true],
    [
      'has begun another operation',
      ofZone,
      { ...ofZone, landingZone: { ...zone, operation: { ...zone.operation, id: 'op-2' } } as typeof zone },
      true,
    ],
    ['has ended its operation', ofZone, { ...ofZone, landingZone: { ...zone, operation: null } }, true],
    ['stands at its operation', ofZone, { ...ofZone }, false],
    ['has come on among accounts', ofZone, { ...ofZone, after: 'a' }, true],
    ['has come on among tenants, which its runs tell', running, { ...running, after: 'a' }, false],
  ])('%s', (_, before, now, expected) => {
    expect(hasMoved(before, now)).toBe(expected);
  });

  it('counts runs, and accounts of an operation', () => {
    expect(runningOf(running)).toBe(1);
    expect(runningOf(ofZone)).toBe(5);
    expect(runningOf({ ...ofZone, running: ['t'] })).toBe(6);
    expect(runningOf({ running: [], landingZone: { ...zone, operation: null } })).toBe(0);
  });

  it.each([
    ['runs', running, 3 * HOUR],
    ['an operation of Control Tower', ofZone, 12 * HOUR],
  ])('is stuck when %s have not moved for hours', (_, record, seconds) => {
    expect(isStuck(record, after(seconds))).toBe(false);
    expect(isStuck(record, after(seconds + 1))).toBe(true);
    const { movedAt: __, ...unmoved } = record;
    expect(isStuck(unmoved, after(99 * HOUR))).toBe(false);
  });
});
