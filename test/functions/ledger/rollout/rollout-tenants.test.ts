import type { RolloutTenant } from '../../../../functions/domain/rollout/rollout';
import {
  eachRolloutTenant,
  listRolloutTenants,
  readRolloutTenants,
  readWave,
  writeRolloutTenants,
} from '../../../../functions/ledger/rollout/rollout-tenants';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';

const ID = 'first';

const member = (tenantUuid: string, changes: Partial<RolloutTenant> = {}): RolloutTenant => ({
  tenantUuid,
  workspaceIdentifier: 'retail',
  projectIdentifier: 'webshop-dev',
  landingZone: 'aws-dev',
  accountId: '444444444444',
  wave: 0,
  changes: null,
  changesLeftOut: 0,
  refusal: null,
  state: 'WAITING',
  unexpected: false,
  run: null,
  reason: null,
  ...changes,
});

const many = (count: number): readonly RolloutTenant[] =>
  Array.from({ length: count }, (_, index) => member(index.toString().padStart(4, '0'), { wave: index % 2 }));

describe('the tenants of a rollout', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  const write = (...tenants: readonly RolloutTenant[]): Promise<void> => writeRolloutTenants(store, ID, tenants);

  const wave = (number: number, place: { after?: string; limit?: number } = {}): Promise<readonly string[]> =>
    readWave(store, ID, { wave: number, after: null, limit: 9, ...place });

  it('have an item each, and one for their place in a wave', async () => {
    await write(member('a', { wave: 12 }));
    expect(store.writes.map(({ key, data }) => ({ ...key, data }))).toEqual([
      { partition: 'ROLLOUT#first', sort: 'TENANT#a', data: member('a', { wave: 12 }) },
      { partition: 'ROLLOUT#first', sort: 'WAVE#012#a', data: { tenantUuid: 'a' } },
    ]);
  });

  it('are read by their uuids, those that the rollout knows', async () => {
    await write(member('a'), member('b'));
    expect(await readRolloutTenants(store, ID, ['b', 'unknown', 'a'])).toEqual([member('b'), member('a')]);
    expect(await readRolloutTenants(store, 'second', ['a'])).toEqual([]);
  });

  it('are written again without another place in the same wave', async () => {
    await write(member('a'));
    await write(member('a', { state: 'DONE' }));
    expect(store.writes.map(({ key }) => key.sort)).toEqual(['TENANT#a', 'WAVE#000#a', 'TENANT#a']);
    expect(await readRolloutTenants(store, ID, ['a'])).toEqual([member('a', { state: 'DONE' })]);
    expect(await wave(0)).toEqual(['a']);
  });

  it('stand in their new wave alone when they change waves', async () => {
    await write(member('a'), member('b'));
    await write(member('a', { wave: 2 }));
    expect(await wave(0)).toEqual(['b']);
    expect(await wave(2)).toEqual(['a']);
    expect(store.writes).toHaveLength(7);
  });

  it('change waves where their old place is gone already', async () => {
    await write(member('a'));
    const place = { partition: 'ROLLOUT#first', sort: 'WAVE#000#a' };
    await store.commit([{ key: place, expectedVersion: 1, data: null }]);
    const written = store.writes.length;
    await write(member('a', { wave: 2 }));
    expect(store.writes.slice(written).map(({ key }) => key.sort)).toEqual(['TENANT#a', 'WAVE#002#a']);
  });

  it('of a wave are read page by page', async () => {
    await write(member('a'), member('b'), member('c'), member('d', { wave: 1 }));
    expect(await wave(0)).toEqual(['a', 'b', 'c']);
    expect(await wave(0, { limit: 2 })).toEqual(['a', 'b']);
    expect(await wave(0, { after: 'b' })).toEqual(['c']);
    expect(await wave(0, { after: 'c' })).toEqual([]);
  });

  it('are listed page by page', async () => {
    await write(member('b', { wave: 0 }), member('a', { wave: 1 }), member('c'));
    const list = async (given: { after: string | null; limit: number }) =>
      (await listRolloutTenants(store, ID, given)).map(({ tenantUuid }) => tenantUuid);
    expect(await list({ after: null, limit: 2 })).toEqual(['a', 'b']);
    expect(await list({ after: 'b', limit: 2 })).toEqual(['c']);
    expect(await listRolloutTenants(store, ID, { after: 'b', limit: 1 })).toEqual([member('c')]);
  });

  it.each([0, 99, 100, 101, 205])('are all found, %i of them', async (count) => {
    await write(...many(count));
    const queries = jest.spyOn(store, 'readPartition');
    const found: RolloutTenant[] = [];
    for await (const tenant of eachRolloutTenant(store, ID)) found.push(tenant);
    expect(found).toEqual(many(count));
    expect(queries).toHaveBeenCalledTimes(Math.floor(count / 100) + 1);
  });

  it('are looked up by fifties, since each has two items', async () => {
    const reads = jest.spyOn(store, 'read');
    await write(...many(51));
    const lookedUp = reads.mock.calls.map(([keys]) => keys.length).filter((count) => count !== 2);
    expect(lookedUp).toEqual([50, 1]);
  });
});
