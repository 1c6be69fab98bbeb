import { lineKey, tenantKey, waiterKey } from '../../../../functions/ledger/base/keys';
import { joinLane } from '../../../../functions/ledger/queue/join-lane';
import {
  ledgerLaneQueue,
  ledgerLaneTurns,
  releaseTurn,
  waitedLane,
} from '../../../../functions/ledger/queue/lane-queue';
import { pinPlan } from '../../../../functions/ledger/runs/pin-plan';
import { after, plan, turn } from '../../../fakes/vending';
import { overwrite, referenceTo } from '../ledger-calls';
import { LaneWorld, uuidOf } from './lane-world';

const LANE = 'account-creation';

let world: LaneWorld;

const begin = async (count: number, changes: ConstructorParameters<typeof LaneWorld>[0] = {}): Promise<void> => {
  world = new LaneWorld(changes);
  await world.begin(count);
};

const join = (number: number, token = world.newToken()) =>
  joinLane(world.deps, world.lane, world.joiner(number, token));

describe('a run that asks for a turn', () => {
  it('is told whether it has it now', async () => {
    await begin(2, { capacity: 1 });
    expect(await join(1)).toBe(true);
    const written = world.store.writes.length;
    expect(await join(1)).toBe(true);
    expect(world.store.writes.slice(written).map(({ key }) => key.sort)).toEqual(['TENANT']);
    expect(await join(2)).toBe(false);
    await world.free(1);
    expect(await join(2)).toBe(true);
  });

  it('is QUEUED once: since when it waits does not change when it comes back', async () => {
    await begin(2, { capacity: 1 });
    await join(1);
    await join(2);
    const before = await world.tenant(2);
    world.seconds = 60;
    await join(2);
    expect(await world.tenant(2)).toEqual(before);
    expect(before).toMatchObject({ status: 'QUEUED', statusChangedAt: after(0).toISOString() });
  });

  it.each([
    ['is not there any more', () => overwrite(world.store, tenantKey(uuidOf(1)), null)],
    ['has another run by now', async () => world.overwrite(1, { ...(await world.tenant(1)), activeRun: null })],
  ])('stands nowhere where its tenant %s', async (_, happens) => {
    await begin(1);
    await happens();
    const written = world.store.writes.length;
    await join(1);
    expect(world.store.writes).toHaveLength(written);
    expect(world.tokens.answered.size).toBe(0);
  });

  it('is not QUEUED where its run has ended while it was put in line', async () => {
    await begin(2, { capacity: 1 });
    await join(1);
    const read = world.store.readPartition.bind(world.store);
    jest.spyOn(world.store, 'readPartition').mockImplementationOnce(async (query) => {
      await world.overwrite(2, { ...(await world.tenant(2)), activeRun: null });
      return read(query);
    });
    expect(await join(2)).toBe(false);
    expect(await world.tenant(2)).toMatchObject({ status: 'RUNNING', queuedIn: null });
  });

  it('is taken out of the line when it finds its turn', async () => {
    await begin(1);
    await join(1);
    const { runSince, tenantUuid, run } = world.joiner(1, '');
    const place = waiterKey(LANE, runSince, tenantUuid, run);
    await overwrite(world.store, place, { tenantUuid, run, token: 't', since: runSince, grantedAt: runSince });
    await join(1);
    expect(await world.waiters()).toEqual([]);
    expect(await world.inside()).toEqual([1]);
  });

  it('gives back a turn that was for another time, and stands in line again', async () => {
    const rate = { millisecondsApart: 10_000, burst: 1, leastMillisecondsApart: 1000, stepMilliseconds: 1000 };
    await begin(2, { capacity: 1, rate });
    await join(1);
    world.seconds = 900;
    const token = world.newToken();
    expect(await join(1, token)).toBe(true);
    expect(world.tokens.answered.get(token)).toEqual({ waitSeconds: 0 });
    expect((await world.item()).slots).toMatchObject([{ since: after(900).toISOString() }]);
    await world.use(1);
    world.seconds = 1800;
    await join(1);
    expect((await world.item()).slots).toMatchObject([{ since: after(900).toISOString() }]);
  });
});

