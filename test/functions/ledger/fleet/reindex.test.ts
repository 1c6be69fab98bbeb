import { readFileSync } from 'node:fs';

import {
  FILTER_NAMES,
  type ItemKey,
  type ListingPage,
  VersionConflictError,
} from '../../../../functions/ports/ledger-store';
import { contentKey, desiredStateKey, rejectionKey, runKey, tenantKey } from '../../../../functions/ledger/base/keys';
import { reindex, reindexTenant } from '../../../../functions/ledger/fleet/reindex';
import { rejectDesiredState } from '../../../../functions/ledger/intake/reject-desired-state';
import { projectRoot } from '../../../../sandbox/environment';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { NOW, TENANT } from '../../../fakes/vending';
import { accept, close, failed, markForDeletion, open, overwrite, tenantIn, vended } from '../ledger-calls';

const example: unknown = JSON.parse(readFileSync(`${projectRoot}/sandbox/examples/webshop-dev.json`, 'utf8'));

const ALL = { limit: 100 };

/** The item as a release has written it that knows no filters. */
async function unfile(store: RecordingLedgerStore, key: ItemKey, without: readonly string[] = []): Promise<void> {
  const [item] = await store.read([key]);
  const data = Object.fromEntries(Object.entries(item?.data ?? {}).filter(([name]) => !without.includes(name)));
  const { listing, expiresAt } = item ?? {};
  await overwrite(store, key, data, {
    filters: {},
    refiled: FILTER_NAMES,
    ...(listing && { listing }),
    ...(expiresAt !== undefined && { expiresAt }),
  });
  const { key: of, version = 0 } = (await store.read([key]))[0] ?? { key };
  await store.commit([
    {
      key: of,
      expectedVersion: version,
      data,
      ...(listing && { listing }),
      ...(expiresAt !== undefined && { expiresAt }),
    },
  ]);
}

async function filtersOf(store: RecordingLedgerStore, key: ItemKey): Promise<Readonly<Record<string, string>>> {
  const [item] = await store.read([key]);
  return Object.fromEntries(Object.entries(item?.filters ?? {}).map(([name, { value }]) => [name, value]));
}

const NEW_FIELDS = ['failedWith', 'landingZone'];

describe('reindexTenant', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17, { desiredState: example as object });
    await open(store, 17);
  });

  it('completes a failed tenant by its run and its desired state, once', async () => {
    await close(store, 17, failed);
    await unfile(store, tenantKey(TENANT), NEW_FIELDS);
    expect(await reindexTenant(store, TENANT)).toBe(true);
    expect(await tenantIn(store)).toMatchObject({ failedWith: 'RejectedError', landingZone: 'aws-dev' });
    expect(await filtersOf(store, tenantKey(TENANT))).toEqual({
      workspace: 'retail',
      project: 'webshop-dev',
      landingZone: 'aws-dev',
      error: 'RejectedError',
    });
    const written = store.writes.length;
    expect(await reindexTenant(store, TENANT)).toBe(false);
    expect(store.writes).toHaveLength(written);
  });

  it('finds no error of a run that has not failed', async () => {
    await close(store, 17, vended);
    await unfile(store, tenantKey(TENANT), NEW_FIELDS);
    await reindexTenant(store, TENANT);
    expect(await tenantIn(store)).not.toHaveProperty('failedWith');
    expect(await filtersOf(store, tenantKey(TENANT))).not.toHaveProperty('error');
  });

  it('keeps the error that the tenant names where its run names none, or is gone', async () => {
    await close(store, 17, failed);
    const [run] = await store.read([runKey(TENANT, 17, 1)]);
    await overwrite(store, runKey(TENANT, 17, 1), { ...(run?.data as object), error: null });
    await unfile(store, tenantKey(TENANT));
    await reindexTenant(store, TENANT);
    expect(await tenantIn(store)).toMatchObject({ failedWith: 'RejectedError' });
    await overwrite(store, runKey(TENANT, 17, 1), null);
    await unfile(store, tenantKey(TENANT));
    await reindexTenant(store, TENANT);
    expect(await filtersOf(store, tenantKey(TENANT))).toMatchObject({ error: 'RejectedError' });
  });

  it('takes the landing zone of a deletion, and else keeps that of the tenant where its content is gone', async () => {
    await close(store, 17, vended);
    await overwrite(store, contentKey(TENANT, 17), null);
    await unfile(store, tenantKey(TENANT));
    await reindexTenant(store, TENANT);
    const { landingZone } = await tenantIn(store);
    expect(landingZone).toBeUndefined();
    await overwrite(store, tenantKey(TENANT), { ...(await tenantIn(store)), landingZone: 'aws-prod' });
    await reindexTenant(store, TENANT);
    expect(await filtersOf(store, tenantKey(TENANT))).toMatchObject({ landingZone: 'aws-prod' });
    const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'aws-gone' };
    await overwrite(store, tenantKey(TENANT), { ...(await tenantIn(store)), deletion });
    await reindexTenant(store, TENANT);
    expect(await filtersOf(store, tenantKey(TENANT))).toMatchObject({ landingZone: 'aws-gone' });
  });

  it('files again what stands under other filters than it should', async () => {
    const [item] = await store.read([tenantKey(TENANT)]);
    const filters = { ...item?.filters, workspace: { value: 'payments', at: NOW.toISOString() } };
    await overwrite(store, tenantKey(TENANT), item?.data as object, { filters, refiled: ['workspace'] });
    expect(await reindexTenant(store, TENANT)).toBe(true);
    expect(await filtersOf(store, tenantKey(TENANT))).toMatchObject({ workspace: 'retail' });
  });

  it('does nothing for a tenant that the ledger does not know, or that nothing was ever accepted for', async () => {
    expect(await reindexTenant(new RecordingLedgerStore(), TENANT)).toBe(false);
    const rejected = new RecordingLedgerStore();
    const names = { workspaceIdentifier: 'retail', projectIdentifier: 'webshop-dev' };
    await rejectDesiredState(rejected, { tenantUuid: TENANT, replicationSequence: 1, ...names, faults: [] }, NOW);
    const written = rejected.writes.length;
    expect(await reindexTenant(rejected, TENANT)).toBe(false);
    expect(rejected.writes).toHaveLength(written);
  });
});

