import type { Schemas } from '../src/api/client';
import {
  actionsOf,
  consentOf,
  isRolloutUnderWay,
  NEW_ROLLOUT,
  placeText,
  rolloutRequestOf,
  sharesIn,
  targetText,
  timeLeftText,
  titleOf,
  wavesOf,
} from '../src/logic/rollouts';

const LIMITS: Schemas['Rollout']['limits'] = {
  canary: { tenants: 5 },
  waves: [0.125, 1],
  mostTenantsPerHour: 200,
  mostAtOnce: 20,
  stopAtFailedShare: 0.1,
  stopAtUnexpectedShare: 0.1,
  mostSevereWithoutConsent: 5,
};
const STARTED = '2026-11-28T12:00:00Z';

describe('actionsOf', () => {
  it.each([
    ['PLANNING', 0, ['abort']],
    ['PLANNED', 0, ['abort']],
    ['RUNNING', 0, ['pause', 'abort']],
    ['RUNNING', 2, ['pause', 'retry', 'abort']],
    ['PAUSED', 0, ['resume', 'abort']],
    ['STOPPED', 2, ['resume', 'retry', 'abort']],
    ['REFUSED', 2, []],
    ['ENDED', 2, []],
    ['ABORTED', 2, []],
  ] as const)('offers for one that is %s with %d failed: %j', (status, failed, actions) => {
    expect(actionsOf({ status, failed })).toEqual(actions);
  });
});

describe('consentOf', () => {
  const severe = { removesAccess: 2, movesUnit: 0, removesStackSet: 0 };

  it('asks for the largest of the severe numbers once it is more than may go without', () => {
    expect(consentOf({ limits: LIMITS, severe: { ...severe, movesUnit: 5 } })).toBeNull();
    expect(consentOf({ limits: LIMITS, severe: { ...severe, movesUnit: 6 } })).toBe(6);
    expect(consentOf({ limits: LIMITS, severe: { ...severe, removesStackSet: 7, removesAccess: 8 } })).toBe(8);
  });
});

describe('wavesOf', () => {
  const statusesOf = (rollout: Pick<Schemas['Rollout'], 'status' | 'wave' | 'startedAt'>): readonly string[] =>
    wavesOf({ limits: LIMITS, ...rollout }).map(({ status }) => status);

  it('has the canary, each wave, and those that come at the end', () => {
    expect(wavesOf({ limits: LIMITS, status: 'PLANNED', wave: 0, startedAt: null }).map(({ name }) => name)).toEqual([
      'Canary: 5 tenants',
      'Wave 1: 12.5 % of the others',
      'Wave 2: 100 % of the others',
      'Tenants that were busy, or are new',
    ]);
  });

  it.each([
    [{ canary: { tenants: 1 } }, 'Canary: 1 tenant'],
    [{ canary: { organizationalUnit: 'ou-ab12-canary01' } }, 'Canary: those in ou-ab12-canary01'],
    [{ canary: { tag: { key: 'ring', value: '0' } } }, 'Canary: those with the tag ring = 0'],
  ])('says who is in the canary: %j', (limits, name) => {
    const rollout = { limits: { ...LIMITS, ...limits }, status: 'PLANNED', wave: 0, startedAt: null } as const;

    expect(wavesOf(rollout)[0]?.name).toBe(name);
  });

  it.each([
    [{ status: 'PLANNED', wave: 0, startedAt: null }, ['pending', 'pending', 'pending', 'pending']],
    [{ status: 'RUNNING', wave: 1, startedAt: STARTED }, ['success', 'loading', 'pending', 'pending']],
    [{ status: 'STOPPED', wave: 1, startedAt: STARTED }, ['success', 'stopped', 'pending', 'pending']],
    [{ status: 'ENDED', wave: 2, startedAt: STARTED }, ['success', 'success', 'success', 'success']],
  ] as const)('shows how far it has come: %j', (rollout, statuses) => {
    expect(statusesOf(rollout)).toEqual(statuses);
  });
});

describe('words about a rollout', () => {
  it('name its place', () => {
    expect(placeText({ wave: 0, startedAt: null })).toBe('–');
    expect(placeText({ wave: 0, startedAt: STARTED })).toBe('canary');
    expect(placeText({ wave: 3, startedAt: STARTED })).toBe('wave 3');
  });

  it('are asked about again while it goes on by itself', () => {
    expect((['PLANNING', 'SUMMING', 'RUNNING'] as const).every((status) => isRolloutUnderWay({ status }))).toBe(true);
    expect((['PLANNED', 'PAUSED', 'ENDED'] as const).some((status) => isRolloutUnderWay({ status }))).toBe(false);
  });
});

describe('sharesIn', () => {
  it.each([
    ['5, 25, 100', [0.05, 0.25, 1]],
    ['5%,100 %', [0.05, 1]],
    ['5,,100', null],
    ['all', null],
    ['', null],
  ])('reads %j', (text, shares) => {
    expect(sharesIn(text)).toEqual(shares);
  });
});

describe('a rollout of the landing zone', () => {
  const landingZone = {
    version: '4.0',
    baselineVersion: '5.0',
    updatedAt: null,
    single: 2,
    units: [
      { id: 'ou-1', accounts: 1, behind: 1 },
      { id: 'ou-2', accounts: 40, behind: 40 },
    ],
  };

  it('has a wave for each unit, and one for accounts that are updated alone', () => {
    const waves = wavesOf({ limits: LIMITS, landingZone, status: 'RUNNING', wave: 1, startedAt: STARTED });
    expect(waves).toEqual([
      { name: 'ou-1: 1 account', status: 'success' },
      { name: 'ou-2: 40 accounts', status: 'loading' },
      { name: 'Accounts one by one', status: 'pending' },
    ]);
  });

  it('is called by its version, and tells how long it takes', () => {
    expect(titleOf({ kind: 'landing-zone', landingZone, targetHash: 'abc' })).toBe('Rollout of landing zone 4.0');
    expect(titleOf({ kind: 'landing-zone', targetHash: 'abc' })).toBe('Rollout of the landing zone');
    expect(titleOf({ targetHash: '0123456789' })).toBe('Rollout of configuration 01234567');
    expect(targetText({ kind: 'landing-zone', landingZone, targetHash: 'abc' })).toBe('landing zone 4.0');
    expect(timeLeftText({ secondsLeft: 12_600 })).toBe('about 3.5 hours');
    expect(timeLeftText({})).toBe('–');
  });
});

describe('what is asked of a plan', () => {
  it('is the default of the API where nothing was typed', () => {
    expect(rolloutRequestOf(NEW_ROLLOUT)).toEqual({
      canary: { tenants: 5 },
      waves: [0.05, 0.25, 1],
      mostTenantsPerHour: 200,
      mostAtOnce: 20,
    });
  });

  it.each([
    [{}, { stopAtFailedShare: 0.1 }],
    [
      { unit: ' ou-ab12-canary01 ', stopAt: '1 %' },
      { canary: { organizationalUnit: 'ou-ab12-canary01' }, stopAtFailedShare: 0.01 },
    ],
    [{ stopAt: 'never' }, { stopAtFailedShare: 0 }],
  ])('of a landing zone is its first unit, and when to stop: %j', (typed, request) => {
    const draft = { ...NEW_ROLLOUT, kind: 'landing-zone', target: 'b'.repeat(64), ...typed } as const;

    expect(rolloutRequestOf(draft)).toEqual({ kind: 'landing-zone', ...request });
  });
});
