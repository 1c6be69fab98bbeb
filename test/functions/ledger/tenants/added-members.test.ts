import { TransientError } from '../../../../functions/domain/base/errors';
import { ledgerAddedMembers } from '../../../../functions/ledger/tenants/added-members';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { TENANT } from '../../../fakes/vending';
import { accept, tenantIn } from '../ledger-calls';

/** As a step that begins now reads them. */
async function addedIn(store: RecordingLedgerStore) {
  return ledgerAddedMembers(store, await tenantIn(store));
}

describe('the members that were added to groups', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
  });

  it('knows in a later step what an earlier one has written, group by group', async () => {
    const added = await addedIn(store);
    await added.record('g-1', ['u-1', 'u-2']);
    await added.record('g-2', ['u-3']);
    await added.record('g-1', ['u-2']);
    const later = await addedIn(store);
    expect([later.membersOf('g-1'), later.membersOf('g-2'), later.membersOf('g-3')]).toEqual([['u-2'], ['u-3'], []]);
  });

  it('keeps nothing of a group without members', async () => {
    const added = await addedIn(store);
    await added.record('g-1', ['u-1']);
    await added.record('g-1', []);
    expect(await tenantIn(store)).toMatchObject({ tenantUuid: TENANT, addedMembers: [] });
  });

  it('writes nothing when another run has gone on meanwhile', async () => {
    const late = await addedIn(store);
    await (await addedIn(store)).record('g-1', ['u-1']);
    await expect(late.record('g-1', ['u-2'])).rejects.toBeInstanceOf(TransientError);
    expect((await addedIn(store)).membersOf('g-1')).toEqual(['u-1']);
  });
});
