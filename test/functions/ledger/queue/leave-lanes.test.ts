import { ACCOUNT_CREATION, RECONCILIATION } from '../../../../functions/domain/queue/lanes';
import type { RunRecord } from '../../../../functions/domain/records/ledger-records';
import { laneKey, lineKey, waiterKey } from '../../../../functions/ledger/base/keys';
import {
  laneItemKeys,
  laneWrites,
  outsideLanes,
  placesOfRun,
  turnsToRelease,
  waitingTokenIn,
} from '../../../../functions/ledger/queue/leave-lanes';
import type { ItemKey } from '../../../../functions/ports/ledger-store';
import { after, NOW, OTHER_TENANT, TENANT, tenant, turn } from '../../../fakes/vending';

const run = { replicationSequence: 17, run: 1 };
const since = NOW.toISOString();
const placeIn = (lane: string, at = since): ItemKey => waiterKey(lane, at, TENANT, run);
const item = (key: ItemKey, data?: object) => ({ key, version: data === undefined ? 0 : 1, data });
const waiter = (token: string | null) => ({ tenantUuid: TENANT, run, token, since, grantedAt: null, inLine: true });

const used = turn({ used: true });
const turns = {
  unused: turn(),
  reconciliation: used,
  'account-creation': used,
  'account-assignments': used,
  'account-closing': used,
  'stack-set:eu-central-1:baseline': used,
};
const queuedIn = { lane: 'account-creation', since, place: placeIn('account-creation').sort };

describe('the slots that the end of a run frees', () => {
  const freed = (status: 'VENDED' | 'FAILED' | 'CLOSED') => turnsToRelease(tenant({ turns }), { status });

  it('are all where it has vended', () => {
    expect(freed('VENDED')).toEqual(Object.keys(turns));
  });

  it('are those that AWS was not asked by, and its own of the night, where it has failed', () => {
    expect(freed('FAILED')).toEqual(['unused', 'reconciliation']);
  });

  it('are, too, those whose operations a closing has seen the end of', () => {
    expect(freed('CLOSED')).toEqual([
      'unused',
      'reconciliation',
      'account-creation',
      'account-assignments',
      'account-closing',
    ]);
  });

  it('are none where there is no tenant', () => {
    expect(turnsToRelease(undefined, { status: 'VENDED' })).toEqual([]);
  });
});

describe('laneItemKeys', () => {
  const failed = { status: 'FAILED' } as const;

  it('are its places, and the line of each lane once', () => {
    const places = [placeIn('a'), placeIn('a', '2026-11-25'), placeIn('b')];
    expect(laneItemKeys(tenant(), failed, places)).toEqual([...places, lineKey('a'), lineKey('b')]);
  });

  it('are, too, the place that the tenant names, unless it is known already', () => {
    const known = placeIn('account-creation');
    const all = [known, lineKey('account-creation')];
    expect(laneItemKeys(tenant({ queuedIn }), failed, [])).toEqual(all);
    expect(laneItemKeys(tenant({ queuedIn }), failed, [known])).toEqual(all);
    const other = placeIn('b');
    expect(laneItemKeys(tenant({ queuedIn }), failed, [other])).toEqual([
      other,
      known,
      lineKey('b'),
      lineKey('account-creation'),
    ]);
  });

  it('are, too, lanes whose slots become free; none where there is no tenant', () => {
    expect(laneItemKeys(tenant({ turns: { unused: turn() } }), failed, [])).toEqual([laneKey('unused')]);
    expect(laneItemKeys(undefined, failed, [])).toEqual([]);
  });
});

it('leaves the tenant with the turns that stay, waiting for nothing', () => {
  const left = outsideLanes(tenant({ turns, queuedIn, turnsNeeded: ['b'] }), { status: 'FAILED' });
  expect(left).toMatchObject({ queuedIn: null, turnsNeeded: [] });
  expect(Object.keys(left.turns)).toEqual(Object.keys(turns).slice(2));
});

describe('laneWrites', () => {
  const [here, there] = [placeIn('a'), placeIn('b')];
  const line = { groups: [['x', 1]] };
  const slot = { slot: 0, run, since, lookAt: since };

  it('takes its waiters out, with the lines in which they are counted, and touches nothing else', () => {
    const items = [item(here, waiter('t')), item(there), item(lineKey('a'), line), item(lineKey('b'), line)];
    const writes = laneWrites(tenant(), { status: 'FAILED' }, [here, there], items);
    expect(writes.map(({ key, data }) => ({ key, isGone: data === null }))).toEqual([
      { key: here, isGone: true },
      { key: lineKey('a'), isGone: false },
    ]);
  });

  it('gives back its slots, and leaves those of others', () => {
    const slots = [TENANT, OTHER_TENANT].map((tenantUuid) => ({ ...slot, tenantUuid }));
    const items = [item(laneKey('a'), { slots, rate: null }), item(laneKey('b'), { slots, rate: null })];
    const writes = laneWrites(tenant({ turns: { a: turn() } }), { status: 'FAILED' }, [], items);
    expect(writes).toMatchObject([{ key: laneKey('a'), data: { slots: [{ tenantUuid: OTHER_TENANT }] } }]);
    expect(writes).toHaveLength(1);
  });
});

describe('the place that the tenant names, though the plan of its run does not', () => {
  const place = placeIn('account-creation');
  const queued = tenant({ queuedIn });
  const items = [item(place, waiter('t')), item(lineKey('account-creation'), { groups: [['x', 1]] })];

  it('is left, with its line', () => {
    const writes = laneWrites(queued, { status: 'FAILED' }, [], items);
    expect(writes.map(({ key }) => key)).toEqual([place, lineKey('account-creation')]);
  });

  it('tells where it waits', () => {
    expect(waitingTokenIn(queued, [], items)).toBe('t');
  });
});

it('knows the place of a run by when it was resumed', () => {
  const resumed = { ...run, startedAt: since, resumedAt: after(60).toISOString() } as RunRecord;
  expect(placesOfRun([ACCOUNT_CREATION, RECONCILIATION], TENANT, resumed)).toEqual([
    placeIn('account-creation', resumed.resumedAt),
    placeIn('reconciliation', resumed.resumedAt),
  ]);
});

describe('waitingTokenIn', () => {
  const [here, there] = [placeIn('a'), placeIn('b')];

  it('is that of the place where it can be reached', () => {
    const items = [item(here, waiter(null)), item(there, waiter('t')), item(placeIn('c'), waiter('other'))];
    expect(waitingTokenIn(tenant(), [here, there], items)).toBe('t');
  });

  it('is none where nobody waits, or can be reached', () => {
    expect(waitingTokenIn(tenant(), [here], [item(here, waiter(null))])).toBeNull();
    expect(waitingTokenIn(tenant(), [here], [item(here)])).toBeNull();
    expect(waitingTokenIn(tenant(), [], [item(here, waiter('t'))])).toBeNull();
  });
});
