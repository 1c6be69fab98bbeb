import {
  type AdoptionRecord,
  AdoptionRecordSchema,
  type AdoptionWish,
  AdoptionWishSchema,
  isAtRest,
} from '../../domain/adoption/adoption';
import { consentRefusal } from '../../domain/adoption/adoption-token';
import type { ItemKey, LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, type Snapshot, snapshotsOf } from '../base/decide';
import { claimedPart, isStillClaimed, type NamedPart, type PartClaim } from '../base/part-claim';

/*
 * One partition for each adoption: its progress, what its sender has asked for, and an item for each account.
 */

export const adoptionPartition = (id: string): string => `ADOPTION#${id}`;

const adoptionKey = (id: string): ItemKey => ({ partition: adoptionPartition(id), sort: 'ADOPTION' });

const wishKey = (id: string): ItemKey => ({ partition: adoptionPartition(id), sort: 'WISH' });

/** Accounts may wait for many weeks: AWS enrolls so many in each. */
const KEEP_DAYS = 400;

export const expiryOfAdoption = (now: Date): number => Math.floor(now.getTime() / 1000) + KEEP_DAYS * 24 * 60 * 60;

/** Remembers what was asked for. Its id is drawn again each time, so a second call changes nothing. */
export async function startAdoption(
  store: LedgerStore,
  record: AdoptionRecord,
  wish: AdoptionWish,
  now: Date,
): Promise<void> {
  await decide(store, [adoptionKey(record.id), wishKey(record.id)], (item, wishItem) => ({
    writes: item.version > 0 ? [] : [written(item, record, now), replace(wishItem, wish, expiring(now))],
    result: undefined,
  }));
}

export async function readAdoption(store: LedgerStore, id: string): Promise<AdoptionRecord | undefined> {
  const [item] = await snapshotsOf(store, [adoptionKey(id)]);
  return contentOf(AdoptionRecordSchema, item);
}

export async function readWish(store: LedgerStore, id: string): Promise<AdoptionWish | undefined> {
  const [item] = await snapshotsOf(store, [wishKey(id)]);
  return contentOf(AdoptionWishSchema, item);
}

type Consented =
  | { readonly ok: true; readonly record: AdoptionRecord }
  | { readonly ok: false; readonly refusal: string | null };

/**
 * Lets an adoption begin, if the token is that of its proposals. A second consent changes nothing.
 *
 * @returns refusal null: there is no such adoption
 */
export async function consentToAdoption(
  store: LedgerStore,
  id: string,
  consent: Parameters<typeof consentRefusal>[1] & { readonly by: string | null },
  now: Date,
): Promise<Consented> {
  return decide<Consented>(store, [adoptionKey(id)], (item) => {
    const record = contentOf(AdoptionRecordSchema, item);
    if (record === undefined) return { writes: [], result: { ok: false, refusal: null } };
    const refusal = consentRefusal(record, consent, now);
    if (refusal !== null) return { writes: [], result: { ok: false, refusal } };
    if (record.phase !== 'PROPOSED') return { writes: [], result: { ok: true, record } };
    const consented: AdoptionRecord = {
      ...record,
      phase: 'VERIFYING',
      cursor: null,
      consentedAt: now.toISOString(),
      consentedBy: consent.by,
    };
    return { writes: [written(item, consented, now)], result: { ok: true, record: consented } };
  });
}

/** Takes up a part. */
export async function claimAdoptionPart(
  store: LedgerStore,
  { id, part }: NamedPart,
  now: Date,
): Promise<PartClaim<AdoptionRecord>> {
  return decide<PartClaim<AdoptionRecord>>(store, [adoptionKey(id)], (item) => {
    const claim = claimedPart(contentOf(AdoptionRecordSchema, item), isAtRest, part, now);
    return { writes: claim.verdict === 'claimed' ? [written(item, claim.record, now)] : [], result: claim };
  });
}

/** Writes down how far a part has come. Nothing where somebody else has gone on. */
export async function finishAdoptionPart(
  store: LedgerStore,
  before: AdoptionRecord,
  after: AdoptionRecord,
  now: Date,
): Promise<void> {
  await decide(store, [adoptionKey(before.id)], (item) => {
    const known = contentOf(AdoptionRecordSchema, item);
    const next = { ...after, part: before.part + 1, takenUntil: null };
    return { writes: isStillClaimed(known, before) ? [written(item, next, now)] : [], result: undefined };
  });
}

const expiring = (now: Date): { readonly expiresAt: number } => ({ expiresAt: expiryOfAdoption(now) });

const written = (item: Snapshot, record: AdoptionRecord, now: Date): ReturnType<typeof replace> =>
  replace(item, record, expiring(now));
