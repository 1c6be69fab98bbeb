import { joinLane } from '../../../../functions/ledger/queue/join-lane';
import {
  ledgerCompanions,
  lanePosition,
  ledgerLaneTurns,
  setLimit,
} from '../../../../functions/ledger/queue/lane-queue';
import { after } from '../../../fakes/vending';
import { LaneWorld, uuidOf } from './lane-world';

let world: LaneWorld;

const begin = async (count: number, changes: ConstructorParameters<typeof LaneWorld>[0] = {}): Promise<void> => {
  world = new LaneWorld(changes);
  await world.begin(count);
};

const killed = (): never => {
  throw new Error('killed');
};

describe('a lane', () => {
  it('is awaited while somebody stands in it who was not let in', async () => {
    await begin(3);
    const isAwaited = () => ledgerLaneTurns(world.deps, uuidOf(1)).isAwaited(world.lane);
    for (const number of [1, 2]) await world.join(number);
    expect(await isAwaited()).toBe(false);
    await world.join(3);
    expect(await isAwaited()).toBe(true);
    expect(await world.waiting()).toEqual([3]);
  });

  it('lets in at once anyone who finds room, and says so in the tenant and in the lane', async () => {
    await begin(1);
    const token = await world.join(1);
    expect(world.tokens.answered.get(token)).toEqual({ waitSeconds: 0 });
    const now = after(0).toISOString();
    expect((await world.tenant(1)).turns).toEqual({
      'account-creation': { grantedAt: now, notBefore: now, used: false, slot: 0 },
    });
    expect((await world.item()).slots).toMatchObject([{ slot: 0, tenantUuid: uuidOf(1), since: now }]);
    expect(await world.waiters()).toEqual([]);
    expect((await world.tenant(1)).status).toBe('RUNNING');
  });

  it('lets the others wait, in the order in which their runs began, and tells where they stand', async () => {
    await begin(5);
    for (const number of [1, 2, 5, 3, 4]) await world.join(number);
    expect(await world.inside()).toEqual([1, 2]);
    expect(await world.waiting()).toEqual([3, 4, 5]);
    expect(await world.tenant(5)).toMatchObject({ status: 'QUEUED' });
    const position = await lanePosition(world.store, await world.tenant(5));
    expect(position).toEqual({ name: 'account-creation', position: 3, since: after(0).toISOString() });
    expect(await lanePosition(world.store, await world.tenant(1))).toBeNull();
  });

  describe('whose first ones may be served along with somebody', () => {
    const wanted = { regions: ['eu-central-1'], parameters: { Stage: 'dev' }, from: after(0).toISOString() };

    /** Two are inside; 3, 4 and 5 wait, all but 4 for what another one's operation may do along. */
    async function crowd(): Promise<readonly string[]> {
      await begin(5);
      const tokens: string[] = [];
      for (const number of [1, 2, 3, 4, 5]) {
        const token = world.newToken();
        tokens.push(token);
        await joinLane(world.deps, world.lane, {
          ...world.joiner(number, token),
          wanted: number === 4 ? null : wanted,
        });
      }
      return tokens;
    }

    const companions = () => ledgerCompanions(world.deps);

    it('tells who they are and what they want, the first one first', async () => {
      await crowd();
      const waiting = await companions().waitingIn(world.lane, 9);
      expect(waiting.map(({ tenant }) => tenant.tenantUuid)).toEqual([uuidOf(3), uuidOf(5)]);
      expect(waiting[0]).toEqual({ tenant: await world.tenant(3), wanted });
      expect(await companions().waitingIn(world.lane, 2)).toHaveLength(1);
    });

    it('leaves out a run that has ended', async () => {
      await crowd();
      await world.overwrite(3, { ...(await world.tenant(3)), activeRun: null });
      const waiting = await companions().waitingIn(world.lane, 9);
      expect(waiting.map(({ tenant }) => tenant.tenantUuid)).toEqual([uuidOf(5)]);
    });

    it('lets them go on without a slot, and nobody else', async () => {
      const tokens = await crowd();
      await companions().letIn(world.lane, [uuidOf(3), uuidOf(5)]);
      expect(tokens.map((token) => world.tokens.answered.get(token))).toEqual([
        { waitSeconds: 0 },
        { waitSeconds: 0 },
        { waitSeconds: 0 },
        undefined,
        { waitSeconds: 0 },
      ]);
      expect(await world.inside()).toEqual([1, 2]);
      expect(await world.waiting()).toEqual([4]);
      expect(await world.tenant(3)).toMatchObject({ status: 'RUNNING', queuedIn: null, turns: {} });
    });

    it('looks again at those who go on, and at who is the first of the line then', async () => {
      await crowd();
      for (const number of [3, 4]) await world.rest(number);
      await companions().letIn(world.lane, [uuidOf(3)]);
      expect(world.watch.watched.map(({ tenantUuid }) => tenantUuid)).toEqual([uuidOf(3), uuidOf(4)]);
      expect(await world.waiters()).toMatchObject([
        { tenantUuid: uuidOf(4), unwatched: false, grantedAt: null },
        { tenantUuid: uuidOf(5), grantedAt: null },
      ]);
    });

    it('keeps the place of one who cannot be told, which comes back by itself', async () => {
      const tokens = await crowd();
      world.tokens.gone.add(tokens[2] ?? '');
      await companions().letIn(world.lane, [uuidOf(3)]);
      expect(await world.waiters()).toMatchObject([
        { tenantUuid: uuidOf(3), token: null, grantedAt: null },
        ...[4, 5].map((number) => ({ tenantUuid: uuidOf(number) })),
      ]);
    });

    it('knows no longer what somebody wants who comes back without it', async () => {
      await crowd();
      await world.join(3);
      const waiting = await companions().waitingIn(world.lane, 9);
      expect(waiting.map(({ tenant }) => tenant.tenantUuid)).toEqual([uuidOf(5)]);
    });
  });

  it('lets in the next one when a slot is freed, and that in the same call', async () => {
    await begin(4);
    const tokens = [await world.join(1), await world.join(2), await world.join(3), await world.join(4)];
    await world.use(1);
    await world.free(1);
    expect(await world.inside()).toEqual([2, 3]);
    expect(world.tokens.answered.has(tokens[2] ?? '')).toBe(true);
    expect(world.tokens.answered.has(tokens[3] ?? '')).toBe(false);
    expect(await world.tenant(3)).toMatchObject({ status: 'RUNNING', queuedIn: null });
    expect((await world.tenant(1)).turns).toEqual({});
  });

  it('gives each one inside a slot number of its own', async () => {
    await begin(4);
    for (const number of [1, 2, 3, 4]) await world.join(number);
    await world.free(1);
    const slots = (await world.item()).slots.map(({ slot, tenantUuid }) => [Number(tenantUuid.slice(-12)), slot]);
    expect(slots).toEqual([
      [2, 1],
      [3, 0],
    ]);
  });

  it('frees nothing a second time', async () => {
    await begin(4);
    for (const number of [1, 2, 3, 4]) await world.join(number);
    await world.free(1);
    await world.free(1);
    expect(await world.inside()).toEqual([2, 3]);
  });

  it('writes nothing but the waiter where it joins a full lane, and one item for each of a thousand', async () => {
    await begin(3);
    await world.join(1);
    await world.join(2);
    const before = world.store.writes.length;
    await world.join(3);
    const [first] = world.store.writes.slice(before);
    expect(first?.key.partition).toBe('LANE#account-creation');
    expect(first?.key.sort).toContain(uuidOf(3));
    expect(JSON.stringify(await world.item()).length).toBeLessThan(600);
  });
});

