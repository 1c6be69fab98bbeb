import { runKey } from '../../../../functions/ledger/base/keys';
import { listShadowed } from '../../../../functions/ledger/fleet/shadow-report';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { NOW, OTHER_TENANT, TENANT } from '../../../fakes/vending';
import { accept, close, open, overwrite, overwriteTenant, tenantIn } from '../ledger-calls';

const shadow = { landingZone: 'aws-dev', accountId: null, changes: [], refusal: null };

describe('the report of what shadow runs have found', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
    await open(store, 17);
    await close(store, 17, { status: 'SHADOWED', shadow });
  });

  const listing = { label: 'SHADOWED', at: NOW.toISOString() };
  const found = async () => (await listShadowed(store, { limit: 10 })).shadowed;

  it('names the tenant, its run, and what that has found', async () => {
    expect(await found()).toEqual([
      { tenant: await tenantIn(store), run: expect.objectContaining({ run: 1, shadow }) as unknown, shadow },
    ]);
  });

  it('leaves out what is no tenant, and whoever has no run that has only looked', async () => {
    await overwrite(store, { partition: 'OTHER', sort: 'OTHER' }, { any: 'thing' }, { listing });
    const run = await store.read([runKey(TENANT, 17, 1)]);
    const other = { ...(await tenantIn(store)), tenantUuid: OTHER_TENANT };
    await overwrite(store, { partition: `TENANT#${OTHER_TENANT}`, sort: 'TENANT' }, other, { listing });
    expect((await found()).map(({ tenant }) => tenant.tenantUuid)).toEqual([TENANT]);
    await overwrite(store, runKey(OTHER_TENANT, 17, 1), { ...(run[0]?.data as object), shadow: undefined });
    expect(await found()).toHaveLength(1);
    const never = { ...other, lastRun: null };
    await overwrite(store, { partition: `TENANT#${OTHER_TENANT}`, sort: 'TENANT' }, never, { listing });
    expect(await found()).toHaveLength(1);
  });

  it('reads no run where nobody is shadowed', async () => {
    await overwriteTenant(store, { status: 'VENDED' });
    const read = jest.spyOn(store, 'read');
    expect(await listShadowed(store, { limit: 10 })).toEqual({ shadowed: [], cursor: null });
    expect(read).not.toHaveBeenCalled();
  });
});
