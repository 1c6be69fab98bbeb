import { rejectDesiredState } from '../../../../functions/ledger/intake/reject-desired-state';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW, TENANT } from '../../../fakes/vending';
import { accept, tenantIn } from '../ledger-calls';

describe('a desired state that is refused', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  const fault = (field: string) => ({ field, message: 'is wrong' });

  const refuse = (replicationSequence: number, changes: object = {}, seconds = 0) =>
    rejectDesiredState(
      store,
      {
        tenantUuid: TENANT,
        replicationSequence,
        workspaceIdentifier: 'bank',
        projectIdentifier: 'till',
        faults: [],
        ...changes,
      },
      after(seconds),
    );

  it('gives a tenant that has nothing else the names that came last, and none where none can be read', async () => {
    await refuse(1);
    await refuse(2, { workspaceIdentifier: 'retail' }, 60);
    expect(await tenantIn(store)).toMatchObject({
      status: 'REJECTED',
      workspaceIdentifier: 'retail',
      projectIdentifier: 'till',
      latestSequence: -1,
      statusChangedAt: after(60).toISOString(),
      rejection: { replicationSequence: 2 },
    });
    await refuse(3, { workspaceIdentifier: null, projectIdentifier: null });
    expect(await tenantIn(store)).toMatchObject({ workspaceIdentifier: '', projectIdentifier: '' });
  });

  it('leaves all else as it is where the tenant has more', async () => {
    await accept(store, 17);
    const before = await tenantIn(store);
    await refuse(18, {}, 60);
    const rejection = { replicationSequence: 18, at: after(60).toISOString(), faults: [] };
    expect(await tenantIn(store)).toEqual({ ...before, rejection });
    expect(before).toMatchObject({ statusChangedAt: NOW.toISOString() });
  });

  it.each([
    ['is shown on where it is newer than what is good', 99, [fault('tenant')], true],
    [
      'is over where it was refused for its sequence, whatever else was wrong',
      99,
      ['tenant', 'replicationSequence'].map(fault),
      false,
    ],
    ['is over where what is good is as new', 17, [fault('tenant')], false],
  ])('%s', async (_, sequence, faults, isShown) => {
    await refuse(sequence, { faults });
    await accept(store, 17);
    expect((await tenantIn(store)).rejection !== null).toBe(isShown);
  });
});
