import { desiredStateKey, outdatedKey } from '../../../../functions/ledger/base/keys';
import {
  countOutdated,
  filedRow,
  previousContentKeys,
  supersede,
  supersession,
  waitingKeys,
} from '../../../../functions/ledger/tenants/desired-state-items';
import { expiryAfterUse } from '../../../../functions/ledger/tenants/tenant-items';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { NOW, TENANT, tenant } from '../../../fakes/vending';
import { incoming } from '../ledger-calls';

const key = desiredStateKey(TENANT, 16);
const record = {
  replicationSequence: 16,
  contentHash: 'hash',
  receivedAt: NOW.toISOString(),
  trigger: 'event',
  runs: 0,
};
const stored = (version: number, data?: object) => ({ key, version, data });

describe('previousContentKeys', () => {
  it('is the content that was newest until now', () => {
    expect(previousContentKeys(tenant(), 18)).toEqual([
      { partition: `TENANT#${TENANT}`, sort: 'CONTENT#0000000000000017' },
    ]);
    expect(previousContentKeys(tenant({ latestSequence: 0 }), 1)).toHaveLength(1);
  });

  it('is none where it is that of the same sequence, or none was accepted, or nothing is known', () => {
    expect(previousContentKeys(tenant(), 17)).toEqual([]);
    expect(previousContentKeys(tenant({ latestSequence: -1 }), 1)).toEqual([]);
    expect(previousContentKeys(undefined, 1)).toEqual([]);
  });
});

describe('waitingKeys', () => {
  it('is the desired state that waits, unless it is the same', () => {
    expect(waitingKeys(tenant({ waitingSequence: 16 }), 18)).toEqual([key]);
    expect(waitingKeys(tenant({ waitingSequence: 0 }), 18)).toHaveLength(1);
    expect(waitingKeys(tenant({ waitingSequence: 16 }), 16)).toEqual([]);
    expect(waitingKeys(tenant(), 18)).toEqual([]);
    expect(waitingKeys(undefined, 18)).toEqual([]);
  });
});

describe('supersede', () => {
  it('lists the desired state by itself, and says by which sequence it was superseded', () => {
    const [write, ...others] = supersede(stored(1, record), tenant(), 18, NOW);
    expect(others).toEqual([]);
    const at = NOW.toISOString();
    expect(write).toMatchObject({
      key,
      expectedVersion: 1,
      listing: { label: 'SUPERSEDED', at },
      data: { ...record, superseded: { by: 18, at, workspaceIdentifier: 'retail', projectIdentifier: 'webshop-dev' } },
      filters: { workspace: { value: 'retail', at }, project: { value: 'webshop-dev', at } },
    });
  });

  it('writes nothing where nothing waits', () => {
    expect(supersede(undefined, tenant(), 18, NOW)).toEqual([]);
    expect(supersede(stored(0), tenant(), 18, NOW)).toEqual([]);
  });
});

describe('filedRow', () => {
  const row = { workspaceIdentifier: 'retail', projectIdentifier: null };
  const at = NOW.toISOString();

  it('writes the entries that a new row has, and no others', () => {
    const filters = { workspace: { value: 'retail', at } };
    expect(filedRow({}, row, at)).toEqual({ filters, refiled: ['workspace'] });
  });

  it('writes those that are news where the row is known', () => {
    const filters = { workspace: { value: 'retail', at: '2026-01-01' }, project: { value: 'till', at } };
    expect(filedRow({ filters }, row, at)).toEqual({
      filters: { workspace: filters.workspace },
      refiled: ['project'],
    });
  });
});

describe('supersession', () => {
  const received = (sequence: number, changes: object = {}) => ({ ...incoming(sequence), ...changes });
  const judged = (sequence: number, known?: object, changes: object = {}) =>
    supersession(received(sequence, changes), NOW, { latestSequence: 17 }, stored(known === undefined ? 0 : 1, known));

  it('remembers an event that a newer one has overtaken, once, and no call of the API', () => {
    const older = { verdict: 'older', latestSequence: 17 };
    expect(judged(16)).toMatchObject({ result: older, writes: [{ data: { superseded: { by: 17 }, runs: 0 } }] });
    expect(judged(16, record)).toEqual({ result: older, writes: [] });
    expect(judged(16, undefined, { trigger: 'api' })).toEqual({ result: older, writes: [] });
  });

  it('lets the newest one through, known or not, and a newer one that is not known', () => {
    expect(judged(17, record)).toBeUndefined();
    expect(judged(18)).toBeUndefined();
  });

  it('leaves an echo behind after a person has gone back behind it', () => {
    expect(judged(18, record)).toEqual({ writes: [], result: { verdict: 'overruled', latestSequence: 17 } });
  });

  it('gives a person what that person wants', () => {
    expect(judged(16, record, { force: true })).toBeUndefined();
    expect(judged(18, record, { force: true })).toBeUndefined();
  });
});

describe('countOutdated', () => {
  let store: RecordingLedgerStore;
  const count = (replicationSequence: number, latestSequence = 17): Promise<number> =>
    countOutdated(store, { tenantUuid: TENANT, replicationSequence, latestSequence }, NOW);

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  it('counts each event once, however often it comes', async () => {
    expect(await count(3)).toBe(1);
    expect(await count(4)).toBe(2);
    expect(await count(3)).toBe(2);
    expect(store.writes).toHaveLength(2);
    expect((await store.read([outdatedKey(TENANT)]))[0]).toMatchObject({
      data: { latestSequence: 17, sequences: [3, 4] },
      expiresAt: expiryAfterUse(NOW),
    });
  });

  it('counts no more than tell something', async () => {
    for (const sequence of [1, 2, 3, 4, 5]) await count(sequence);
    expect(await count(6)).toBe(5);
    expect(store.writes).toHaveLength(5);
  });

  it('begins a new row with a newer desired state', async () => {
    for (const sequence of [1, 2]) await count(sequence);
    expect(await count(1, 18)).toBe(1);
    expect(store.lastWriteOf('OUTDATED')?.data).toEqual({ latestSequence: 18, sequences: [1] });
  });
});
