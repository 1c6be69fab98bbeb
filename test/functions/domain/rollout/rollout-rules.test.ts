import {
  grouped,
  isAsPlanned,
  kindOfChange,
  mostSevere,
  severeOf,
} from '../../../../functions/domain/rollout/change-groups';
import { configurationOfRun, type ReleaseRecord } from '../../../../functions/domain/rollout/release';
import { newRollout, type RolloutRecord } from '../../../../functions/domain/rollout/rollout';
import {
  abortedRollout,
  pausedRollout,
  resumedRollout,
  retriedRollout,
  rolloutToken,
  startedRollout,
} from '../../../../functions/domain/rollout/rollout-actions';
import { DEFAULT_LIMITS, rolloutLimits } from '../../../../functions/domain/rollout/rollout-request';
import { eventsOfPart, isStuck, movedAtOf, toldRollout } from '../../../../functions/domain/rollout/told-rollout';
import { hourOf, isInCanary, roomNow, stopReason, waveOf } from '../../../../functions/domain/rollout/waves';

const NOW = new Date('2026-11-28T10:00:00.000Z');
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

const rollout = (changes: Partial<RolloutRecord> = {}): RolloutRecord => ({
  ...newRollout(
    { id: 'r-1', kind: 'configuration', fromHash: 'old', targetHash: 'new', limits: DEFAULT_LIMITS, plannedBy: 'jane' },
    NOW,
  ),
  status: 'PLANNED',
  planHash: 'plan',
  plannedAt: NOW.toISOString(),
  ...changes,
});

describe('the configuration of a run', () => {
  const release: ReleaseRecord = { configurationHash: 'released', releasedAt: '', rolloutId: null };
  const target = { configurationHash: 'target', rolloutId: 'r-1' };

  it.each([
    { what: 'what it was given', run: { givenConfigurationHash: 'given' }, tenant: {}, found: release, hash: 'given' },
    { what: 'the deployed one, where nothing is released', run: {}, tenant: {}, found: undefined, hash: 'deployed' },
    { what: 'the released one', run: {}, tenant: { configurationHash: 'target' }, found: release, hash: 'released' },
    {
      what: 'the target, for a tenant that was brought there already',
      run: {},
      tenant: { configurationHash: 'target' },
      found: { ...release, target },
      hash: 'target',
    },
    {
      what: 'the released one, for a tenant whose turn has not come',
      run: {},
      tenant: { configurationHash: 'released' },
      found: { ...release, target },
      hash: 'released',
    },
  ])('is $what', ({ run, tenant, found, hash }) => {
    expect(configurationOfRun(run, tenant, found, 'deployed')).toBe(hash);
  });
});

describe('the canary', () => {
  const plan = { targetOrgUnitId: 'ou-1', tags: { stage: 'sandbox' } };
  const zones = ['a', 'b', 'c'];
  const taken = (...landingZones: readonly string[]) => landingZones.map((landingZone) => ({ landingZone }));

  it('has one tenant of each landing zone before a second of any', () => {
    expect(isInCanary({ tenants: 3 }, { landingZone: 'a', plan }, taken('a'), zones)).toBe(false);
    expect(isInCanary({ tenants: 4 }, { landingZone: 'a', plan }, taken('a'), zones)).toBe(true);
    expect(isInCanary({ tenants: 3 }, { landingZone: 'c', plan }, taken('a', 'b'), zones)).toBe(true);
    expect(isInCanary({ tenants: 3 }, { landingZone: 'c', plan }, taken('a', 'b', 'c'), zones)).toBe(false);
  });

  it('has those of a unit, or with a tag', () => {
    const candidate = { landingZone: 'a', plan };
    expect(isInCanary({ organizationalUnit: 'ou-1' }, candidate, [], zones)).toBe(true);
    expect(isInCanary({ organizationalUnit: 'ou-2' }, candidate, [], zones)).toBe(false);
    expect(isInCanary({ tag: { key: 'stage', value: 'sandbox' } }, candidate, [], zones)).toBe(true);
    expect(isInCanary({ tag: { key: 'stage', value: 'prod' } }, candidate, [], zones)).toBe(false);
  });
});

