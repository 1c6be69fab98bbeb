import type { WaiterRecord } from '../../../../functions/domain/queue/lane-records';
import { laneKey, tenantKey, waiterKey } from '../../../../functions/ledger/base/keys';
import { grantTurns } from '../../../../functions/ledger/queue/grant-turns';
import { setLimit } from '../../../../functions/ledger/queue/lane-queue';
import { after, NOW } from '../../../fakes/vending';
import { overwrite } from '../ledger-calls';
import { LaneWorld, uuidOf } from './lane-world';

const LANE = 'account-creation';

let world: LaneWorld;

const placeOf = (number: number) => {
  const { runSince, tenantUuid, run } = world.joiner(number, '');
  return waiterKey(LANE, runSince, tenantUuid, run);
};

const waiterOf = (number: number, changes: Partial<WaiterRecord> = {}): WaiterRecord => ({
  tenantUuid: uuidOf(number),
  run: { replicationSequence: 1, run: 1 },
  token: `waits-${number}`,
  since: NOW.toISOString(),
  grantedAt: null,
  ...changes,
});

/** Somebody stands in the lane, whom nobody has looked after yet. */
const stand = (number: number, changes: Partial<WaiterRecord> = {}) =>
  overwrite(world.store, placeOf(number), waiterOf(number, changes));

const grant = () => grantTurns(world.deps, world.lane);

const told = (number: number) => world.tokens.answered.get(`waits-${number}`);

async function begin(count: number, changes: ConstructorParameters<typeof LaneWorld>[0] = {}): Promise<void> {
  world = new LaneWorld(changes);
  await world.begin(count);
}

/** Something happens after the lane was looked at, and before anybody is let in. */
function afterTheLook(happens: () => Promise<void>): void {
  const read = world.store.readPartition.bind(world.store);
  jest.spyOn(world.store, 'readPartition').mockImplementationOnce(async (query) => {
    const items = await read(query);
    await happens();
    return items;
  });
}

/** Nobody waits with the token any more; something has happened until that is known. */
function isGone(happens: () => Promise<void>): void {
  jest.spyOn(world.tokens, 'succeed').mockImplementationOnce(async () => {
    await happens();
    return 'gone';
  });
}

describe('a look at a lane', () => {
  it('is one where it is full, however many wait', async () => {
    await begin(2, { capacity: 1 });
    await world.join(1);
    await stand(2);
    const reads = jest.spyOn(world.store, 'read');
    await grant();
    expect(reads).toHaveBeenCalledTimes(1);
    expect(told(2)).toBeUndefined();
  });

  it('goes no further than to the first one who can be let in', async () => {
    await begin(20, { capacity: 1 });
    for (let number = 1; number <= 20; number += 1) await stand(number);
    const looks = jest.spyOn(world.store, 'readPartition');
    await grant();
    expect(looks.mock.calls.map(([{ limit }]) => limit)).toEqual([16, 16]);
    expect(await world.inside()).toEqual([1]);
  });

  it('lets in fifty, and leaves the others to those who come by next', async () => {
    await begin(51, { capacity: 60 });
    for (let number = 1; number <= 51; number += 1) await stand(number);
    await grant();
    expect(await world.inside()).toHaveLength(50);
    await grant();
    expect(await world.inside()).toHaveLength(51);
  });
});

describe('a waiter', () => {
  beforeEach(async () => {
    await begin(2);
    await stand(1);
  });

  it('is let in with the token that it has by then', async () => {
    afterTheLook(() => stand(1, { token: 'new' }));
    await grant();
    expect(told(1)).toBeUndefined();
    expect(world.tokens.answered.get('new')).toEqual({ waitSeconds: 0 });
    expect(await world.inside()).toEqual([1]);
  });

  it('is not let in twice', async () => {
    afterTheLook(() => stand(1, { grantedAt: NOW.toISOString() }));
    await grant();
    expect(await world.inside()).toEqual([]);
    expect(told(1)).toBeUndefined();
  });

  it('that has gone meanwhile takes no slot', async () => {
    afterTheLook(() => overwrite(world.store, placeOf(1), null));
    await grant();
    expect(await world.inside()).toEqual([]);
  });

  it('is not let in where the lane has filled up meanwhile', async () => {
    afterTheLook(() => {
      const slots = [0, 1].map((slot) => ({
        slot,
        tenantUuid: uuidOf(2),
        run: { replicationSequence: 1, run: 1 },
        since: NOW.toISOString(),
        lookAt: after(600).toISOString(),
      }));
      return overwrite(world.store, laneKey(LANE), { slots, rate: null, unlimited: false });
    });
    await grant();
    expect(await world.waiting()).toEqual([1]);
    expect(told(1)).toBeUndefined();
  });

  it.each([
    ['has no tenant any more', () => overwrite(world.store, tenantKey(uuidOf(1)), null)],
    ['is of a run that has ended', async () => world.overwrite(1, { ...(await world.tenant(1)), activeRun: null })],
  ])('is taken out where it %s', async (_, happens) => {
    await happens();
    await grant();
    expect(await world.waiting()).toEqual([]);
    expect(await world.inside()).toEqual([]);
  });

  it('goes on with what it still needs elsewhere, and since when it runs is not told again', async () => {
    const before = await world.tenant(1);
    await world.overwrite(1, { ...before, turnsNeeded: ['other', LANE] });
    world.seconds = 60;
    await grant();
    expect(await world.tenant(1)).toMatchObject({
      turnsNeeded: ['other'],
      status: before.status,
      statusChangedAt: before.statusChangedAt,
    });
  });

  it('is let into a lane without limit, and takes up nothing there', async () => {
    await overwrite(world.store, placeOf(1), null);
    await begin(2, { capacity: 1 });
    await world.join(1);
    await world.join(2);
    world.seconds = 60;
    expect(await world.tenant(2)).toMatchObject({ status: 'QUEUED' });
    await setLimit(world.deps, world.lane, true);
    expect(await world.tenant(2)).toMatchObject({ status: 'RUNNING', queuedIn: null, turns: {} });
    expect(await world.waiters()).toEqual([]);
    expect(await world.inside()).toEqual([1]);
  });
});