describe('a run that comes back to its turn', () => {
  const rate = { millisecondsApart: 10_000, burst: 1, leastMillisecondsApart: 1000, stepMilliseconds: 1000 };

  it('waits for the moment that it was given, and no longer', async () => {
    await begin(2, { capacity: 5, rate });
    await join(1);
    const tokens = [world.newToken(), world.newToken(), world.newToken()] as const;
    await join(2, tokens[0]);
    world.seconds = 4;
    expect(await join(2, tokens[1])).toBe(true);
    expect(world.tokens.answered.get(tokens[1])).toEqual({ waitSeconds: 6 });
    world.seconds = 40;
    await join(2, tokens[2]);
    expect(world.tokens.answered.get(tokens[2])).toEqual({ waitSeconds: 0 });
    expect((await world.tenant(2)).turns[LANE]).toMatchObject({ notBefore: after(10).toISOString() });
  });

  it('has none of its turns elsewhere taken away', async () => {
    await begin(1);
    await join(1);
    const { turns } = await world.tenant(1);
    await world.overwrite(1, { ...(await world.tenant(1)), turns: { ...turns, other: turn() } });
    await join(1);
    expect(Object.keys((await world.tenant(1)).turns).toSorted()).toEqual([LANE, 'other']);
  });

  it('goes on at once where it has used it', async () => {
    await begin(1, { rate });
    await join(1);
    await world.use(1);
    const token = world.newToken();
    world.seconds = 900;
    await join(1, token);
    expect(world.tokens.answered.get(token)).toEqual({ waitSeconds: 0 });
    expect((await world.tenant(1)).turns[LANE]).toMatchObject({ used: true });
  });

  it('gives back one that it comes to too late, and has none until it is let in again', async () => {
    await begin(2, { capacity: 2, rate });
    await join(1);
    await join(2);
    world.seconds = 900;
    // Nobody is let in any more.
    Object.assign(world.lane, { capacity: 0 });
    expect(await join(1)).toBe(false);
    expect((await world.tenant(1)).turns).toEqual({});
    expect(await world.inside()).toEqual([2]);
    expect(await world.waiters()).toMatchObject([{ inLine: true, grantedAt: null, since: after(900).toISOString() }]);
  });

  it('is counted once in the line, and looked at as before, however often it comes', async () => {
    await begin(3, { capacity: 1 });
    for (const number of [1, 2, 3]) await join(number);
    await world.rest(3);
    const waiter = (await world.waiters()).at(-1);
    await overwrite(world.store, world.placeOf(3), { ...waiter, unwatched: true });
    const line = async () => (await world.store.read([lineKey(LANE)])).map((item) => item?.data);
    const before = await line();
    world.seconds = 60;
    await join(3);
    expect(await line()).toEqual(before);
    expect((await world.waiters()).at(-1)).toMatchObject({ unwatched: true, since: after(0).toISOString() });
  });

  it('leaves the line, where it stood in it as well', async () => {
    await begin(2, { capacity: 1 });
    await join(1);
    await join(2);
    await world.overwrite(2, { ...(await world.tenant(2)), turns: { [LANE]: turn() } });
    await join(2);
    expect(await world.waiters()).toEqual([]);
    expect((await world.store.read([lineKey(LANE)]))[0]?.data).toEqual({ groups: [] });
  });
});

describe('the queue of one entry into a state', () => {
  it('lets pass who needs no turn', async () => {
    await begin(1);
    await ledgerLaneQueue(world.deps, world.joiner(1, 'token')).pass();
    expect(world.tokens.answered.get('token')).toEqual({ waitSeconds: 0 });
  });
});

describe('the turns of one tenant', () => {
  const turns = () => ledgerLaneTurns(world.deps, uuidOf(1));

  it('are freed, and the next one gets in', async () => {
    await begin(2, { capacity: 1 });
    await join(1);
    await join(2);
    await turns().free(world.lane);
    expect(await world.inside()).toEqual([2]);
    await overwrite(world.store, tenantKey(uuidOf(1)), null);
    const written = world.store.writes.length;
    await releaseTurn(world.store, world.lane, uuidOf(1));
    expect(world.store.writes).toHaveLength(written);
  });

  it('are awaited by those alone who were not let in', async () => {
    await begin(2, { capacity: 1 });
    await join(1);
    expect(await turns().isAwaited(world.lane)).toBe(false);
    world.tokens.beforeAnswer = () => {
      throw new Error('killed');
    };
    await join(2);
    expect(await turns().isAwaited(world.lane)).toBe(true);
    await turns()
      .free(world.lane)
      .catch(() => undefined);
    expect(await turns().isAwaited(world.lane)).toBe(false);
  });

  it('have a limit or none, which is written once; without, all get in', async () => {
    await begin(3, { capacity: 1 });
    for (const number of [1, 2, 3]) await join(number);
    await turns().setLimit(world.lane, false);
    expect(await world.waiting()).toEqual([2, 3]);
    await turns().setLimit(world.lane, true);
    expect(await world.waiting()).toEqual([]);
    const written = world.store.writes.length;
    await turns().setLimit(world.lane, true);
    expect(world.store.writes).toHaveLength(written);
  });

  it('lets nobody in where the limit comes back, or was known to be gone', async () => {
    await begin(2, { capacity: 2 });
    await turns().setLimit(world.lane, true);
    await overwrite(
      world.store,
      waiterKey(LANE, after(0).toISOString(), uuidOf(1), { replicationSequence: 1, run: 1 }),
      {
        tenantUuid: uuidOf(1),
        run: { replicationSequence: 1, run: 1 },
        token: 't',
        since: after(0).toISOString(),
        grantedAt: null,
      },
    );
    await turns().setLimit(world.lane, true);
    await turns().setLimit(world.lane, false);
    expect(await world.waiting()).toEqual([1]);
  });
});

describe('the lane that a run waits in', () => {
  it('is one that its plan comes through', async () => {
    await begin(1);
    const reference = referenceTo(1, 1, uuidOf(1));
    expect(await waitedLane(world.store, reference, LANE)).toBeUndefined();
    await pinPlan(world.store, reference, plan({ tenantUuid: uuidOf(1) }));
    await join(1);
    const waited = await waitedLane(world.store, reference, LANE);
    expect(waited).toMatchObject({ lane: { name: LANE }, record: { slots: [{ tenantUuid: uuidOf(1) }] } });
    expect(await waitedLane(world.store, reference, 'account-closing')).toBeUndefined();
    expect(await waitedLane(world.store, referenceTo(2, 1, uuidOf(1)), LANE)).toBeUndefined();
    expect(await waitedLane(world.store, referenceTo(1, 2, uuidOf(1)), LANE)).toBeUndefined();
  });
});
