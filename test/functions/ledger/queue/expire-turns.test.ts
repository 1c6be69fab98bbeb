import { laneKey, tenantKey } from '../../../../functions/ledger/base/keys';
import { expireTurns } from '../../../../functions/ledger/queue/expire-turns';
import { after } from '../../../fakes/vending';
import { overwrite } from '../ledger-calls';
import { LaneWorld, uuidOf } from './lane-world';

const LANE = 'account-creation';

describe('a slot whose lease has run out', () => {
  let world: LaneWorld;

  async function begin(changes: ConstructorParameters<typeof LaneWorld>[0] = {}): Promise<void> {
    world = new LaneWorld({ capacity: 1, ...changes });
    await world.begin(1);
    await world.join(1);
  }

  const expire = (isOver = () => Promise.resolve(false)) => expireTurns(world.deps, world.lane, isOver);
  const lookAt = async () => (await world.item()).slots.map((slot) => slot.lookAt);

  it.each([
    ['its tenant is not there any more', () => overwrite(world.store, tenantKey(uuidOf(1)), null)],
    ['its tenant has no turn any more', async () => world.overwrite(1, { ...(await world.tenant(1)), turns: {} })],
  ])('is free where %s', async (_, happens) => {
    await begin();
    await world.use(1);
    await happens();
    world.seconds = 179;
    await expire();
    expect(await world.inside()).toEqual([1]);
    world.seconds = 180;
    const written = world.store.writes.length;
    await expire();
    expect(await world.inside()).toEqual([]);
    expect(world.store.writes.slice(written).map(({ key }) => key.sort)).toEqual(['LANE']);
  });

  it('stays where the tenant has another turn by the time at which it is taken back', async () => {
    await begin();
    world.seconds = 180;
    world.store.beforeNextCommit = () => overwrite(world.store, tenantKey(uuidOf(1)), null);
    await expire();
    expect(await world.inside()).toEqual([1]);
    await expire();
    expect(await world.inside()).toEqual([]);
  });

  it('is looked at again five minutes after AWS was asked about its operation, or could not be', async () => {
    await begin();
    await world.use(1);
    world.seconds = 600;
    await expire();
    expect(await lookAt()).toEqual([after(900).toISOString()]);
    world.seconds = 899;
    const isOver = jest.fn(() => Promise.reject(new Error('AWS is away.')));
    await expire(isOver);
    expect(isOver).not.toHaveBeenCalled();
    world.seconds = 900;
    await expire(isOver);
    expect(isOver).toHaveBeenCalledTimes(1);
    expect(await world.inside()).toEqual([1]);
    expect(await lookAt()).toEqual([after(1200).toISOString()]);
  });

  it('stays as long as its lease, once it was used, and as its run, where it belongs to that', async () => {
    await begin();
    await world.use(1);
    world.seconds = 180;
    await expire();
    expect(await lookAt()).toEqual([after(600).toISOString()]);
    await begin({ ofRuns: true });
    world.seconds = 180;
    await expire();
    expect(await lookAt()).toEqual([after(780).toISOString()]);
    await world.overwrite(1, { ...(await world.tenant(1)), activeRun: null });
    world.seconds = 780;
    await expire();
    expect(await world.inside()).toEqual([]);
    expect((await world.tenant(1)).turns).toEqual({});
  });

  it('leaves alone a slot that has changed since it was read', async () => {
    await begin();
    await world.use(1);
    world.seconds = 600;
    world.store.beforeNextCommit = () =>
      overwrite(world.store, laneKey(LANE), { slots: [], rate: null, unlimited: false });
    const isOver = jest.fn(() => Promise.resolve(true));
    await expire(isOver);
    expect(isOver).not.toHaveBeenCalled();
    expect(await world.inside()).toEqual([]);
  });
});
