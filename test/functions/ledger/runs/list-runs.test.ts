import type { RunKey } from '../../../../functions/domain/records/ledger-records';
import { desiredStateKey, runKey } from '../../../../functions/ledger/base/keys';
import { listRuns } from '../../../../functions/ledger/runs/list-runs';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { NOW, TENANT } from '../../../fakes/vending';
import { accept, close, overwrite, runIn, vended } from '../ledger-calls';

let store: RecordingLedgerStore;

beforeEach(() => {
  store = new RecordingLedgerStore();
});

const record = (replicationSequence: number, runs: number) => ({
  replicationSequence,
  runs,
  contentHash: 'hash',
  receivedAt: NOW.toISOString(),
  trigger: 'event',
});

async function page(limit: number, before: RunKey | null = null): Promise<object> {
  const { runs, last } = await listRuns(store, TENANT, { limit, before });
  const name = (key: RunKey): string => `${key.replicationSequence}/${key.run}`;
  return { runs: runs.map(name), last: last && name(last) };
}

describe('the runs of a tenant', () => {
  beforeEach(async () => {
    await accept(store, 17);
    await close(store, 17, vended);
    const run = await runIn(store, 17);
    await overwrite(store, desiredStateKey(TENANT, 18), record(18, 3));
    for (const number of [1, 2, 3]) {
      await overwrite(store, runKey(TENANT, 18, number), { ...run, replicationSequence: 18, run: number });
    }
  });

  it('come newest first, in pages that say whether there are others', async () => {
    expect(await page(2)).toEqual({ runs: ['18/3', '18/2'], last: '18/2' });
    expect(await page(2, { replicationSequence: 18, run: 2 })).toEqual({ runs: ['18/1', '17/1'], last: null });
    expect(await page(3)).toEqual({ runs: ['18/3', '18/2', '18/1'], last: '18/1' });
    expect(await page(4)).toEqual({ runs: ['18/3', '18/2', '18/1', '17/1'], last: null });
    expect(await page(9, { replicationSequence: 17, run: 1 })).toEqual({ runs: [], last: null });
  });

  it('are left out where a number was never used', async () => {
    await overwrite(store, runKey(TENANT, 18, 3), null);
    expect(await page(2)).toEqual({ runs: ['18/2'], last: '18/2' });
  });

  it('come although a hundred newer desired states have had none', async () => {
    for (let sequence = 101; sequence <= 200; sequence += 1) {
      await overwrite(store, desiredStateKey(TENANT, sequence), record(sequence, 0));
    }
    expect(await page(2)).toEqual({ runs: [], last: '101/1' });
    expect(await page(1, { replicationSequence: 101, run: 1 })).toEqual({ runs: ['18/3'], last: '18/3' });
    await overwrite(store, desiredStateKey(TENANT, 200), record(200, 1));
    expect(await page(2)).toEqual({ runs: [], last: '200/1' });
  });
});

it('is no run where nothing was ever accepted', async () => {
  expect(await page(2)).toEqual({ runs: [], last: null });
});
