import { awaitReconciliationTurn } from '../../../functions/steps/AwaitReconciliationTurn/step';
import { RecordingQueue } from '../../fakes/recording-turns';
import { account, tenant, vending } from '../../fakes/vending';

describe('AwaitReconciliationTurn', () => {
  const queue = new RecordingQueue();
  const enter = () => awaitReconciliationTurn({ queue })({ ...vending(), tenant: tenant({ account }) });

  beforeEach(() => {
    queue.asked.length = 0;
  });

  it.each([
    { isItsTurn: true, remark: 'It has its turn (reconciliation).' },
    { isItsTurn: false, remark: 'It waits for its turn (reconciliation).' },
  ])('stands in the lane of known accounts, and says so: $remark', async ({ isItsTurn, remark }) => {
    queue.isItsTurn = isItsTurn;
    expect(await enter()).toEqual({ result: { ready: isItsTurn }, remark });
    expect(queue.asked).toEqual(['reconciliation']);
  });

  it('asks for it again in a second run: its place is the same', async () => {
    await enter();
    await enter();
    expect(queue.asked).toEqual(['reconciliation', 'reconciliation']);
  });

  it('never takes the slot of a run for free: it ends with the run, whatever AWS says', async () => {
    await enter();
    expect(await queue.isOver?.(tenant({ account }))).toBe(false);
  });
});
