import * as fc from 'fast-check';

import type { LaneDeps } from '../../../../functions/ledger/queue/lane-items';
import type { TaskTokens } from '../../../../functions/ports/workflow';
import type { LedgerStore } from '../../../../functions/ports/ledger-store';
import { waitingIn } from '../../../../functions/domain/queue/waiting-line';
import { lookAtPlace } from '../../../../functions/ledger/queue/look-at-line';
import { readLane } from '../../../../functions/ledger/queue/lane-queue';
import { LaneWorld } from './lane-world';

const RATE = { millisecondsApart: 10_000, burst: 3, leastMillisecondsApart: 1000, stepMilliseconds: 1000 };
const CAPACITY = 2;
const QUARTER_OF_AN_HOUR = 900;

class KilledError extends Error {}

/**
 * One function at work: its calls come in any order with those of others, and it may end before or after any of them.
 */
class Process {
  readonly deps: LaneDeps;
  #calls = 0;
  readonly #killedAt: number;

  constructor(world: LaneWorld, scheduler: fc.Scheduler, killedAt: number) {
    this.#killedAt = killedAt;
    const around =
      <Argument, Answer>(call: (argument: Argument) => Promise<Answer>) =>
      async (argument: Argument): Promise<Answer> => {
        await scheduler.schedule(Promise.resolve());
        this.#mayEnd();
        const answer = await call(argument);
        this.#mayEnd();
        return answer;
      };
    const { store, tokens } = world;
    const ledger: LedgerStore = {
      read: around((keys) => store.read(keys)),
      commit: around((writes) => store.commit(writes)),
      readPartition: around((query) => store.readPartition(query)),
      list: (query) => store.list(query),
    };
    const answering: TaskTokens = {
      succeed: (token, output) => around((of: string) => tokens.succeed(of, output))(token),
      fail: (token, error) => around((of: string) => tokens.fail(of, error))(token),
    };
    this.deps = { ledger, tokens: answering, watch: world.watch, now: () => world.now };
  }

  #mayEnd(): void {
    this.#calls += 1;
    if (this.#calls >= this.#killedAt) throw new KilledError();
  }
}

/** A tenant's way through the lane: it waits, uses its turn, and frees it. */
interface Traveller {
  readonly number: number;
  token: string | null;
  used: boolean;
  done: boolean;
  /** Its execution is stopped for good while AWS works for it, so nobody frees its slot. */
  readonly dies: boolean;
}

class Journey {
  readonly world = new LaneWorld({ capacity: CAPACITY, rate: RATE });
  readonly travellers: Traveller[];
  readonly beginnings: number[] = [];
  readonly standings: Awaited<ReturnType<Journey['standing']>>[] = [];
  readonly #scheduler: fc.Scheduler;
  readonly #kills: number[];
  /** At whose run somebody looks every quarter of an hour. */
  readonly #watched: Set<number>;

