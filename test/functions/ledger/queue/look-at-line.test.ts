import { lookAtPlace } from '../../../../functions/ledger/queue/look-at-line';
import { joinLane } from '../../../../functions/ledger/queue/join-lane';
import { after } from '../../../fakes/vending';
import type { WaiterRecord } from '../../../../functions/domain/queue/lane-records';
import { waiterKey } from '../../../../functions/ledger/base/keys';
import { accept, overwrite } from '../ledger-calls';
import { LaneWorld, uuidOf } from './lane-world';

const QUARTER = 900;

let world: LaneWorld;

const look = (number: number): Promise<boolean> => lookAtPlace(world.deps, world.lane, world.placeOf(number));

const waiterOf = async (number: number) =>
  (await world.waiters()).find(({ tenantUuid }) => tenantUuid === uuidOf(number));

/** What is written of a waiter becomes something else. */
const change = async (number: number, changes: Partial<WaiterRecord>): Promise<void> =>
  overwrite(world.store, world.placeOf(number), { ...(await waiterOf(number)), ...changes });

/** One holds the only slot; the others wait, in their order. */
async function lineOf(waiting: number): Promise<readonly string[]> {
  world = new LaneWorld({ capacity: 1 });
  await world.begin(waiting + 1);
  await world.join(1);
  const tokens = [];
  for (let number = 2; number <= waiting + 1; number += 1) tokens.push(await world.join(number));
  return tokens;
}

describe('a look at a run that waits behind others', () => {
  it('is the last one, and says so in the ledger', async () => {
    await lineOf(3);
    expect(await look(3)).toBe(true);
    expect(await look(4)).toBe(true);
    expect(await waiterOf(3)).toMatchObject({ unwatched: true, grantedAt: null });
    expect(await waiterOf(2)).not.toHaveProperty('unwatched', true);
  });

  it('writes nothing when it was said already', async () => {
    await lineOf(2);
    await look(3);
    const written = world.store.writes.length;
    expect(await look(3)).toBe(true);
    expect(world.store.writes).toHaveLength(written);
  });

  it('is followed by others where the run has a state that comes by itself', async () => {
    world = new LaneWorld({ capacity: 1 });
    world.callable = false;
    await world.begin(3);
    for (const number of [1, 2, 3]) await world.join(number);
    expect(await look(3)).toBe(false);
    expect(await waiterOf(3)).not.toHaveProperty('unwatched', true);
  });

  it('is followed by others where the one before it leaves at that moment', async () => {
    await lineOf(2);
    const read = world.store.readPartition.bind(world.store);
    jest.spyOn(world.store, 'readPartition').mockImplementationOnce(async (query) => {
      const items = await read(query);
      await world.free(1);
      return items;
    });
    expect(await look(3)).toBe(false);
    expect(await waiterOf(3)).not.toHaveProperty('unwatched', true);
  });

  it('is followed by others where the one before it is not counted in the line', async () => {
    await lineOf(2);
    await change(2, { inLine: false });
    expect(await look(3)).toBe(false);
    expect(await waiterOf(3)).not.toHaveProperty('unwatched', true);
  });

  it('tells it that it was let in before one that cannot be reached', async () => {
    const [, token = ''] = await lineOf(2);
    await change(2, { token: null });
    world.tokens.beforeAnswer = () => {
      world.tokens.beforeAnswer = undefined;
      throw new Error('killed');
    };
    await expect(world.free(1)).rejects.toThrow('killed');
    world.seconds = 30;
    expect(await look(3)).toBe(false);
    expect(world.tokens.answered.get(token)).toEqual({ waitSeconds: 0 });
  });

  it('calls nobody, even where a lease has run out', async () => {
    const [, token = ''] = await lineOf(2);
    world.seconds = QUARTER;
    await look(3);
    expect(world.tokens.answered.has(token)).toBe(false);
  });
});

describe('a place to which nobody comes back', () => {
  /** A slow function of the run before has written it after that run was resumed. */
  async function leftOver(): Promise<void> {
    const late = { ...world.joiner(1, 'late'), tenantUuid: uuidOf(4), runSince: after(-2).toISOString() };
    await joinLane(world.deps, world.lane, late);
    expect(await world.waiting()).toEqual([4, 2, 3, 4]);
  }

  it('is looked at like the first of a line: nobody who is counted stands before it', async () => {
    await lineOf(3);
    await leftOver();
    const late = waiterKey(world.lane.name, after(-2).toISOString(), uuidOf(4), { replicationSequence: 1, run: 1 });
    expect(await lookAtPlace(world.deps, world.lane, late)).toBe(false);
    expect(await world.waiters()).not.toContainEqual(expect.objectContaining({ unwatched: true }));
  });

  it('is not the first of a line, so the one behind it is still looked at', async () => {
    await lineOf(3);
    await leftOver();
    expect(await look(2)).toBe(false);
    expect(await look(3)).toBe(true);
    expect(await waiterOf(2)).not.toHaveProperty('unwatched', true);
  });

  it('keeps nobody from being looked at again who has become the first', async () => {
    const [token] = await lineOf(3);
    await leftOver();
    await look(3);
    world.tokens.gone.add('late');
    await world.free(1);
    expect(world.tokens.answered.get(token ?? '')).toEqual({ waitSeconds: 0 });
    expect(world.watch.watched).toEqual([{ tenantUuid: uuidOf(3), replicationSequence: 1 }]);
  });
});

