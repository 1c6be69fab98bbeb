import { RELEASE_KEY, type ReleaseRecord, ReleaseRecordSchema } from '../../domain/rollout/release';
import {
  isAtRest,
  isOver,
  ListedRolloutSchema,
  type RolloutRecord,
  RolloutRecordSchema,
} from '../../domain/rollout/rollout';
import type { ItemKey, ItemWrite, LedgerStore } from '../../ports/ledger-store';
import { contentOf, contentOfStored, decide, replace, type Snapshot, snapshotsOf } from '../base/decide';
import { claimedPart, isStillClaimed, type NamedPart, type PartClaim } from '../base/part-claim';

/*
 * One partition for each rollout: its progress, and an item for each tenant. One more lists them all.
 */

export const rolloutPartition = (id: string): string => `ROLLOUT#${id}`;

const rolloutKey = (id: string): ItemKey => ({ partition: rolloutPartition(id), sort: 'ROLLOUT' });

const LIST_PARTITION = 'ROLLOUT';

const LISTED = 'AT#';

/** Names the newest one: no two are planned at once. */
const LATEST_KEY: ItemKey = { partition: LIST_PARTITION, sort: 'LATEST' };

/**
 * Writes down a rollout that is to be planned. A second call with the same id changes nothing.
 *
 * @returns the id of another one that is not over, and stands in its way; null: it is written
 */
export async function beginPlanning(store: LedgerStore, record: RolloutRecord, now: Date): Promise<string | null> {
  const before = await newestRollout(store);
  if (before !== undefined && before.id !== record.id && !isOver(before)) return before.id;
  const listKey = { partition: LIST_PARTITION, sort: `${LISTED}${now.toISOString()}#${record.id}` };
  return decide<string | null>(store, [rolloutKey(record.id), listKey, LATEST_KEY], (item, listed, latest) => {
    if (item.version > 0) return { writes: [], result: null };
    const newest = contentOf(ListedRolloutSchema, latest)?.id;
    if (newest !== before?.id) return { writes: [], result: newest ?? null };
    const name = { id: record.id };
    return { writes: [replace(item, record), replace(listed, name), replace(latest, name)], result: null };
  });
}

export async function readRollout(store: LedgerStore, id: string): Promise<RolloutRecord | undefined> {
  const [item] = await snapshotsOf(store, [rolloutKey(id)]);
  return contentOf(RolloutRecordSchema, item);
}

async function newestRollout(store: LedgerStore): Promise<RolloutRecord | undefined> {
  const [latest] = await snapshotsOf(store, [LATEST_KEY]);
  const { id } = contentOf(ListedRolloutSchema, latest) ?? {};
  return id === undefined ? undefined : readRollout(store, id);
}

export interface RolloutPage {
  readonly rollouts: readonly RolloutRecord[];
  readonly cursor: string | null;
}

/** A page of the rollouts, newest first. */
export async function listRollouts(
  store: LedgerStore,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<RolloutPage> {
  const items = await store.readPartition({
    partition: LIST_PARTITION,
    prefix: LISTED,
    limit: limit + 1,
    descending: true,
    ...(cursor === undefined ? {} : { after: `${LISTED}${cursor}` }),
  });
  const page = items.slice(0, limit);
  const ids = page.map((item) => contentOfStored(ListedRolloutSchema, item).id);
  const rollouts = (await Promise.all(ids.map((id) => readRollout(store, id)))).filter((one) => one !== undefined);
  return {
    rollouts,
    cursor: items.length > limit ? (page.at(-1)?.key.sort.slice(LISTED.length) ?? null) : null,
  };
}

/** Takes up a part. */
export async function claimRolloutPart(
  store: LedgerStore,
  { id, part }: NamedPart,
  now: Date,
): Promise<PartClaim<RolloutRecord>> {
  return decide<PartClaim<RolloutRecord>>(store, [rolloutKey(id)], (item) => {
    const claim = claimedPart(contentOf(RolloutRecordSchema, item), isAtRest, part, now);
    return { writes: claim.verdict === 'claimed' ? [replace(item, claim.record)] : [], result: claim };
  });
}

/**
 * Writes down how far a part has come, and the release with the end of the last one. What a person has decided
 * meanwhile - to pause, or to abort - stays.
 */
export async function finishRolloutPart(
  store: LedgerStore,
  before: RolloutRecord,
  after: RolloutRecord,
  now: Date,
): Promise<void> {
  await decide(store, [rolloutKey(before.id), RELEASE_KEY], (item, releaseItem) => {
    const known = contentOf(RolloutRecordSchema, item);
    if (known === undefined || !isStillClaimed(known, before)) return { writes: [], result: undefined };
    const decided =
      known.status === before.status
        ? {}
        : { status: known.status, reason: known.reason, endedAt: known.endedAt, judged: known.judged };
    const retrying = known.retrying === before.retrying ? after.retrying : known.retrying;
    const next = { ...after, ...decided, retrying, part: before.part + 1, takenUntil: null };
    const release = next.status === 'ENDED' && next.kind === 'configuration' ? [released(releaseItem, next, now)] : [];
    return { writes: [replace(item, next), ...release], result: undefined };
  });
}

const released = (item: Snapshot, { id, targetHash }: RolloutRecord, now: Date): ItemWrite =>
  replace(item, {
    configurationHash: targetHash,
    releasedAt: now.toISOString(),
    rolloutId: id,
    target: null,
  } satisfies ReleaseRecord);

/**
 * Changes a rollout as a person asks for. A second call finds what the first has made of it.
 *
 * @param change the record after it, or why it cannot be
 * @returns undefined: there is no such rollout
 */
export async function changeRollout(
  store: LedgerStore,
  id: string,
  change: (record: RolloutRecord) => RolloutRecord | string,
): Promise<RolloutRecord | string | undefined> {
  return decide<RolloutRecord | string | undefined>(store, [rolloutKey(id), RELEASE_KEY], (item, releaseItem) => {
    const record = contentOf(RolloutRecordSchema, item);
    if (record === undefined) return { writes: [], result: undefined };
    const after = change(record);
    if (typeof after === 'string' || after === record) return { writes: [], result: after };
    return { writes: [replace(item, after), ...targetWrites(releaseItem, after)], result: after };
  });
}

/** The release names the target as long as the rollout may bring tenants there. */
function targetWrites(
  item: Snapshot,
  { id, kind, targetHash, startedAt, status }: RolloutRecord,
): readonly ItemWrite[] {
  const release = contentOf(ReleaseRecordSchema, item);
  if (release === undefined || startedAt === null || kind === 'landing-zone') return [];
  const target = status === 'ABORTED' ? null : { configurationHash: targetHash, rolloutId: id };
  return [replace(item, { ...release, target } satisfies ReleaseRecord)];
}
