import {
  type SourceRecord,
  SourceRecordSchema,
  type BlockRun,
  type Publication,
  SourceNumbersSchema,
  type SourceTenantRecord,
  SourceTenantRecordSchema,
} from '../../meshstack/domain/source-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, type Snapshot, snapshotsOf } from '../base/decide';
import { sourceKey, sourceNumbersKey, sourceTenantKey } from '../base/keys';

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

/** A tenant of a platform of meshStack. */
export interface SourceTenant {
  readonly platform: string;
  readonly tenantUuid: string;
}

export async function readSourceTenant(
  store: LedgerStore,
  { platform, tenantUuid }: SourceTenant,
): Promise<SourceTenantRecord | undefined> {
  const [item] = await snapshotsOf(store, [sourceTenantKey(platform, tenantUuid)]);
  return contentOf(SourceTenantRecordSchema, item);
}

/** Gives a new tenant its number: the next one, once. A second call finds it. */
export async function knowSourceTenant(
  store: LedgerStore,
  { platform, tenantUuid }: SourceTenant,
  firstNumber: number,
): Promise<SourceTenantRecord> {
  const keys = [sourceTenantKey(platform, tenantUuid), sourceNumbersKey(platform)];
  return decide(store, keys, (tenantItem: Snapshot, numbers: Snapshot) => {
    const known = contentOf(SourceTenantRecordSchema, tenantItem);
    const number = Math.max(contentOf(SourceNumbersSchema, numbers)?.next ?? 0, firstNumber);
    const record = known ?? { number, published: null, pending: null, faultHash: null, blockRun: null };
    const writes = known !== undefined ? [] : [replace(tenantItem, record), replace(numbers, { next: number + 1 })];
    return { writes, result: record };
  });
}

export type Intent =
  | { readonly kind: 'publish'; readonly publication: Publication }
  /** What was read is what was told last. */
  | { readonly kind: 'unchanged' }
  /** Somebody has read it later than we, and told it: what we have is old. */
  | { readonly kind: 'overtaken' };

/**
 * Decides whether what was read is to be put on the bus, and by which sequence; written down before that is done. Who
 * was killed between the two comes here again: with the same content it gets the same sequence, and with another one a
 * newer, since nobody knows which of the two the bus has.
 *
 * @param readAt when reading began: everything that changed before is in the content
 */
export async function intendPublication(
  store: LedgerStore,
  tenant: SourceTenant,
  contentHash: string,
  readAt: Date,
): Promise<Intent> {
  return changeTenant<Intent>(store, tenant, (record) => {
    const { published, pending } = record;
    if (pending?.contentHash === contentHash) return { result: { kind: 'publish', publication: pending } };
    if (pending === null && published?.contentHash === contentHash) {
      return { record: { ...record, faultHash: null }, result: { kind: 'unchanged' } };
    }
    const replicationSequence = readAt.getTime();
    const latest = Math.max(pending?.replicationSequence ?? 0, published?.replicationSequence ?? 0);
    if (replicationSequence <= latest) return { result: { kind: 'overtaken' } };
    const publication = { contentHash, replicationSequence };
    return { record: { ...record, pending: publication }, result: { kind: 'publish', publication } };
  });
}

/** It is on the bus. */
export const settlePublication = (store: LedgerStore, tenant: SourceTenant, publication: Publication): Promise<void> =>
  changeTenant(store, tenant, (record) =>
    record.pending?.replicationSequence === publication.replicationSequence
      ? { record: { ...record, published: publication, pending: null, faultHash: null }, result: undefined }
      : { result: undefined },
  );

/** @returns whether this is news */
export const recordFault = (store: LedgerStore, tenant: SourceTenant, faultHash: string): Promise<boolean> =>
  changeTenant(store, tenant, (record) =>
    record.faultHash === faultHash ? { result: false } : { record: { ...record, faultHash }, result: true },
  );

/** The newest run takes the place of an earlier one. */
export const rememberBlockRun = (
  store: LedgerStore,
  tenant: SourceTenant,
  { uuid, behavior }: Pick<BlockRun, 'uuid' | 'behavior'>,
): Promise<void> =>
  changeTenant(store, tenant, (record) => {
    const blockRun = { uuid, behavior, isRegistered: false, reportHash: null, isOver: false };
    return record.blockRun?.uuid === uuid
      ? { result: undefined }
      : { record: { ...record, blockRun }, result: undefined };
  });

/** What meshStack has been told of a run. */
export const recordReport = (store: LedgerStore, tenant: SourceTenant, told: BlockRun): Promise<void> =>
  changeTenant(store, tenant, (record) =>
    record.blockRun?.uuid === told.uuid && !record.blockRun.isOver
      ? { record: { ...record, blockRun: told }, result: undefined }
      : { result: undefined },
  );

/** Does nothing for a tenant that has no record: it was never given a number. */
async function changeTenant<Result>(
  store: LedgerStore,
  { platform, tenantUuid }: SourceTenant,
  changing: (record: SourceTenantRecord) => { readonly record?: SourceTenantRecord; readonly result: Result },
): Promise<Result> {
  return decide(store, [sourceTenantKey(platform, tenantUuid)], (item: Snapshot) => {
    const before = contentOf(SourceTenantRecordSchema, item);
    if (before === undefined) {
      throw new Error(`The tenant ${tenantUuid} has no number yet: knowSourceTenant comes first.`);
    }
    const { record, result } = changing(before);
    return { writes: record === undefined ? [] : [replace(item, record)], result };
  });
}