describe('a wave', () => {
  it('is the same for a tenant each time, another one in another rollout, and has about its share', () => {
    const uuids = Array.from({ length: 2000 }, (_, index) => `tenant-${index}`);
    const waves = uuids.map((uuid) => waveOf('r-1', uuid, DEFAULT_LIMITS));
    expect(uuids.map((uuid) => waveOf('r-1', uuid, DEFAULT_LIMITS))).toEqual(waves);
    expect(uuids.map((uuid) => waveOf('r-2', uuid, DEFAULT_LIMITS))).not.toEqual(waves);
    const first = waves.filter((wave) => wave === 1).length;
    expect(first).toBeGreaterThan(60);
    expect(first).toBeLessThan(140);
    expect(new Set(waves)).toEqual(new Set([1, 2, 3]));
  });

  it('has room for as many as the hour and the runs under way leave', () => {
    const full = { ...rollout(), running: Array.from({ length: 15 }, String), hour: { since: '', begun: 198 } };
    expect(roomNow(full)).toBe(2);
    expect(roomNow({ ...full, hour: { since: '', begun: 0 } })).toBe(5);
    expect(roomNow({ ...full, hour: { since: '', begun: 300 } })).toBe(0);
    const hour = { since: NOW.toISOString(), begun: 7 };
    expect(hourOf({ hour }, later(0.9))).toEqual(hour);
    expect(hourOf({ hour }, later(1))).toEqual({ since: later(1).toISOString(), begun: 0 });
  });

  it.each([
    { ended: 1, failed: 1, unexpected: 0, stops: false },
    { ended: 2, failed: 2, unexpected: 0, stops: true },
    { ended: 20, failed: 2, unexpected: 0, stops: true },
    { ended: 21, failed: 2, unexpected: 0, stops: false },
    { ended: 20, failed: 0, unexpected: 2, stops: true },
    { ended: 40, failed: 1, unexpected: 3, stops: false },
  ])('stops at a share of failures, and not for one alone: $failed of $ended', ({ stops, ...judged }) => {
    expect(stopReason({ ...rollout(), judged }) !== null).toBe(stops);
  });
});

describe('the changes of tenants', () => {
  const change = (what: string, from: string | null, to: string | null, state = 'TagAccount') => ({
    state,
    what,
    from,
    to,
  });

  it('are of kinds that name no tenant', () => {
    expect(kindOfChange(change('tag meshstack_env', 'a', 'b'))).toBe('changes tag meshstack_env');
    expect(kindOfChange(change('organizational unit', 'ou-1', 'ou-2'))).toBe('moves the account to ou-2');
    expect(kindOfChange(change('member of retail.webshop-admin', 'u-1', null))).toBe('removes member');
    expect(kindOfChange(change('stack set baseline', null, 'in eu-central-1'))).toBe('adds stack set baseline');
  });

  it('are counted by tenants, the most first', () => {
    const one = { tenantUuid: 't-1', changes: [change('tag a', 'x', 'y')], refusal: null };
    const refused = {
      tenantUuid: 't-4',
      changes: null,
      refusal: { state: 'PlanVending', message: 'no', remedy: null },
    };
    const none = { tenantUuid: 't-5', changes: [], refusal: null };
    const groups = grouped([], [refused, one, { ...one, tenantUuid: 't-2' }, none]);
    expect(groups).toEqual([
      { kinds: ['changes tag a'], tenants: 2, example: 't-1', isRefusal: false },
      { kinds: ['is refused in PlanVending: no'], tenants: 1, example: 't-4', isRefusal: true },
    ]);
  });

  it('are severe where somebody loses access, an account is moved, or a stack set is removed', () => {
    const severe = severeOf([
      { changes: [change('assignment of admins', 'arn', null, 'GrantAccess'), change('member of x', 'u', null)] },
      { changes: [change('organizational unit', 'ou-1', 'ou-2')] },
      { changes: [change('stack set baseline', 'in eu-west-1', null), change('organizational unit', 'a', 'b')] },
      { changes: [change('policy of MeshstackAccountAccessRole', 'arn', null, 'ConfirmDowngrade')] },
      { changes: null },
    ]);
    expect(severe).toEqual({ removesAccess: 1, movesUnit: 2, removesStackSet: 1 });
    expect(mostSevere(severe)).toBe(2);
  });

  it('are as planned if no other kind of thing has changed', () => {
    const planned = [change('tag a', 'x', 'y'), change('tag b', 'x', 'y')];
    expect(isAsPlanned(planned, [change('tag a', 'other', 'y')])).toBe(true);
    expect(isAsPlanned(planned, [change('alias', 'x', 'y')])).toBe(false);
    expect(isAsPlanned(null, [change('alias', 'x', 'y')])).toBe(true);
  });
});