  constructor(scheduler: fc.Scheduler, count: number, kills: readonly number[], deaths: readonly number[] = []) {
    this.#scheduler = scheduler;
    this.#kills = [...kills];
    this.travellers = Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      token: null,
      used: false,
      done: false,
      dies: deaths.includes(index + 1),
    }));
    this.#watched = new Set(this.travellers.map(({ number }) => number));
  }

  async run(): Promise<void> {
    await this.world.begin(this.travellers.length);
    for (let round = 0; this.travellers.some(({ done }) => !done); round += 1) {
      if (round > 150) throw new Error('A waiter was lost.');
      const before = JSON.stringify(this.travellers);
      const steps = this.travellers.filter(({ done }) => !done).map((traveller) => this.#step(traveller));
      await this.#scheduler.waitFor(Promise.all(steps));
      this.standings.push(await this.standing());
      if (JSON.stringify(this.travellers) === before) await this.#look();
      else this.world.seconds += 5;
    }
  }

  /** No state times out: that they come back is left to those who look. */
  async #look(): Promise<void> {
    const { world } = this;
    world.seconds += QUARTER_OF_AN_HOUR;
    // Whoever has used its turn and lives has given it back by now.
    world.isOver = true;
    for (const { tenantUuid } of world.watch.watched) this.#watched.add(Number(tenantUuid.slice(-12)));
    world.watch.watched.length = 0;
    const waiting = this.travellers.filter(({ number, used, done }) => !used && !done && this.#watched.has(number));
    await this.#scheduler.waitFor(Promise.all(waiting.map(({ number }) => this.#lookAt(number))));
  }

  /** A look that fails comes again. */
  async #lookAt(number: number): Promise<void> {
    const { world } = this;
    const { deps } = new Process(world, this.#scheduler, this.#kills.pop() ?? Infinity);
    try {
      if (await lookAtPlace(deps, world.lane, world.placeOf(number))) this.#watched.delete(number);
    } catch (error) {
      if (!(error instanceof KilledError)) throw error;
    }
  }

  /** What the workflow does next for it. A killed function is tried again, in a waiting state with a new token. */
  async #step(traveller: Traveller): Promise<void> {
    const { world } = this;
    const { deps } = new Process(world, this.#scheduler, this.#kills.pop() ?? Infinity);
    try {
      if (traveller.token === null) {
        const token = world.newToken();
        jest.spyOn(world, 'newToken').mockReturnValueOnce(token);
        traveller.token = await world.join(traveller.number, deps).catch((error: unknown) => {
          world.tokens.gone.add(token);
          throw error;
        });
        return;
      }
      const answer = world.tokens.answered.get(traveller.token);
      if (answer === undefined) return;
      if ('error' in answer) traveller.token = null;
      else if (!traveller.used) await this.#use(traveller, deps);
      else {
        await world.free(traveller.number, deps);
        traveller.done = true;
      }
    } catch (error) {
      if (!(error instanceof KilledError)) throw error;
    }
  }

  async #use(traveller: Traveller, deps: LaneDeps): Promise<void> {
    const { world } = this;
    const turn = (await world.tenant(traveller.number)).turns[world.lane.name];
    if (turn !== undefined && !turn.used && Date.parse(turn.notBefore) > world.now.getTime()) return;
    const notBefore = turn === undefined ? 0 : Date.parse(turn.notBefore);
    const isUsed = turn?.used === true || (await world.use(traveller.number, deps));
    if (isUsed) {
      this.beginnings.push(notBefore);
      traveller.used = true;
      traveller.done = traveller.dies;
    } else traveller.token = null;
  }

  /** What must hold after every round: never more than its capacity, and the lane and the tenants say the same. */
  async standing(): Promise<{
    readonly inside: readonly number[];
    readonly holders: readonly number[];
    readonly counted: number;
    readonly waiting: number;
  }> {
    const tenants = await Promise.all(this.travellers.map(({ number }) => this.world.tenant(number)));
    const holders = tenants.filter(({ turns }) => turns[this.world.lane.name] !== undefined);
    const { line } = await readLane(this.world.store, this.world.lane.name);
    return {
      counted: waitingIn(line),
      waiting: (await this.world.waiters()).filter(({ grantedAt }) => grantedAt === null).length,
      inside: await this.world.inside(),
      holders: holders.map(({ tenantUuid }) => Number(tenantUuid.slice(-12))),
    };
  }
}

/** As AWS counts: a bucket of three, filled by one in ten seconds. */
function expectWithinRate(beginnings: readonly number[]): void {
  let tokens = RATE.burst;
  let filledAt = 0;
  let last = -Infinity;
  for (const at of beginnings.toSorted((a, b) => a - b)) {
    tokens = Math.min(RATE.burst, tokens + (at - filledAt) / 10_000);
    filledAt = at;
    expect(tokens).toBeGreaterThanOrEqual(1 - 1e-9);
    expect(at - last).toBeGreaterThanOrEqual(1000);
    tokens -= 1;
    last = at;
  }
}

describe('a lane, in whatever order things happen', () => {
  it('never holds more than it can, loses nobody, and keeps its rate, no matter who is killed, or dies with its slot', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 12 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
        async (scheduler, count, kills, deaths) => {
          const journey = new Journey(scheduler, count, kills, deaths);
          await journey.run();
          expectWithinRate(journey.beginnings);
          for (const { inside, holders, counted, waiting } of journey.standings) {
            expect(counted).toBe(waiting);
            expect(inside.length).toBeLessThanOrEqual(CAPACITY);
            expect(holders).toEqual(inside);
          }
          const left = await journey.world.inside();
          expect(left.filter((number) => !deaths.includes(number))).toEqual([]);
          expect(await journey.world.waiting()).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets waiters in first come, first served, whatever order they arrive and leave in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 3 }), async (arrivals) => {
        const world = new LaneWorld({ capacity: 1 });
        await world.begin(8);
        for (const number of arrivals) await world.join(number);
        const [first, ...others] = arrivals;
        const order = [];
        for (let [holder] = await world.inside(); holder !== undefined; [holder] = await world.inside()) {
          order.push(holder);
          await world.free(holder);
        }
        expect(order).toEqual([first, ...others.toSorted((a, b) => a - b)]);
      }),
      { numRuns: 40 },
    );
  });
});
