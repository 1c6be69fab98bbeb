import { acceptDesiredState } from '../../../functions/ledger/intake/accept-desired-state';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { listVendings } from '../../../functions/ledger/runs/list-vendings';
import { memoryLedgerStore } from '../../../sandbox/runtime/memory-ledger-store';
import { CarriedLedger } from '../../../sandbox/scenario/carried-ledger';
import { failed, incoming, referenceTo, runIn, tenantIn } from '../../functions/ledger/ledger-calls';
import { NOW } from '../../fakes/vending';

describe('a ledger that is carried', () => {
  it('is found by its lists and filters, and read item by item, as it was written', async () => {
    const carried = new CarriedLedger();
    await acceptDesiredState(carried.store, incoming(17), NOW);
    await closeRun(carried.store, referenceTo(17), failed, NOW);
    const target = memoryLedgerStore();

    await carried.carryTo(target);

    expect(await tenantIn(target)).toEqual(await tenantIn(carried.store));
    expect(await runIn(target, 17)).toEqual(await runIn(carried.store, 17));
    for (const filter of [{ status: 'FAILED' as const }, { workspace: 'retail' }, { error: 'RejectedError' }]) {
      const wanted = await listVendings(carried.store, { limit: 10, ...filter });
      expect(wanted.rows).toHaveLength(1);
      expect(await listVendings(target, { limit: 10, ...filter })).toEqual(wanted);
    }
  });

  it('overwrites nothing', async () => {
    const carried = new CarriedLedger();
    await acceptDesiredState(carried.store, incoming(17), NOW);
    const target = memoryLedgerStore();
    await carried.carryTo(target);

    await expect(carried.carryTo(target)).rejects.toThrow('Changed meanwhile');
  });
});