describe('a waiter whose token is gone', () => {
  beforeEach(async () => {
    await begin(2);
    await stand(1);
  });

  it('keeps its new token where it has lost its turn and come back meanwhile', async () => {
    isGone(async () => {
      await world.overwrite(1, { ...(await world.tenant(1)), turns: {} });
      await overwrite(world.store, laneKey(LANE), { slots: [], rate: null, unlimited: false });
      await stand(1, { token: 'new' });
    });
    await grant();
    expect(world.tokens.answered.has('new')).toBe(true);
    expect(await world.inside()).toEqual([1]);
  });

  it('is not put back where it has gone meanwhile', async () => {
    isGone(() => overwrite(world.store, placeOf(1), null));
    await grant();
    expect(await world.waiters()).toEqual([]);
  });

  it('keeps the turn that it has taken up meanwhile', async () => {
    isGone(async () => {
      const tenant = await world.tenant(1);
      const turn = tenant.turns[LANE];
      if (turn === undefined) throw new Error('There is no turn.');
      await world.overwrite(1, { ...tenant, turns: { [LANE]: { ...turn, used: true } } });
    });
    await grant();
    expect(await world.inside()).toEqual([1]);
    expect((await world.tenant(1)).turns).toMatchObject({ [LANE]: { used: true } });
    expect(await world.waiters()).toMatchObject([{ token: null, grantedAt: null }]);
  });

  it('stays, and cannot be reached, where its tenant is not known any more', async () => {
    isGone(() => overwrite(world.store, tenantKey(uuidOf(1)), null));
    await grant();
    expect(await world.waiters()).toMatchObject([{ token: null, grantedAt: null }]);
  });
});

describe('a waiter whose token is gone, in a lane with a rate', () => {
  const rate = { millisecondsApart: 30_000, burst: 1, leastMillisecondsApart: 1000, stepMilliseconds: 1000 };

  beforeEach(async () => {
    await begin(3, { capacity: 5, rate });
    await world.join(1);
    await stand(2);
    world.seconds = 10;
  });

  it('gives back what the rate has spent for it, and nothing that was spent before', async () => {
    const before = (await world.item()).rate;
    isGone(() => Promise.resolve());
    await grant();
    expect((await world.item()).rate).toEqual(before);
    expect(before).not.toBeNull();
    expect(await world.inside()).toEqual([1]);
    expect((await world.tenant(2)).turns).toEqual({});
  });

  it('gives nothing back where somebody has come in since', async () => {
    let since: unknown;
    isGone(async () => {
      await world.join(3);
      since = (await world.item()).rate;
    });
    await grant();
    expect((await world.item()).rate).toEqual(since);
    expect(await world.inside()).toEqual([1, 3]);
  });
});

describe('a slot', () => {
  it('is looked at when its turn has not been used for three minutes', async () => {
    const rate = { millisecondsApart: 30_000, burst: 1, leastMillisecondsApart: 1000, stepMilliseconds: 1000 };
    await begin(2, { capacity: 5, rate });
    await world.join(1);
    await stand(2);
    world.seconds = 10;
    await grant();
    expect((await world.item()).slots.at(-1)).toEqual({
      slot: 1,
      tenantUuid: uuidOf(2),
      run: { replicationSequence: 1, run: 1 },
      since: after(10).toISOString(),
      lookAt: after(30 + 180).toISOString(),
    });
    expect(told(2)).toEqual({ waitSeconds: 20 });
  });
});

describe('a waiter that was let in and not told', () => {
  const rate = { millisecondsApart: 30_000, burst: 1, leastMillisecondsApart: 1000, stepMilliseconds: 1000 };

  beforeEach(async () => {
    await begin(2, { capacity: 5, rate });
    await world.join(1);
    world.tokens.beforeAnswer = () => {
      throw new Error('killed');
    };
    await stand(2);
    await grant().catch(() => undefined);
    world.tokens.beforeAnswer = undefined;
    world.seconds = 10;
  });

  it('is told no sooner than ten seconds later, while the function that let it in may still do so', async () => {
    world.seconds = 9;
    await grant();
    expect(told(2)).toBeUndefined();
    expect(await world.waiting()).toEqual([2]);
  });

  it('is told how long it has to wait from then on', async () => {
    await grant();
    expect(told(2)).toEqual({ waitSeconds: 20 });
    expect(await world.waiters()).toEqual([]);
  });

  it.each([
    ['its turn is gone', async () => world.overwrite(2, { ...(await world.tenant(2)), turns: {} })],
    ['its tenant is gone', () => overwrite(world.store, tenantKey(uuidOf(2)), null)],
  ])('is told to come and see where %s', async (_, happens) => {
    await happens();
    await grant();
    expect(told(2)).toEqual({ waitSeconds: 0 });
  });

  it.each([
    ['a new token', () => stand(2, { token: 'new', grantedAt: after(10).toISOString() }), [2]],
    ['gone', () => overwrite(world.store, placeOf(2), null), []],
  ])('is left as it is where it has %s by then', async (_, happens, left) => {
    isGone(happens);
    await grant();
    expect(await world.waiting()).toEqual(left);
  });
});
