import { TransientError } from '../../../../functions/domain/base/errors';
import { memoryLedgerStore } from '../../../../sandbox/runtime/memory-ledger-store';
import { reserveCallIn } from '../../../../functions/ledger/queue/call-pacer';
import type { LedgerStore } from '../../../../functions/ports/ledger-store';
import { after, NOW } from '../../../fakes/vending';

const BUDGET = { name: 'organizations:ListParents', limiter: { millisecondsApart: 4000, burst: 1 } };

describe('reserving a call', () => {
  let store: LedgerStore;

  beforeEach(() => {
    store = memoryLedgerStore();
  });

  const reserve = (seconds = 0, budget = BUDGET): Promise<Date> => reserveCallIn(store, budget, () => after(seconds));

  it('gives each a moment of its own, also to those who come at the same time', async () => {
    const moments = await Promise.all([reserve(), reserve(), reserve()]);
    expect(moments.toSorted((one, other) => one.getTime() - other.getTime())).toEqual([NOW, after(4), after(8)]);
  });

  it('knows nothing of other APIs', async () => {
    await reserve();
    expect(await reserve(0, { ...BUDGET, name: 'organizations:MoveAccount' })).toEqual(NOW);
  });

  it('refuses who would wait too long, and reserves nothing for it', async () => {
    for (let ahead = 0; ahead < 4; ahead += 1) await reserve();
    const refused: unknown = await reserve().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TransientError);
    expect(refused).toMatchObject({
      nothingDone: true,
      message: expect.stringContaining('organizations:ListParents') as string,
    });
    expect(await reserve(5)).toEqual(after(16));
  });
});
