import {
  type DesiredStateRecord,
  DesiredStateRecordSchema,
  OutdatedRecordSchema,
  type TenantRecord,
} from '../../domain/records/ledger-records';
import type { ItemKey, ItemWrite, LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, type Decision, filed, replace, type Snapshot } from '../base/decide';
import { contentKey, desiredStateKey, outdatedKey } from '../base/keys';
import { expiryAfterUse } from './tenant-items';

/** The content that is newest until now, where it is another one than that of this sequence. */
export function previousContentKeys(tenant: TenantRecord | undefined, sequence: number): readonly ItemKey[] {
  return tenant === undefined || tenant.latestSequence < 0 || tenant.latestSequence === sequence
    ? []
    : [contentKey(tenant.tenantUuid, tenant.latestSequence)];
}

/** The desired state that waits and would be superseded by another sequence. */
export function waitingKeys(tenant: TenantRecord | undefined, sequence: number): readonly ItemKey[] {
  const waiting = tenant?.waitingSequence ?? null;
  return tenant === undefined || waiting === null || waiting === sequence
    ? []
    : [desiredStateKey(tenant.tenantUuid, waiting)];
}

/** Writes down of the desired state that waited by which sequence it was superseded. */
export function supersede(
  waiting: Snapshot | undefined,
  tenant: TenantRecord,
  by: number,
  now: Date,
): readonly ItemWrite[] {
  const record = contentOf(DesiredStateRecordSchema, waiting);
  return waiting === undefined || record === undefined ? [] : [supersededWrite(waiting, record, tenant, by, now)];
}

/** What every desired state brings with it, whatever it wants. */
export interface Received {
  readonly replicationSequence: number;
  readonly workspaceIdentifier: string;
  readonly projectIdentifier: string;
  readonly contentHash: string;
  readonly trigger: 'event' | 'api';
  /** The sender; null: unknown. */
  readonly requestedBy?: string | null;
}

export function desiredStateRecord(
  { replicationSequence, contentHash, trigger, requestedBy = null }: Received,
  now: Date,
  runs: number,
): DesiredStateRecord {
  const receivedAt = now.toISOString();
  return { replicationSequence, contentHash, receivedAt, trigger, requestedBy, runs, superseded: null };
}

/** `older`: a newer one is known. `overruled`: a person has forced the tenant back to one before this. */
export interface Superseded {
  readonly verdict: 'older' | 'overruled';
  readonly latestSequence: number;
}

/**
 * Whether what comes is left behind by what is known; undefined where it counts.
 *
 * @param force a person wants it all the same
 */
export function supersession(
  received: Received & { readonly force: boolean },
  now: Date,
  { latestSequence }: Pick<TenantRecord, 'latestSequence'>,
  desired: Snapshot,
): Decision<Superseded> | undefined {
  if (received.force) return undefined;
  if (received.replicationSequence < latestSequence) {
    return {
      writes: superseded(received, now, desired, latestSequence),
      result: { verdict: 'older', latestSequence },
    };
  }
  return isOverruled(received, { latestSequence }, contentOf(DesiredStateRecordSchema, desired))
    ? { writes: [], result: { verdict: 'overruled', latestSequence } }
    : undefined;
}

/**
 * A sequence that is known although a lower one is the newest: a person has forced the tenant back (`force`), and the
 * sender repeats what was undone.
 */
const isOverruled = (
  { replicationSequence }: Pick<Received, 'replicationSequence'>,
  { latestSequence }: Pick<TenantRecord, 'latestSequence'>,
  known: DesiredStateRecord | undefined,
): boolean => known !== undefined && replicationSequence > latestSequence;

/** An event that a newer one has overtaken is remembered, without its content; a caller of the API gets that answer. */
function superseded(received: Received, now: Date, desired: Snapshot, by: number): readonly ItemWrite[] {
  if (received.trigger === 'api' || desired.version > 0) return [];
  return [supersededWrite(desired, desiredStateRecord(received, now, 0), received, by, now)];
}

/** A desired state that was superseded is listed by itself: it has no run, and its tenant shows another one. */
function supersededWrite(
  item: Snapshot,
  record: DesiredStateRecord,
  { workspaceIdentifier, projectIdentifier }: Pick<TenantRecord, 'workspaceIdentifier' | 'projectIdentifier'>,
  by: number,
  now: Date,
): ItemWrite {
  const at = now.toISOString();
  const superseded = { by, at, workspaceIdentifier, projectIdentifier };
  const beside = { listing: { label: 'SUPERSEDED', at }, ...filedRow(item, superseded, at) };
  return replace(item, { ...record, superseded }, beside);
}

/** A row of the list that is no tenant's: it is found by whose it would have been. */
export function filedRow(
  { filters = {} }: Pick<Snapshot, 'filters'>,
  row: { readonly workspaceIdentifier: string | null; readonly projectIdentifier: string | null },
  at: string,
  isExpiring = false,
): Pick<ItemWrite, 'filters' | 'refiled'> {
  const values = { workspace: row.workspaceIdentifier, project: row.projectIdentifier };
  return filed(filters, values, at, isExpiring);
}

/** So many in a row are no coincidence: the bus may deliver late and in another order, but not for long. */
export const MAX_OUTDATED = 5;

export interface OutdatedEvent {
  readonly tenantUuid: string;
  readonly replicationSequence: number;
  readonly latestSequence: number;
}

/**
 * Counts the different events of a tenant that were older than its newest desired state, since that one came. An item
 * of its own: steps that write the tenant's are not disturbed, and nothing has to be put back when a newer one comes.
 *
 * @returns how many, at most `MAX_OUTDATED`
 */
export function countOutdated(store: LedgerStore, event: OutdatedEvent, now: Date): Promise<number> {
  const { tenantUuid, replicationSequence, latestSequence } = event;
  return decide(store, [outdatedKey(tenantUuid)], (...[item]) => {
    const known = contentOf(OutdatedRecordSchema, item);
    const row = known?.latestSequence === latestSequence ? known.sequences : [];
    if (item === undefined || row.length >= MAX_OUTDATED || row.includes(replicationSequence)) {
      return { writes: [], result: row.length };
    }
    const sequences = [...row, replicationSequence];
    const write = replace(item, { latestSequence, sequences }, { expiresAt: expiryAfterUse(now) });
    return { writes: [write], result: sequences.length };
  });
}
