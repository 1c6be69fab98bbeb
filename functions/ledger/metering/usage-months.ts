import {
  type ContentReference,
  type RequestRecord,
  RequestRecordSchema,
  type UsageRecord,
  UsageRecordSchema,
} from '../../metering/domain/collected-month';
import * as z from 'zod/mini';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, type Snapshot, snapshotsOf } from '../base/decide';
import { usageContentKey, usageKey, usageRequestsKey } from '../base/keys';

/** Characters of a part. DynamoDB takes 400 KB an item, of whose characters these are one byte each. */
const PART_LENGTH = 300_000;

const PartSchema = z.object({ text: z.string() });

export async function readUsage(store: LedgerStore, month: string): Promise<UsageRecord | undefined> {
  const [item] = await snapshotsOf(store, [usageKey(month)]);
  return contentOf(UsageRecordSchema, item);
}

export async function readRequests(store: LedgerStore, month: string): Promise<RequestRecord | undefined> {
  const [item] = await snapshotsOf(store, [usageRequestsKey(month)]);
  return contentOf(RequestRecordSchema, item);
}

/**
 * Replaces what is known of a month, if nobody else has meanwhile: then theirs is newer, and stays.
 *
 * @returns whether it was written
 */
export async function writeUsage(
  store: LedgerStore,
  record: UsageRecord,
  seen: UsageRecord | undefined,
): Promise<boolean> {
  return decide(store, [usageKey(record.month)], (item: Snapshot) => {
    const current = contentOf(UsageRecordSchema, item);
    const isAsSeen = current?.generatedAt === seen?.generatedAt && current?.announced === seen?.announced;
    return isAsSeen ? { writes: [replace(item, record)], result: true } : { writes: [], result: false };
  });
}

/** Adds to what asking about a month has cost. */
export async function countRequests(store: LedgerStore, month: string, requests: number): Promise<void> {
  if (requests > 0)
    await changeRequests(store, month, (before) => ({ ...before, requests: before.requests + requests }));
}

/** Remembers that the reports of a month are what AWS said at a time. */
export const markCollected = (store: LedgerStore, month: string, now: Date): Promise<void> =>
  changeRequests(store, month, (before) => ({ ...before, lastCollectedAt: now.toISOString() }));

const NEVER: RequestRecord = { requests: 0, lastCollectedAt: null };

async function changeRequests(
  store: LedgerStore,
  month: string,
  changed: (before: RequestRecord) => RequestRecord,
): Promise<void> {
  await decide(store, [usageRequestsKey(month)], (item: Snapshot) => ({
    writes: [replace(item, changed(contentOf(RequestRecordSchema, item) ?? NEVER))],
    result: undefined,
  }));
}

/**
 * Keeps a text under its hash. Killed in between and run again, it goes on where it was; what is there is written again
 * only where it is to stay for another time than before.
 *
 * @param expiresAt seconds since 1970; absent: for good
 */
export async function keepContent(
  store: LedgerStore,
  month: string,
  hash: string,
  text: string,
  expiresAt?: number,
): Promise<ContentReference> {
  const parts = Math.max(1, Math.ceil(text.length / PART_LENGTH));
  for (let part = 0; part < parts; part += 1) {
    const data = { text: text.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH), expiresAt: expiresAt ?? null };
    await decide(store, [usageContentKey(month, hash, part)], (item: Snapshot) => ({
      writes: staysAsLong(item, data.expiresAt)
        ? []
        : [replace(item, data, expiresAt === undefined ? {} : { expiresAt })],
      result: undefined,
    }));
  }
  return { hash, parts };
}

const ExpirySchema = z.object({ expiresAt: z.nullable(z.number()) });

function staysAsLong(item: Snapshot, expiresAt: number | null): boolean {
  const kept = contentOf(ExpirySchema, item);
  return kept !== undefined && (kept.expiresAt === null || (expiresAt !== null && kept.expiresAt >= expiresAt));
}

/** Undefined where a part is not there (any more). */
export async function readContent(
  store: LedgerStore,
  month: string,
  { hash, parts }: ContentReference,
): Promise<string | undefined> {
  let text = '';
  for (let part = 0; part < parts; part += 1) {
    const [item] = await snapshotsOf(store, [usageContentKey(month, hash, part)]);
    const content = contentOf(PartSchema, item);
    if (content === undefined) return undefined;
    text += content.text;
  }
  return text;
}
