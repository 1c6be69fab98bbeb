import { TransientError } from '../../../../functions/domain/base/errors';
import { ledgerMemberMemory } from '../../../../functions/ledger/tenants/member-memory';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { TENANT } from '../../../fakes/vending';
import { accept, tenantIn } from '../ledger-calls';

/** The memory as a step finds it that begins now. */
async function memoryIn(store: RecordingLedgerStore) {
  return ledgerMemberMemory(store, await tenantIn(store));
}

describe('the memory of members', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
  });

  it('knows in a later step what an earlier one has written, group by group', async () => {
    const memory = await memoryIn(store);
    await memory.record('g-1', ['u-1', 'u-2']);
    await memory.record('g-2', ['u-3']);
    await memory.record('g-1', ['u-2']);
    const later = await memoryIn(store);
    expect([later.membersOf('g-1'), later.membersOf('g-2'), later.membersOf('g-3')]).toEqual([['u-2'], ['u-3'], []]);
  });

  it('keeps nothing of a group without members', async () => {
    const memory = await memoryIn(store);
    await memory.record('g-1', ['u-1']);
    await memory.record('g-1', []);
    expect(await tenantIn(store)).toMatchObject({ tenantUuid: TENANT, addedMembers: [] });
  });

  it('writes nothing when another run has gone on meanwhile', async () => {
    const late = await memoryIn(store);
    await (await memoryIn(store)).record('g-1', ['u-1']);
    await expect(late.record('g-1', ['u-2'])).rejects.toBeInstanceOf(TransientError);
    expect((await memoryIn(store)).membersOf('g-1')).toEqual(['u-1']);
  });
});
