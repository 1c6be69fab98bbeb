import { contentKey } from '../../../../functions/ledger/base/keys';
import { desiredStateAt, tenantsOfAccounts } from '../../../../functions/ledger/tenants/tenants-at';
import { ledgerTenantRepository } from '../../../../functions/ledger/tenants/tenant-repository';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, after, TENANT } from '../../../fakes/vending';
import { changed, desiredStateJson } from '../../domain/examples';
import { accept } from '../ledger-calls';

describe('what the ledger knows of a tenant at a moment', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    for (const sequence of [17, 18, 19]) {
      const desiredState = changed(desiredStateJson, ['replicationSequence', sequence]) as object;
      await accept(store, sequence, { desiredState }, after(sequence));
    }
  });

  it.each([
    { what: 'nothing before the first one came', seconds: 17, sequence: undefined },
    { what: 'the first one until the next one came, that moment included', seconds: 18, sequence: 17 },
    { what: 'the newest one of those that had come', seconds: 18.001, sequence: 18 },
    { what: 'the newest one', seconds: 1000, sequence: 19 },
  ])('is $what', async ({ seconds, sequence }) => {
    expect((await desiredStateAt(store, TENANT, after(seconds)))?.replicationSequence).toBe(sequence);
  });

  it('is nothing where its content has expired, or is none of this release', async () => {
    const key = contentKey(TENANT, 19);
    const version = async () => (await store.read([key]))[0]?.version ?? 0;
    await store.commit([{ key, expectedVersion: await version(), data: { desiredState: { people: 'jane' } } }]);
    expect(await desiredStateAt(store, TENANT, after(1000))).toBeUndefined();
    await store.commit([{ key, expectedVersion: await version(), data: null }]);
    expect(await desiredStateAt(store, TENANT, after(1000))).toBeUndefined();
  });

  it('is whose each account is, and no word of those that nobody has', async () => {
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    expect(await tenantsOfAccounts(store, ['000000000000', account.id])).toEqual(new Map([[account.id, TENANT]]));
  });
});