describe('reindex', () => {
  const REJECTION = rejectionKey(TENANT, 16);
  const SUPERSEDED = desiredStateKey(TENANT, 18);
  const refused = {
    tenantUuid: TENANT,
    replicationSequence: 16,
    workspaceIdentifier: 'bank',
    projectIdentifier: 'till',
    faults: [],
  };
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
    await rejectDesiredState(store, refused, NOW);
    await accept(store, 18);
    await accept(store, 19);
  });

  it('files rejections and desired states that never ran, and leaves the rest of them as it was', async () => {
    const before = await store.read([REJECTION, SUPERSEDED]);
    for (const key of [REJECTION, SUPERSEDED]) await unfile(store, key);
    expect(await reindex(store, ALL)).toEqual({ read: 3, written: 2, cursor: null });
    const after = await store.read([REJECTION, SUPERSEDED]);
    const kept = ({ data, listing, expiresAt, filters }: NonNullable<(typeof after)[number]>): object => ({
      data,
      listing,
      expiresAt,
      filters,
    });
    expect(after.map((item) => item && kept(item))).toEqual(before.map((item) => item && kept(item)));
    expect(after[0]?.expiresAt).toBeDefined();
    expect(await filtersOf(store, REJECTION)).toEqual({ workspace: 'bank', project: 'till' });
    expect(await reindex(store, ALL)).toMatchObject({ written: 0 });
  });

  it('leaves alone what is gone by now, or is listed no more', async () => {
    await unfile(store, REJECTION);
    const page = await store.list(ALL);
    const listed = jest.spyOn(store, 'list').mockResolvedValue(page);
    const [item] = await store.read([REJECTION]);
    await overwrite(store, REJECTION, item?.data as object);
    expect(await reindex(store, ALL)).toMatchObject({ written: 0 });
    await overwrite(store, REJECTION, null);
    expect(await reindex(store, ALL)).toMatchObject({ read: 3, written: 0 });
    expect(listed).toHaveBeenCalledTimes(2);
  });

  it('leaves alone a desired state that is listed although it was not superseded', async () => {
    const [item] = await store.read([SUPERSEDED]);
    const listing = item?.listing;
    await overwrite(store, SUPERSEDED, { ...(item?.data as object), superseded: null }, listing && { listing });
    expect(await reindex(store, ALL)).toMatchObject({ written: 0 });
  });

  it('leaves it to others what they write just now, and tells of every other failure', async () => {
    await unfile(store, REJECTION);
    store.beforeNextCommit = () => Promise.reject(new VersionConflictError([REJECTION]));
    expect(await reindex(store, ALL)).toMatchObject({ written: 0 });
    store.beforeNextCommit = () => Promise.reject(new RangeError('The table is away.'));
    await expect(reindex(store, ALL)).rejects.toThrow(RangeError);
    expect(await reindex(store, ALL)).toMatchObject({ written: 1 });
  });

  it('reads the next page by the cursor of the last one', async () => {
    await markForDeletion(store, 20);
    const first: Pick<ListingPage, 'cursor'> = await reindex(store, { limit: 1 });
    const rest = await reindex(store, { limit: 100, cursor: first.cursor ?? '' });
    const { items } = await store.list(ALL);
    expect(rest).toMatchObject({ read: items.length - 1, cursor: null });
  });
});
