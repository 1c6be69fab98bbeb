import { ledgerAccountSearch } from '../../../../functions/ledger/tenants/account-search';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { NOW, OTHER_TENANT, TENANT } from '../../../fakes/vending';

const wanted = (tenantUuid: string) => ({
  tenantUuid,
  intendedAt: NOW.toISOString(),
  accountName: 'retail.webshop-dev',
  email: `${tenantUuid}@corp.example`,
});

describe('the search for accounts', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  const search = () => ledgerAccountSearch(store, () => NOW);

  it('is at work as long as somebody wants it, and is forgotten after thirty days', async () => {
    expect(await search().isAtWork()).toBe(false);
    await search().join(wanted(TENANT));
    expect(await search().isAtWork()).toBe(true);
    expect(store.lastWriteOf('SEARCH')?.expiresAt).toBe(NOW.getTime() / 1000 + 30 * 24 * 3600);
    await search().leave(TENANT);
    expect(await search().isAtWork()).toBe(false);
  });

  it('goes on for the others when one leaves', async () => {
    await search().join(wanted(TENANT));
    await search().join(wanted(OTHER_TENANT));
    await search().leave(TENANT);
    const { search: left } = await search().join(wanted(OTHER_TENANT));
    expect(left.wishes.map(({ tenantUuid }) => tenantUuid)).toEqual([OTHER_TENANT]);
  });

  it('is left alone by one who is not there', async () => {
    await search().leave(TENANT);
    expect(store.writes).toEqual([]);
    await search().join(wanted(OTHER_TENANT));
    const written = store.writes.length;
    await search().leave(TENANT);
    expect(store.writes).toHaveLength(written);
  });

  it('tells one reader, and nobody else, where to read', async () => {
    const { place } = await search().join(wanted(TENANT));
    if (place === undefined) throw new Error('Nobody reads.');
    expect((await search().join(wanted(OTHER_TENANT))).place).toBeUndefined();
    const progress = { phase: place.phase, nextToken: 'next', finds: [] };
    const onward = await search().record(place, { ...progress, readsOn: true });
    expect(onward).toMatchObject({ nextToken: 'next' });
    if (onward === undefined) throw new Error('Nobody reads on.');
    expect(await search().record(onward, { ...progress, readsOn: false })).toBeUndefined();
  });
});
