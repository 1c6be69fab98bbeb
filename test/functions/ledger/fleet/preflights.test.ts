import { preflightKey } from '../../../../functions/ledger/base/keys';
import {
  finishPreflight,
  LATEST_PREFLIGHT,
  readLatestPreflight,
  readPreflight,
  startPreflight,
} from '../../../../functions/ledger/fleet/preflights';
import { expiryAfterUse } from '../../../../functions/ledger/tenants/tenant-items';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW } from '../../../fakes/vending';

let store: RecordingLedgerStore;

beforeEach(() => {
  store = new RecordingLedgerStore();
});

describe('a preflight', () => {
  const begun = { id: 'a', status: 'RUNNING', startedAt: NOW.toISOString(), finishedAt: null, checks: [] };

  it('is written down once, for as long as it may be asked for', async () => {
    expect(await startPreflight(store, 'a', NOW)).toEqual(begun);
    expect(await startPreflight(store, 'a', after(60))).toEqual(begun);
    expect(store.writes).toMatchObject([{ data: begun, expiresAt: expiryAfterUse(NOW) }]);
  });

  it('ends once, and is the latest one then', async () => {
    await startPreflight(store, 'a', NOW);
    expect(await readLatestPreflight(store)).toBeUndefined();
    await finishPreflight(store, 'a', [], after(60));
    const passed = { ...begun, status: 'PASSED', finishedAt: after(60).toISOString() };
    expect(await readPreflight(store, 'a')).toEqual(passed);
    expect(await readLatestPreflight(store)).toEqual(passed);
    const written = store.writes.length;
    await finishPreflight(store, 'a', [], after(90));
    expect(store.writes).toHaveLength(written);
    const items = await store.read([preflightKey('a'), preflightKey(LATEST_PREFLIGHT)]);
    expect(items.map((item) => item?.expiresAt)).toEqual([expiryAfterUse(after(60)), expiryAfterUse(after(60))]);
  });

  it('does not end that was never asked for', async () => {
    await finishPreflight(store, 'b', [], NOW);
    expect(store.writes).toEqual([]);
  });
});