describe('a request for a rollout', () => {
  it('has defaults that start small', () => {
    expect(rolloutLimits({})).toEqual({ ok: true, value: DEFAULT_LIMITS });
    expect(rolloutLimits({ mostAtOnce: 3 })).toMatchObject({ ok: true, value: { mostAtOnce: 3 } });
  });

  it.each([
    [{ waves: [0, 1] }, 'waves'],
    [{ waves: [] }, 'waves'],
    [{ waves: [0.5, 0.5, 1] }, 'waves'],
    [{ waves: [0.5] }, 'waves'],
    [{ waves: [0.5, 1.5] }, 'waves'],
    [{ canary: { tenants: 0 } }, 'canary.tenants'],
    [{ canary: {} }, 'canary'],
    [{ canary: { tenants: 5, organizationalUnit: 'ou-1' } }, 'canary'],
    [{ mostTenantsPerHour: 0 }, 'mostTenantsPerHour'],
    [{ mostAtOnce: 21 }, 'mostAtOnce'],
    [{ mostAtOnce: 1.5 }, 'mostAtOnce'],
    [{ stopAtFailedShare: 0 }, 'stopAtFailedShare'],
    [{ stopAtUnexpectedShare: 1.1 }, 'stopAtUnexpectedShare'],
    [{ mostSevereWithoutConsent: -1 }, 'mostSevereWithoutConsent'],
  ])('is refused with its field: %j', (request, field) => {
    expect(rolloutLimits(request)).toMatchObject({ ok: false, faults: [{ field }] });
  });
});

describe('what is told of a rollout', () => {
  const running = rollout({ status: 'RUNNING', startedAt: NOW.toISOString(), running: ['t-1'], wave: 1 });

  it('is the end of a wave, a stop and the end, and nothing else of a part', () => {
    expect(eventsOfPart(running, { ...running, done: 3 })).toEqual([]);
    expect(eventsOfPart(running, { ...running, wave: 2 })).toEqual(['Rollout Wave Ended']);
    expect(eventsOfPart(running, { ...running, status: 'STOPPED' })).toEqual(['Rollout Stopped']);
    expect(eventsOfPart(running, { ...running, status: 'ENDED' })).toEqual(['Rollout Ended']);
    expect(eventsOfPart(rollout({ status: 'SUMMING' }), rollout({ status: 'PLANNED' }))).toEqual([]);
  });

  it('names who has asked for it, and how many runs are under way', () => {
    const told = toldRollout(running, 'jane', NOW);
    expect(told).toMatchObject({ rolloutId: 'r-1', running: 1, by: 'jane', at: NOW.toISOString() });
  });

  it('is stuck where runs are under way and none has begun or ended for three hours', () => {
    const movedAt = movedAtOf({ ...running, running: [] }, running, NOW);
    const still = { ...running, movedAt };
    expect(movedAt).toBe(NOW.toISOString());
    expect(movedAtOf(still, still, later(2))).toBe(movedAt);
    expect([isStuck(still, later(3)), isStuck(still, later(3.1))]).toEqual([false, true]);
    expect(isStuck({ ...still, movedAt: movedAtOf(still, { ...still, running: [] }, later(3)) }, later(3.1))).toBe(
      false,
    );
    expect(isStuck({ ...still, running: [] }, later(9))).toBe(false);
    expect(isStuck({ ...still, status: 'PAUSED' }, later(9))).toBe(false);
    // One that was resumed after days has just moved.
    expect(movedAtOf({ ...still, status: 'STOPPED' }, still, later(50))).toBe(later(50).toISOString());
  });
});

