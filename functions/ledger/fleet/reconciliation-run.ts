import {
  isWalking,
  LatestPassSchema,
  newPass,
  type PassRecord,
  PassRecordSchema,
  type DriftRecord,
  DriftRecordSchema,
  type LostAccount,
  LostAccountSchema,
} from '../../domain/fleet/drift';
import type { LedgerStore, ItemKey } from '../../ports/ledger-store';
import { contentOf, decide, replace, type Snapshot, snapshotsOf, contentOfStored } from '../base/decide';
import { expiryAfterUse } from '../tenants/tenant-items';

/** What a message names. */
export interface PassPart {
  readonly pass: string;
  readonly part: number;
}

export type PartClaim =
  | { readonly verdict: 'claimed'; readonly record: PassRecord }
  /** It was worked off, or another pass is on its way. */
  | { readonly verdict: 'behind' }
  /** Another function is at work on it. */
  | { readonly verdict: 'taken' };

/** Longer than the function may run, shorter than its message stays hidden. */
const LEASE_SECONDS = 310;

/**
 * Takes up a part of a pass, and the pass itself with its first. Of two messages with the same part one is taken up;
 * a function that was killed with it is followed by its own message, which comes again when the lease is over.
 */
export async function claimPart(store: LedgerStore, { pass, part }: PassPart, now: Date): Promise<PartClaim> {
  const newest = await readPass(store);
  return decide<PartClaim>(store, [passKey(pass), latestPassKey], (passItem, latestItem) => {
    const known = contentOf(PassRecordSchema, passItem);
    if (known === undefined && (part > 0 || !mayBegin(pass, newest, now))) return nothing({ verdict: 'behind' });
    const record = known ?? newPass(pass, now);
    if (record.phase === 'ENDED' || part < record.part) return nothing({ verdict: 'behind' });
    if (record.takenUntil !== null && Date.parse(record.takenUntil) > now.getTime())
      return nothing({ verdict: 'taken' });
    const takenUntil = new Date(now.getTime() + LEASE_SECONDS * 1000).toISOString();
    const taken = { ...record, part, takenUntil };
    return {
      writes: [written(passItem, taken, now), ...(known === undefined ? [replace(latestItem, { pass })] : [])],
      result: { verdict: 'claimed', record: taken },
    };
  });
}

/** An older pass that comes late, or a new one while another is on its way, would get in the way. */
const mayBegin = (pass: string, newest: PassRecord | undefined, now: Date): boolean =>
  newest === undefined || (newest.pass < pass && !isWalking(newest, now));

/** Writes down that a part is done. Nothing where somebody else has gone on. */
export const finishPart = (store: LedgerStore, before: PassRecord, after: PassRecord, now: Date): Promise<void> =>
  goOn(store, before, { ...after, part: before.part + 1, takenUntil: null }, now);

/** Writes down how far a part has come that goes on. A function that is killed after that is followed from there. */
export const keepPlace = (store: LedgerStore, record: PassRecord, now: Date): Promise<void> =>
  goOn(store, record, record, now);

async function goOn(store: LedgerStore, before: PassRecord, after: PassRecord, now: Date): Promise<void> {
  await decide(store, [passKey(before.pass)], (item) => {
    const known = contentOf(PassRecordSchema, item);
    const isOurs = known?.part === before.part && known.takenUntil === before.takenUntil;
    return { writes: isOurs ? [written(item, { ...after, seenAt: now.toISOString() }, now)] : [], result: undefined };
  });
}

/** The pass, or the newest one; undefined where there is none. */
export async function readPass(store: LedgerStore, pass?: string): Promise<PassRecord | undefined> {
  const name = pass ?? (await newestPass(store));
  if (name === undefined) return undefined;
  const [item] = await snapshotsOf(store, [passKey(name)]);
  return contentOf(PassRecordSchema, item);
}

async function newestPass(store: LedgerStore): Promise<string | undefined> {
  const [item] = await snapshotsOf(store, [latestPassKey]);
  return contentOf(LatestPassSchema, item)?.pass;
}

const written = (item: Snapshot, record: PassRecord, now: Date): ReturnType<typeof replace> =>
  replace(item, record, { expiresAt: expiryAfterUse(now) });

const nothing = (result: PartClaim): { readonly writes: readonly []; readonly result: PartClaim } => ({
  writes: [],
  result,
});

export interface DriftPage {
  readonly drifts: readonly DriftRecord[];
  /** The last tenant of this page, where others follow. */
  readonly after: string | null;
}

/** A page of what a pass has found, by the uuids of the tenants. */
export async function readDrifts(
  store: LedgerStore,
  { pass, limit, after }: { readonly pass: string; readonly limit: number; readonly after: string | null },
): Promise<DriftPage> {
  const items = await store.readPartition({
    partition: passPartition(pass),
    prefix: DRIFT,
    limit: limit + 1,
    ...(after === null ? {} : { after: `${DRIFT}${after}` }),
  });
  const drifts = items.slice(0, limit).map((item) => contentOfStored(DriftRecordSchema, item));
  return { drifts, after: items.length > limit ? (drifts.at(-1)?.tenantUuid ?? null) : null };
}

/** How many runs of a pass have not ended; counted up to a limit. */
export async function countOpen(store: LedgerStore, pass: string, limit: number): Promise<number> {
  return (await store.readPartition({ partition: passPartition(pass), prefix: OPEN, limit })).length;
}

/**
 * Writes down for the report of a pass that a tenant was left alone because its account is lost. A second call changes
 * nothing.
 */
export async function recordLostAccount(store: LedgerStore, pass: string, lost: LostAccount, now: Date): Promise<void> {
  await decide(store, [lostKey(pass, lost.tenantUuid)], (item) => ({
    writes: item.version > 0 ? [] : [replace(item, lost, { expiresAt: expiryAfterUse(now) })],
    result: undefined,
  }));
}

/** Those of a pass, by the uuids of the tenants, up to a limit. */
export async function readLostAccounts(
  store: LedgerStore,
  pass: string,
  limit: number,
): Promise<readonly LostAccount[]> {
  const items = await store.readPartition({ partition: passPartition(pass), prefix: LOST, limit });
  return items.map((item) => contentOfStored(LostAccountSchema, item));
}

/*
 * One partition for each pass: its progress, a mark for each run at work, what had drifted, and whose account is lost.
 */

const passPartition = (pass: string): string => `RECONCILIATION#${pass}`;

const passKey = (pass: string): ItemKey => ({ partition: passPartition(pass), sort: 'PASS' });

/** Names the newest pass. */
const latestPassKey: ItemKey = { partition: 'RECONCILIATION', sort: 'LATEST' };

const OPEN = 'OPEN#';

const DRIFT = 'DRIFT#';

const LOST = 'LOST#';

export const openKey = (pass: string, tenantUuid: string): ItemKey => ({
  partition: passPartition(pass),
  sort: `${OPEN}${tenantUuid}`,
});

export const driftKey = (pass: string, tenantUuid: string): ItemKey => ({
  partition: passPartition(pass),
  sort: `${DRIFT}${tenantUuid}`,
});

const lostKey = (pass: string, tenantUuid: string): ItemKey => ({
  partition: passPartition(pass),
  sort: `${LOST}${tenantUuid}`,
});
