import type { Fault } from '../../domain/base/fault';
import {
  ContentRecordSchema,
  DesiredStateRecordSchema,
  type RunKey,
  type TenantRecord,
} from '../../domain/records/ledger-records';
import type { ItemKey, ItemWrite, LedgerStore } from '../../ports/ledger-store';
import { contentOf, type Decision, replace, type Snapshot } from '../base/decide';
import { desiredStateKey } from '../base/keys';
import {
  desiredStateRecord,
  supersession,
  type Superseded,
  previousContentKeys,
  type Received,
  supersede,
  waitingKeys,
} from '../tenants/desired-state-items';
import {
  beginRun,
  decideForTenant,
  expiryAfterUse,
  nextRunNumber,
  NOTHING_YET,
  replaceTenant,
  tenantOf,
} from '../tenants/tenant-items';

/** What has come in, and passed all checks. */
export interface Incoming extends Received {
  readonly tenantUuid: string;
  /** Accept it although a newer one is known. */
  readonly force: boolean;
}

/** In what a desired state and a deletion differ. */
export interface Kind {
  /** The status of a tenant of which nothing has come in before. */
  readonly firstStatus: TenantRecord['status'];
  /** Why there is no way to do what it says. */
  readonly faultOf: (before: TenantRecord) => Fault | undefined;
  /** What it changes of the tenant. */
  readonly changesOf: (before: TenantRecord) => Partial<TenantRecord>;
  /** How the tenant ends at once, without a run; undefined where it takes one. */
  readonly endOf: (before: TenantRecord) => Partial<TenantRecord> | undefined;
  /** Items that it is written to, or that go with it. */
  readonly keysOf: (before: TenantRecord | undefined) => readonly ItemKey[];
  /** What becomes of such an item. */
  readonly writesTo: (item: Snapshot, before: TenantRecord) => readonly ItemWrite[];
}

export type Accepted =
  | {
      readonly verdict: 'accepted';
      readonly tenant: TenantRecord;
      /** The run that has begun with it; null where an earlier one is active, or none is needed. */
      readonly begun: RunKey | null;
    }
  | { readonly verdict: 'unchanged'; readonly tenant: TenantRecord }
  | NotAccepted;

export type NotAccepted =
  | { readonly verdict: 'content-differs' }
  /** The tenant is past what would have to be done. */
  | { readonly verdict: 'refused'; readonly fault: Fault }
  | Superseded;

/**
 * Remembers what has come in and decides what becomes of it: run now, or as soon as the active run has ended (newest
 * wins). A second call with the same content writes nothing and says `unchanged`, with the same tenant, so that a
 * sender who could not finish starts over.
 */
export function accept(store: LedgerStore, incoming: Incoming, kind: Kind, now: Date): Promise<Accepted> {
  const { tenantUuid, replicationSequence: sequence } = incoming;
  return decideForTenant(
    store,
    tenantUuid,
    (tenant) => [
      desiredStateKey(tenantUuid, sequence),
      ...previousContentKeys(tenant, sequence),
      ...waitingKeys(tenant, sequence),
      ...kind.keysOf(tenant),
    ],
    (tenantItem, desired, ...others) => decisionOn(incoming, kind, now, { tenantItem, desired, others }),
  );
}

interface Items {
  readonly tenantItem: Snapshot;
  readonly desired: Snapshot;
  readonly others: readonly Snapshot[];
}

function decisionOn(
  incoming: Incoming,
  kind: Kind,
  now: Date,
  { tenantItem, desired, others }: Items,
): Decision<Accepted> {
  const { replicationSequence: sequence, contentHash } = incoming;
  const before = tenantOf(tenantItem) ?? firstTenant(incoming, kind, now);
  const known = contentOf(DesiredStateRecordSchema, desired);
  const superseded = supersession(incoming, now, before, desired);
  if (superseded !== undefined) return superseded;
  if (sequence === before.latestSequence && known !== undefined) {
    return known.contentHash === contentHash
      ? { writes: [], result: { verdict: 'unchanged', tenant: before } }
      : { writes: [], result: { verdict: 'content-differs' } };
  }
  const fault = kind.faultOf(before);
  if (fault !== undefined) return { writes: [], result: { verdict: 'refused', fault } };
  const runs = known?.runs ?? 0;
  const { tenant, begun, writes } = afterwards(before, incoming, kind, now, runs);
  return {
    writes: [
      replaceTenant(tenantItem, tenant),
      ...writes,
      replace(desired, desiredStateRecord(incoming, now, begun?.run ?? runs)),
      ...others.flatMap((item) => writesTo(item, before, incoming, kind, now)),
    ],
    result: { verdict: 'accepted', tenant, begun },
  };
}

/** The run begins now, or waits for the end of the active one, in the place of any other that waits. */
function afterwards(
  before: TenantRecord,
  { replicationSequence, requestedBy }: Incoming,
  kind: Kind,
  now: Date,
  runs: number,
): { readonly tenant: TenantRecord; readonly begun: RunKey | null; readonly writes: readonly ItemWrite[] } {
  const changes = { ...kind.changesOf(before), latestSequence: replicationSequence };
  const tenant = { ...before, ...changes, waitingSequence: null };
  if (before.activeRun !== null) {
    return { tenant: { ...tenant, waitingSequence: replicationSequence }, begun: null, writes: [] };
  }
  const end = kind.endOf(before);
  if (end !== undefined) return { tenant: { ...tenant, ...end }, begun: null, writes: [] };
  const begun = { replicationSequence, run: nextRunNumber(before, runs) };
  const { tenant: running, write } = beginRun(tenant, begun, now, { requestedBy });
  return { tenant: running, begun, writes: [write] };
}

function writesTo(
  item: Snapshot,
  before: TenantRecord,
  { replicationSequence }: Incoming,
  kind: Kind,
  now: Date,
): readonly ItemWrite[] {
  const isOneOf = (keys: readonly ItemKey[]): boolean =>
    keys.some(({ partition, sort }) => partition === item.key.partition && sort === item.key.sort);
  if (isOneOf(waitingKeys(before, replicationSequence))) return supersede(item, before, replicationSequence, now);
  if (isOneOf(previousContentKeys(before, replicationSequence))) return expiring(item, now);
  return kind.writesTo(item, before);
}

/** What was newest until now has served: the personal data in it may go. */
function expiring(item: Snapshot, now: Date): readonly ItemWrite[] {
  const content = contentOf(ContentRecordSchema, item);
  return content === undefined ? [] : [replace(item, content, { expiresAt: expiryAfterUse(now) })];
}

const firstTenant = (
  { tenantUuid, workspaceIdentifier, projectIdentifier }: Incoming,
  { firstStatus }: Kind,
  now: Date,
): TenantRecord => ({
  tenantUuid,
  workspaceIdentifier,
  projectIdentifier,
  status: firstStatus,
  statusChangedAt: now.toISOString(),
  ...NOTHING_YET,
});