describe('looks at a run begin again', () => {
  it('when it has become the first of the line, before anybody is let in by that', async () => {
    await lineOf(3);
    for (const number of [3, 4]) await look(number);
    await world.free(1);
    expect(await world.inside()).toEqual([2]);
    expect(world.watch.watched).toEqual([{ tenantUuid: uuidOf(3), replicationSequence: 1 }]);
    expect(await waiterOf(3)).toMatchObject({ unwatched: false });
    expect(await waiterOf(4)).toMatchObject({ unwatched: true });
  });

  it('before it is let in together with the one before it', async () => {
    await lineOf(2);
    await look(3);
    const { capacity } = world.lane;
    Object.assign(world.lane, { capacity: capacity + 2 });
    await world.free(1);
    expect(await world.inside()).toEqual([2, 3]);
    expect(world.watch.watched).toEqual([{ tenantUuid: uuidOf(3), replicationSequence: 1 }]);
  });

  it('by the newest desired state, which may wait for the end of that run', async () => {
    await lineOf(2);
    await accept(world.store, 2, { tenantUuid: uuidOf(3) });
    await look(3);
    await world.free(1);
    expect(world.watch.watched).toEqual([{ tenantUuid: uuidOf(3), replicationSequence: 2 }]);
  });

  it('once, however often slots become free', async () => {
    await lineOf(3);
    await look(3);
    await world.free(1);
    await world.free(1);
    await world.free(2);
    expect(world.watch.watched).toHaveLength(1);
  });

  it('before it is let in, also where they have ended just now', async () => {
    await lineOf(1);
    const read = world.store.readPartition.bind(world.store);
    jest.spyOn(world.store, 'readPartition').mockImplementationOnce(async (query) => {
      const items = await read(query);
      await world.rest(2);
      return items;
    });
    await world.free(1);
    expect(await world.inside()).toEqual([2]);
    expect(world.watch.watched).toEqual([{ tenantUuid: uuidOf(2), replicationSequence: 1 }]);
  });
});

describe('a look at the first of a line', () => {
  it('is followed by others, and changes nothing where all is well', async () => {
    const [token = ''] = await lineOf(2);
    const written = world.store.writes.length;
    expect(await look(2)).toBe(false);
    expect(world.store.writes).toHaveLength(written);
    expect(world.tokens.answered.has(token)).toBe(false);
  });

  it('lets it in where somebody was killed before that', async () => {
    const [token = ''] = await lineOf(1);
    Object.assign(world.lane, { capacity: 2 });
    expect(await look(2)).toBe(false);
    expect(await world.inside()).toEqual([1, 2]);
    expect(world.tokens.answered.get(token)).toEqual({ waitSeconds: 0 });
  });

  it('tells it where somebody was killed after it was let in', async () => {
    const [token = ''] = await lineOf(1);
    world.tokens.beforeAnswer = () => {
      world.tokens.beforeAnswer = undefined;
      throw new Error('killed');
    };
    await expect(world.free(1)).rejects.toThrow('killed');
    world.seconds = 30;
    expect(await look(2)).toBe(false);
    expect(world.tokens.answered.get(token)).toEqual({ waitSeconds: 0 });
    expect(await world.waiting()).toEqual([]);
  });

  it('calls its state back where the lease of a slot has run out, and it keeps its place', async () => {
    const [token = ''] = await lineOf(2);
    world.seconds = QUARTER;
    expect(await look(2)).toBe(false);
    expect(world.tokens.answered.get(token)).toEqual({ error: 'LookAgainError' });
    await world.join(2);
    expect(await world.inside()).toEqual([2]);
    expect(await world.waiting()).toEqual([3]);
  });

  it.each([
    { seconds: 179, calls: false },
    { seconds: 180, calls: true },
  ])('calls it back from the moment on at which a lease has run out: $seconds', async ({ seconds, calls }) => {
    const [token = ''] = await lineOf(2);
    world.seconds = seconds;
    await look(2);
    expect(world.tokens.answered.has(token)).toBe(calls);
  });

  it('lets it in, and does not call it back, where there is room beside a lease that has run out', async () => {
    const [token = ''] = await lineOf(1);
    Object.assign(world.lane, { capacity: 2 });
    world.seconds = QUARTER;
    await look(2);
    expect(world.tokens.answered.get(token)).toEqual({ waitSeconds: 0 });
  });

  it('does not call back one that is being let in right now', async () => {
    const [token = ''] = await lineOf(1);
    Object.assign(world.lane, { capacity: 2 });
    world.seconds = QUARTER;
    await change(2, { grantedAt: after(QUARTER - 5).toISOString() });
    await look(2);
    expect(world.tokens.answered.has(token)).toBe(false);
  });

  it('does not call a state that has no retrier for that', async () => {
    world = new LaneWorld({ capacity: 1 });
    world.callable = false;
    await world.begin(2);
    await world.join(1);
    const token = await world.join(2);
    world.seconds = QUARTER;
    await look(2);
    expect(world.tokens.answered.has(token)).toBe(false);
  });

  it('has looks begin again where somebody was killed before that', async () => {
    await lineOf(1);
    await world.rest(2);
    expect(await look(2)).toBe(false);
    expect(world.watch.watched).toEqual([{ tenantUuid: uuidOf(2), replicationSequence: 1 }]);
    expect(await waiterOf(2)).toMatchObject({ unwatched: false });
  });
});
