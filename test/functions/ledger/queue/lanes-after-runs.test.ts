import { closeRun } from '../../../../functions/ledger/runs/close-run';
import type { RunEnd } from '../../../../functions/ledger/runs/run-end';
import { endRun } from '../../../../functions/ledger/runs/end-run';
import { pinPlan } from '../../../../functions/ledger/runs/pin-plan';
import { RecordingWorkflow } from '../../../fakes/recording-workflow';
import { plan } from '../../../fakes/vending';
import { failed, referenceTo, vended } from '../ledger-calls';
import { LaneWorld, uuidOf } from './lane-world';

let world: LaneWorld;

const begin = async (count: number, changes: ConstructorParameters<typeof LaneWorld>[0] = {}): Promise<void> => {
  world = new LaneWorld(changes);
  await world.begin(count);
};

describe('the end of a run', () => {
  const end = async (number: number, how: RunEnd) => {
    const workflow = new RecordingWorkflow();
    await endRun({ ...world.deps, workflow }, referenceTo(1, 1, uuidOf(number)), how);
  };

  // Its plan knows the real capacity of five: anyone who waits comes in.
  beforeEach(async () => {
    await begin(4, { capacity: 1 });
    for (const number of [1, 2, 3]) {
      await pinPlan(world.store, referenceTo(1, 1, uuidOf(number)), planOf(number));
      await world.join(number);
    }
  });

  const planOf = (number: number) =>
    plan({
      tenantUuid: uuidOf(number),
      account: { ...plan().account, email: `${number}@corp.example`, alias: `alias-${number}` },
    });

  it('takes its waiter out, and tells its execution that there is nothing to wait for', async () => {
    await end(2, failed);
    expect(await world.inside()).toEqual([1, 3]);
    expect(await world.waiting()).toEqual([]);
    expect(await world.tenant(2)).toMatchObject({ status: 'FAILED', queuedIn: null });
    expect([...world.tokens.answered.values()]).toContainEqual({ error: 'RejectedError' });
  });

  it('takes out a waiter, too, whose function was killed before it could say so in the tenant', async () => {
    await world.overwrite(2, { ...(await world.tenant(2)), queuedIn: null, status: 'RUNNING' });
    await end(2, failed);
    expect(await world.waiting()).toEqual([]);
  });

  it('lets no late function of its run stand in a lane any more', async () => {
    await end(2, failed);
    await world.join(2);
    expect(await world.inside()).toEqual([1, 3]);
    expect(await world.waiting()).toEqual([]);
  });

  it('gives back a turn that was not used, and lets the next one in', async () => {
    await end(1, failed);
    expect(await world.inside()).toEqual([2, 3]);
    expect((await world.tenant(1)).turns).toEqual({});
  });

  it('leaves the slot of an operation that AWS may still be at work on', async () => {
    await world.use(1);
    await end(1, failed);
    expect(await world.inside()).toEqual([1, 2, 3]);
    expect((await world.tenant(1)).turns['account-creation']).toMatchObject({ used: true });
  });

  it('gives everything back after a good end', async () => {
    await world.use(1);
    await end(1, vended);
    expect(await world.inside()).toEqual([2, 3]);
  });

  it('lets the next one in when it is repeated after a kill', async () => {
    await closeRun(world.store, referenceTo(1, 1, uuidOf(1)), failed, world.now);
    expect(await world.inside()).toEqual([]);
    await end(1, failed);
    expect(await world.inside()).toEqual([2, 3]);
  });

  it('leaves nobody in the way whose run has ended', async () => {
    const forgotten = await world.tenant(2);
    await world.overwrite(2, { ...forgotten, activeRun: null, queuedIn: null });
    await world.free(1);
    expect(await world.inside()).toEqual([3]);
    expect(await world.waiting()).toEqual([]);
  });
});

describe('the end of a run that was only to remove instances of a stack set', () => {
  const stackSet = { name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'] };

  it('lets in the next one that waits for the stack set', async () => {
    await begin(2, { name: 'stack-set:eu-central-1:baseline', capacity: 1 });
    await pinPlan(
      world.store,
      referenceTo(1, 1, uuidOf(1)),
      plan({ tenantUuid: uuidOf(1), stackSetRemovals: [stackSet] }),
    );
    for (const number of [1, 2]) await world.join(number);
    expect(await world.inside()).toEqual([1]);

    await endRun({ ...world.deps, workflow: new RecordingWorkflow() }, referenceTo(1, 1, uuidOf(1)), failed);

    expect(await world.inside()).toEqual([2]);
  });
});