describe('what a person asks of a rollout', () => {
  const start = { token: 'r-1.plan', consent: null, by: 'jane' };

  it('starts a complete plan by its token, once, within a day', () => {
    expect(rolloutToken(rollout())).toBe('r-1.plan');
    const started = startedRollout(rollout(), start, NOW);
    expect(started).toMatchObject({ status: 'RUNNING', startedBy: 'jane', startedAt: NOW.toISOString() });
    if (typeof started === 'string') throw new Error(started);
    expect(startedRollout(started, start, NOW)).toBe(started);
    expect(startedRollout(rollout({ status: 'SUMMING' }), start, NOW)).toMatch('not complete yet');
    expect(startedRollout(rollout(), { ...start, token: 'r-1.other' }, NOW)).toMatch('not that of this plan');
    expect(startedRollout(rollout(), start, later(24))).toMatchObject({ status: 'RUNNING' });
    expect(startedRollout(rollout(), start, later(24.1))).toMatch('older than 24 hours');
    expect(startedRollout(rollout({ status: 'ABORTED' }), start, NOW)).toMatch('is ABORTED');
  });

  it('names the number of tenants with severe changes, where there are more than allowed', () => {
    const severe = { removesAccess: 2, movesUnit: 6, removesStackSet: 0 };
    expect(startedRollout(rollout({ severe }), start, NOW)).toMatch('"consent": 6');
    expect(startedRollout(rollout({ severe }), { ...start, consent: 5 }, NOW)).toMatch('"consent": 6');
    expect(startedRollout(rollout({ severe }), { ...start, consent: 6 }, NOW)).toMatchObject({ status: 'RUNNING' });
    const few = { ...severe, movesUnit: 5 };
    expect(startedRollout(rollout({ severe: few }), start, NOW)).toMatchObject({ status: 'RUNNING' });
  });

  it('pauses, resumes and retries only what can be', () => {
    const running = rollout({ status: 'RUNNING', startedAt: NOW.toISOString() });
    const paused = pausedRollout(running, 'jane');
    expect(paused).toMatchObject({ status: 'PAUSED' });
    expect(pausedRollout(rollout(), 'jane')).toMatch('is PLANNED');
    const stopped = { ...running, status: 'STOPPED' as const, judged: { ended: 2, failed: 2, unexpected: 0 } };
    expect(resumedRollout(stopped)).toMatchObject({ status: 'RUNNING', judged: { ended: 0, failed: 0 }, reason: null });
    expect(resumedRollout(running)).toBe(running);
    expect(resumedRollout(rollout({ status: 'ENDED' }))).toMatch('is ENDED');
    expect(retriedRollout(stopped)).toMatchObject({ status: 'RUNNING', retrying: '' });
    expect(retriedRollout(rollout())).toMatch('has not been started');
    expect(retriedRollout(rollout({ status: 'ENDED' }))).toMatch('POST /replays');
  });

  it('aborts what is not over, and says how to go back from what is', () => {
    expect(abortedRollout(rollout(), 'jane', NOW)).toMatchObject({ status: 'ABORTED', endedAt: NOW.toISOString() });
    const aborted = rollout({ status: 'ABORTED' });
    expect(abortedRollout(aborted, 'jane', NOW)).toBe(aborted);
    expect(abortedRollout(rollout({ status: 'ENDED' }), 'jane', NOW)).toMatch('"configurationHash": "old"');
  });
});
