import { TransientError } from '../../../functions/domain/base/errors';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { tenantKey } from '../../../functions/ledger/base/keys';
import { listVendings } from '../../../functions/ledger/runs/list-vendings';
import { readVending } from '../../../functions/ledger/runs/read-vending';
import { rejectDesiredState } from '../../../functions/ledger/intake/reject-desired-state';
import { updateTenant } from '../../../functions/ledger/tenants/tenant-repository';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { creation, NOW, TENANT } from '../../fakes/vending';
import { LaneWorld } from './queue/lane-world';
import { accept, close, open, tenantIn, vended } from './ledger-calls';

/** A tenant whose item was written by a newer release. */
async function written(changes: object): Promise<RecordingLedgerStore> {
  const store = new RecordingLedgerStore();
  await accept(store, 17);
  const [item] = await store.read([tenantKey(TENANT)]);
  const data = { ...(item?.data as TenantRecord), ...changes };
  await store.commit([
    {
      key: tenantKey(TENANT),
      expectedVersion: item?.version ?? 0,
      data,
      listing: { label: data.status, at: NOW.toISOString() },
    },
  ]);
  return store;
}

const WAITS = { activeRun: null, lastRun: null };

describe('a status that this release does not know', () => {
  it('is shown as it is, alone and in the list', async () => {
    const store = await written({ status: 'PAUSED' });
    expect(await readVending(store, TENANT)).toMatchObject({ tenant: { status: 'PAUSED' } });
    expect(await listVendings(store, { limit: 10 })).toMatchObject({ rows: [{ status: 'PAUSED' }] });
  });

  it('is not written over: neither by a new desired state nor by the end of its run', async () => {
    const waiting = await written({ status: 'PAUSED', ...WAITS });
    await expect(accept(waiting, 18)).rejects.toThrow(/newer release has written "PAUSED" as status/);
    const running = await written({ status: 'PAUSED' });
    await expect(close(running, 17, vended)).rejects.toBeInstanceOf(TransientError);
    for (const store of [waiting, running]) expect(await tenantIn(store)).toMatchObject({ status: 'PAUSED' });
  });

  it('stays while something else is written, and the item stays in its list', async () => {
    const store = await written({ status: 'PAUSED' });
    await accept(store, 18);
    const refused = { tenantUuid: TENANT, replicationSequence: 19, workspaceIdentifier: 'a', projectIdentifier: 'b' };
    await rejectDesiredState(store, { ...refused, faults: [] }, NOW);
    expect(await tenantIn(store)).toMatchObject({ status: 'PAUSED', waitingSequence: 18, rejection: {} });
    expect(store.lastWriteOf('TENANT')?.listing?.label).toBe('PAUSED');
  });

  it('lets no step of this release work', async () => {
    const store = await written({ status: 'PAUSED' });
    await expect(open(store, 17)).rejects.toThrow(/which this function does not know/);
  });
});

describe('a phase that this release does not know', () => {
  const unknown = { ...creation(), phase: 'approved' };

  it('lets no step work, and no write to AWS be written down', async () => {
    const store = await written({ creation: unknown });
    await expect(open(store, 17)).rejects.toBeInstanceOf(TransientError);
    const before = (await tenantIn(store)).creation;
    expect(before).toEqual(unknown);
    await expect(updateTenant(store, TENANT, 'creation', { before, after: creation() })).rejects.toThrow(
      'creation.phase',
    );
  });

  it('does not hold up a lane, in which others wait behind', async () => {
    const world = new LaneWorld({ capacity: 1 });
    await world.begin(3);
    for (const number of [1, 2, 3]) await world.join(number);
    await world.use(1);
    const { creation: before, ...waiting } = await world.tenant(2);
    expect(before).toBeNull();
    const newer: object = { ...waiting, creation: unknown };
    await world.overwrite(2, newer as TenantRecord);
    await world.free(1);
    expect(await world.inside()).toEqual([2]);
    expect((await world.tenant(2)).creation).toEqual(unknown);
    await world.free(2);
    expect(await world.inside()).toEqual([3]);
  });
});
