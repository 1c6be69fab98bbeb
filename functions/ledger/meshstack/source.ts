import { type SourceRecord, SourceRecordSchema } from '../../meshstack/domain/source-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, type Snapshot, snapshotsOf } from '../base/decide';
import { sourceKey } from '../base/keys';

/** Which poll of which platform. */
export interface Poll {
  readonly platform: string;
  /** Its own for each poll. */
  readonly holder: string;
}

const NOTHING_READ: SourceRecord = {
  readUntil: null,
  seen: [],
  lastPassAt: null,
  passWanted: false,
  work: [],
  reporting: [],
  lease: null,
  pause: null,
};

export async function readSource(store: LedgerStore, platform: string): Promise<SourceRecord> {
  const [item] = await snapshotsOf(store, [sourceKey(platform)]);
  return contentOf(SourceRecordSchema, item) ?? NOTHING_READ;
}

/** Takes the lease, unless another poll has it: meshStack answers one request of a key at a time. */
export async function beginPoll(
  store: LedgerStore,
  { platform, holder }: Poll,
  now: Date,
  seconds: number,
): Promise<SourceRecord | 'busy'> {
  return decide<SourceRecord | 'busy'>(store, [sourceKey(platform)], (item: Snapshot) => {
    const before = contentOf(SourceRecordSchema, item) ?? NOTHING_READ;
    const isTaken = before.lease !== null && before.lease.holder !== holder && new Date(before.lease.until) > now;
    if (isTaken) return { writes: [], result: 'busy' };
    const until = new Date(now.getTime() + seconds * 1000).toISOString();
    const source = { ...before, lease: { holder, until } };
    return { writes: [replace(item, source)], result: source };
  });
}

/**
 * Writes down what a poll has come to. One that has lost its lease writes nothing: what it has read, its follower reads
 * again.
 *
 * @returns undefined when the lease is another's
 */
export async function changeSource(
  store: LedgerStore,
  { platform, holder }: Poll,
  change: (source: SourceRecord) => SourceRecord,
): Promise<SourceRecord | undefined> {
  return decide(store, [sourceKey(platform)], (item: Snapshot) => {
    const before = contentOf(SourceRecordSchema, item);
    if (before?.lease?.holder !== holder) return { writes: [], result: undefined };
    const after = change(before);
    return { writes: [replace(item, after)], result: after };
  });
}