describe('a waiter that comes back with a new token', () => {
  it('keeps its place and its time, and is reached by the new token alone', async () => {
    await begin(4);
    for (const number of [1, 2, 3, 4]) await world.join(number);
    await world.use(1);
    await world.use(2);
    world.seconds = 900;
    const token = await world.join(3);
    expect(await world.waiting()).toEqual([3, 4]);
    expect((await world.waiters())[0]).toMatchObject({ token, since: after(0).toISOString() });
    await world.free(1);
    expect(world.tokens.answered.has(token)).toBe(true);
  });

  it('finds the turn that it was granted while nobody could tell it', async () => {
    await begin(3);
    await world.join(1);
    await world.join(2);
    await world.join(3);
    world.tokens.beforeAnswer = killed;
    await expect(world.free(1)).rejects.toThrow('killed');
    world.tokens.beforeAnswer = undefined;
    const token = await world.join(3);
    expect(world.tokens.answered.get(token)).toEqual({ waitSeconds: 0 });
    expect(await world.inside()).toEqual([2, 3]);
    expect(await world.waiters()).toEqual([]);
  });

  it('is told by anyone who comes by before that', async () => {
    await begin(4);
    const tokens = [await world.join(1), await world.join(2), await world.join(3)];
    world.tokens.beforeAnswer = killed;
    await expect(world.free(1)).rejects.toThrow('killed');
    world.tokens.beforeAnswer = undefined;
    world.seconds = 30;
    await world.join(4);
    expect(world.tokens.answered.has(tokens[2] ?? '')).toBe(true);
    expect(await world.waiting()).toEqual([4]);
  });

  it('asks again where the time of its turn has passed, which is somebody else’s by then', async () => {
    await begin(1, {
      rate: { millisecondsApart: 10_000, burst: 3, leastMillisecondsApart: 1000, stepMilliseconds: 1000 },
    });
    await world.join(1);
    world.seconds = 900;
    await world.join(1);
    expect((await world.tenant(1)).turns['account-creation']).toMatchObject({ notBefore: after(900).toISOString() });
    expect(await world.inside()).toEqual([1]);
  });

  it('is told again once ten seconds have passed, in which the first one may still be under way', async () => {
    await begin(5);
    const tokens = [await world.join(1), await world.join(2), await world.join(3)];
    world.tokens.beforeAnswer = killed;
    await expect(world.free(1)).rejects.toThrow('killed');
    world.tokens.beforeAnswer = undefined;
    world.seconds = 9;
    await world.join(4);
    expect(world.tokens.answered.has(tokens[2] ?? '')).toBe(false);
    world.seconds = 10;
    await world.join(5);
    expect(world.tokens.answered.has(tokens[2] ?? '')).toBe(true);
  });

  it('has the turn that it was granted where the lane has no rate, whenever it comes', async () => {
    await begin(1);
    await world.join(1);
    world.seconds = 170;
    await world.join(1);
    expect((await world.tenant(1)).turns['account-creation']).toMatchObject({
      notBefore: after(0).toISOString(),
      grantedAt: after(170).toISOString(),
    });
  });

  it('is let in behind however many others who were, and could not be told', async () => {
    await begin(18, { capacity: 20 });
    world.tokens.beforeAnswer = killed;
    for (let number = 1; number <= 17; number += 1) await expect(world.join(number)).rejects.toThrow('killed');
    world.tokens.beforeAnswer = undefined;
    const token = await world.join(18);
    expect(world.tokens.answered.has(token)).toBe(true);
    expect(await world.inside()).toHaveLength(18);
  });
});

