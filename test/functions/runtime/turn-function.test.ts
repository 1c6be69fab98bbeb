import { UNENROLLMENT } from '../../../functions/domain/queue/lanes';
import type { Runtime } from '../../../functions/runtime/environment';
import { stepFunctionWithTurns, waitingFunction, waitingTokenOf } from '../../../functions/runtime/turn-function';
import { WaiterRecordSchema } from '../../../functions/domain/queue/lane-records';
import { laneKey, lanePartition, WAITERS } from '../../../functions/ledger/base/keys';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { after, NOW, OTHER_TENANT, plan, TENANT } from '../../fakes/vending';
import { accept, close, failed, open, overwrite, referenceTo, tenantIn } from '../ledger/ledger-calls';
import { FunctionRuntime } from '../steps/function-runtime';

const lane = UNENROLLMENT;

/** Another tenant has the only slot of the lane. */
async function crowded(runtime: FunctionRuntime): Promise<void> {
  const slot = { slot: 0, tenantUuid: OTHER_TENANT, run: { replicationSequence: 1, run: 1 } };
  const times = { since: NOW.toISOString(), lookAt: after(9000).toISOString() };
  await overwrite(runtime.ledger, laneKey(lane.name), { slots: [{ ...slot, ...times }], rate: null });
}

async function begun(): Promise<FunctionRuntime> {
  const runtime = new FunctionRuntime();
  await accept(runtime.ledger, 17);
  await pinPlan(runtime.ledger, referenceTo(17), plan());
  await close(runtime.ledger, 17, failed);
  await open(runtime.ledger, 17, 1, after(5));
  runtime.seconds = 60;
  return runtime;
}

const waiting = (runtime: Runtime, turns: FakeTaskTokens, isOver = false) =>
  waitingFunction('AwaitReconciliationTurn', ({ queue }) => async () => {
    await queue.join(lane, () => Promise.resolve(isOver), null);
    return { result: {} };
  }).compose(runtime, { turns });

describe('the function of a state that waits', () => {
  it.each([
    [{ taskToken: 'token' }, false],
    [{ taskToken: 'token', callable: false }, false],
    [{ taskToken: 'token', callable: true }, true],
  ])('stands in line with the token of its state, since its run was resumed: %j', async (input, callable) => {
    const [runtime, turns] = [await begun(), new FakeTaskTokens()];
    await crowded(runtime);
    await waiting(runtime, turns)({ ...referenceTo(17), ...input });

    const items = await runtime.ledger.readPartition({
      partition: lanePartition(lane.name),
      prefix: WAITERS,
      limit: 9,
    });
    expect(items.map(({ data }) => WaiterRecordSchema.parse(data))).toEqual([
      expect.objectContaining({
        tenantUuid: TENANT,
        run: { replicationSequence: 17, run: 1 },
        token: 'token',
        callable,
        since: after(60).toISOString(),
        grantedAt: null,
      }),
    ]);
    expect(items[0]?.key.sort).toContain(after(5).toISOString());
    expect([...turns.answered]).toEqual([]);
  });

  it('goes on with that token where there is room', async () => {
    const [runtime, turns] = [await begun(), new FakeTaskTokens()];
    await waiting(runtime, turns)({ ...referenceTo(17), taskToken: 'token' });
    expect([...turns.answered.keys()]).toEqual(['token']);
    expect(Object.keys((await tenantIn(runtime.ledger)).turns)).toEqual([lane.name]);
  });

  it('is called with no other input', async () => {
    expect(waitingTokenOf({ taskToken: 'token' })).toBe('token');
    await expect(waiting(await begun(), new FakeTaskTokens())(referenceTo(17))).rejects.toThrow('taskToken');
  });
});

describe('the function of a state that frees a slot', () => {
  it('frees that of its own tenant, and lets in the next one', async () => {
    const [runtime, turns] = [await begun(), new FakeTaskTokens()];
    await waiting(runtime, turns)({ ...referenceTo(17), taskToken: 'token' });
    await accept(runtime.ledger, 3, { tenantUuid: OTHER_TENANT });
    const other = referenceTo(3, 1, OTHER_TENANT);
    const names = { email: 'aws+43@corp.example', alias: 'corp-other' };
    await pinPlan(runtime.ledger, other, plan({ tenantUuid: OTHER_TENANT, account: { ...plan().account, ...names } }));
    await waiting(runtime, turns)({ ...other, taskToken: 'other' });
    expect([...turns.answered.keys()]).toEqual(['token']);

    const freeing = stepFunctionWithTurns('UnenrollAccount', ({ turns: own }) => async () => {
      await own.free(lane);
      return { result: {} };
    });
    await freeing.compose(runtime, { turns })(referenceTo(17));
    expect([...turns.answered.keys()]).toEqual(['token', 'other']);
    expect((await tenantIn(runtime.ledger)).turns).toEqual({});
  });
});
