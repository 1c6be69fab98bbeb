import { listWaiters } from '../../../../functions/ledger/queue/list-waiters';
import { after } from '../../../fakes/vending';
import { LaneWorld, uuidOf } from './lane-world';

describe('those who wait in a lane', () => {
  let world: LaneWorld;

  beforeEach(async () => {
    world = new LaneWorld({ capacity: 1 });
    await world.begin(4);
    for (const number of [1, 2, 3, 4]) await world.join(number);
  });

  const page = async (limit: number, from: string | null) =>
    (await listWaiters(world.store, world.lane.name, { limit, after: from })).map(({ record, position, place }) => ({
      number: Number(record.tenantUuid.slice(-12)),
      position,
      place,
    }));

  const placeOf = (number: number): string => `${after(number / 1000 - 1).toISOString()}#${uuidOf(number)}#1#1`;

  it('come in their order, with their positions, in pages', async () => {
    const [second, third, fourth] = [2, 3, 4].map((number) => ({
      number,
      position: number - 1,
      place: placeOf(number),
    }));
    expect(await page(2, null)).toEqual([second, third]);
    expect(await page(2, placeOf(3))).toEqual([fourth]);
    expect(await page(2, placeOf(4))).toEqual([]);
  });

  it('have no position any more once they were let in, and not told yet', async () => {
    world.tokens.beforeAnswer = () => {
      throw new Error('killed');
    };
    await world.free(1).catch(() => undefined);
    expect(await page(2, null)).toMatchObject([
      { number: 2, position: null },
      { number: 3, position: 1 },
    ]);
  });
});