describe('a token that is gone', () => {
  it('passes the turn on, and the waiter keeps its place', async () => {
    await begin(4);
    const tokens = [await world.join(1), await world.join(2), await world.join(3), await world.join(4)];
    world.tokens.gone.add(tokens[2] ?? '');
    await world.free(1);
    expect(await world.inside()).toEqual([2, 4]);
    expect(await world.waiters()).toMatchObject([{ tenantUuid: uuidOf(3), token: null, grantedAt: null }]);
    expect((await world.tenant(3)).turns).toEqual({});
    const token = await world.join(3);
    await world.free(2);
    expect(world.tokens.answered.has(token)).toBe(true);
  });

  it('gives back what the rate had spent for it', async () => {
    await begin(2, {
      capacity: 5,
      rate: { millisecondsApart: 10_000, burst: 1, leastMillisecondsApart: 1000, stepMilliseconds: 1000 },
    });
    const gone = world.newToken();
    world.tokens.gone.add(gone);
    jest.spyOn(world, 'newToken').mockReturnValueOnce(gone);
    await world.join(1);
    const token = await world.join(2);
    expect(world.tokens.answered.get(token)).toEqual({ waitSeconds: 0 });
  });
});

describe('a lane with a rate', () => {
  const rate = { millisecondsApart: 10_000, burst: 3, leastMillisecondsApart: 1000, stepMilliseconds: 1000 };

  it('lets in at once, but says when each one may begin', async () => {
    await begin(5, { capacity: 5, rate });
    const tokens = [];
    for (const number of [1, 2, 3, 4, 5]) tokens.push(await world.join(number));
    expect(tokens.map((token) => world.tokens.answered.get(token)?.['waitSeconds'])).toEqual([0, 1, 2, 10, 20]);
  });

  it('has its burst again after a pause', async () => {
    await begin(6, { capacity: 6, rate });
    for (const number of [1, 2, 3]) await world.join(number);
    world.seconds = 100;
    const tokens = [await world.join(4), await world.join(5), await world.join(6)];
    expect(tokens.map((token) => world.tokens.answered.get(token)?.['waitSeconds'])).toEqual([0, 1, 2]);
  });
});

describe('a slot', () => {
  it('that was never used is taken back after a short lease, so that a late holder finds no turn', async () => {
    await begin(3);
    for (const number of [1, 2, 3]) await world.join(number);
    await world.use(2);
    world.seconds = 179;
    await world.join(3);
    expect(await world.inside()).toEqual([1, 2]);
    world.seconds = 180;
    await world.join(3);
    expect(await world.inside()).toEqual([2, 3]);
    expect((await world.tenant(1)).turns).toEqual({});
    expect(await world.use(1)).toBe(false);
    expect(await world.tenant(1)).toMatchObject({ creation: null, turnsNeeded: ['account-creation'] });
    await world.free(2);
    await world.join(1);
    expect(await world.tenant(1)).toMatchObject({ turnsNeeded: [], turns: { 'account-creation': { used: false } } });
  });

  it('is not taken back where its holder comes for it at that very moment', async () => {
    await begin(3);
    for (const number of [1, 2, 3]) await world.join(number);
    await world.use(2);
    world.seconds = 180;
    world.store.beforeNextCommit = async () => {
      await joinLane(world.deps, world.lane, world.joiner(1, world.newToken()));
    };
    await world.join(3);
    expect(await world.inside()).toEqual([1, 2]);
    expect((await world.tenant(1)).turns['account-creation']).toMatchObject({ grantedAt: after(180).toISOString() });
  });

  it('that was used stays as long as its operation is at work, however long that takes', async () => {
    await begin(3);
    for (const number of [1, 2, 3]) await world.join(number);
    await world.use(1);
    await world.use(2);
    for (const seconds of [900, 1800, 100_000]) {
      world.seconds = seconds;
      await world.join(3);
    }
    expect(await world.inside()).toEqual([1, 2]);
  });

  it('that was used is taken back by a waiter that comes back, once the operation is known to be over', async () => {
    await begin(3);
    for (const number of [1, 2, 3]) await world.join(number);
    await world.use(1);
    await world.use(2);
    world.isOver = true;
    world.seconds = 599;
    await world.join(3);
    expect(await world.inside()).toEqual([1, 2]);
    world.seconds = 600;
    const token = await world.join(3);
    expect(world.tokens.answered.has(token)).toBe(true);
    expect((await world.tenant(1)).turns).toEqual({});
  });

  it('is looked at by one of those who come at the same time', async () => {
    await begin(4, { capacity: 1 });
    await world.join(1);
    await world.use(1);
    world.seconds = 900;
    let looks = 0;
    Object.defineProperty(world, 'isOver', {
      get: () => {
        looks += 1;
        return false;
      },
    });
    await Promise.all([world.join(2), world.join(3), world.join(4)]);
    expect(looks).toBe(1);
  });

  it('is not given up because a look at it fails', async () => {
    await begin(2, { capacity: 1 });
    await world.join(1);
    await world.use(1);
    world.seconds = 900;
    Object.defineProperty(world, 'isOver', { get: killed });
    await world.join(2);
    expect(await world.inside()).toEqual([1]);
    expect(await world.waiting()).toEqual([2]);
  });

  it('serves one request of AWS and no second one', async () => {
    await begin(1);
    await world.join(1);
    expect(await world.use(1)).toBe(true);
    expect(await world.use(1)).toBe(false);
  });
});

describe('a lane whose limit is gone', () => {
  it('lets everybody in who waits, and everybody who comes, without a slot', async () => {
    await begin(5, { capacity: 1 });
    const tokens = [await world.join(1), await world.join(2), await world.join(3), await world.join(4)];
    await setLimit(world.deps, world.lane, true);
    expect(tokens.every((token) => world.tokens.answered.has(token))).toBe(true);
    expect(world.tokens.answered.has(await world.join(5))).toBe(true);
    expect(await world.inside()).toEqual([1]);
    await setLimit(world.deps, world.lane, false);
    expect(await world.item()).toMatchObject({ unlimited: false });
  });

  it('is written down only when that is news', async () => {
    await begin(1);
    await setLimit(world.deps, world.lane, false);
    await setLimit(world.deps, world.lane, true);
    const written = world.store.writes.length;
    await setLimit(world.deps, world.lane, true);
    expect(world.store.writes).toHaveLength(written);
  });
});

describe('a lane of runs', () => {
  it('takes back the slot of a run that has ended, and of no other, however long that works', async () => {
    await begin(3, { capacity: 1, ofRuns: true });
    await world.join(1);
    world.seconds = 100_000;
    await world.join(2);
    expect(await world.inside()).toEqual([1]);
    await world.overwrite(1, { ...(await world.tenant(1)), activeRun: null });
    world.seconds = 200_000;
    await world.join(3);
    expect(await world.inside()).toEqual([2]);
  });
});
