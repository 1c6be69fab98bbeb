import {
  type DesiredStateRecord,
  DesiredStateRecordSchema,
  type RunKey,
  type RunRecord,
  RunRecordSchema,
  type TenantRecord,
} from '../domain/ledger-records';
import type { ItemKey, ItemWrite, LedgerStore } from '../ports/ledger-store';
import { contentOf, type Decision, replace, type Snapshot, snapshotsOf } from './decide';
import { desiredStateKey, runKey } from './keys';
import { beginRun, decideForTenant, expiryAfterUse, NOTHING_YET, replaceTenant, tenantOf } from './tenant-items';

/** A desired state that has passed all checks, as it is to be remembered. */
export interface IncomingDesiredState {
  readonly tenantUuid: string;
  readonly replicationSequence: number;
  readonly workspaceIdentifier: string;
  readonly projectIdentifier: string;
  readonly contentHash: string;
  readonly trigger: 'event' | 'api';
  readonly desiredState: object;
  /** Accept it although a newer one is known. */
  readonly force: boolean;
}

export type Acceptance =
  /** `run` is to be started now, or started again if nobody knows whether it was; null while an earlier run is active. */
  | { readonly verdict: 'accepted' | 'unchanged'; readonly run: RunRecord | null }
  | { readonly verdict: 'content-differs' }
  | { readonly verdict: 'older'; readonly latestSequence: number };

/**
 * Remembers a desired state and decides what becomes of it: run now, or as soon as the active run has ended (newest wins).
 * A second call with the same content changes nothing and gives the same answer, so that whoever could not finish starts over.
 */
export async function acceptDesiredState(
  store: LedgerStore,
  incoming: IncomingDesiredState,
  now: Date,
): Promise<Acceptance> {
  const acceptance = await decideForTenant(
    store,
    incoming.tenantUuid,
    (tenant) => [desiredStateKey(incoming.tenantUuid, incoming.replicationSequence), ...previousKeys(tenant, incoming)],
    (tenant, desired, previous) => acceptanceOf(incoming, now, tenant, desired, previous),
  );
  if ('run' in acceptance) {
    return { verdict: acceptance.verdict, run: await readRun(store, incoming.tenantUuid, acceptance.run) };
  }
  return acceptance;
}

function previousKeys(tenant: TenantRecord | undefined, incoming: IncomingDesiredState): readonly ItemKey[] {
  if (tenant === undefined || tenant.latestSequence === incoming.replicationSequence) return [];
  return [desiredStateKey(incoming.tenantUuid, tenant.latestSequence)];
}

type Verdict =
  | { readonly verdict: 'accepted' | 'unchanged'; readonly run: RunKey | null }
  | Exclude<Acceptance, { readonly run: RunRecord | null }>;

function acceptanceOf(
  incoming: IncomingDesiredState,
  now: Date,
  tenantItem: Snapshot,
  desiredItem: Snapshot | undefined,
  previousItem: Snapshot | undefined,
): Decision<Verdict> {
  const tenant = tenantOf(tenantItem) ?? newTenant(incoming, now);
  const known = contentOf(DesiredStateRecordSchema, desiredItem);
  const sequence = incoming.replicationSequence;
  if (sequence < tenant.latestSequence && !incoming.force) {
    return { writes: [], result: { verdict: 'older', latestSequence: tenant.latestSequence } };
  }
  if (sequence === tenant.latestSequence && known !== undefined) {
    if (known.contentHash !== incoming.contentHash) return { writes: [], result: { verdict: 'content-differs' } };
    return { writes: [], result: { verdict: 'unchanged', run: newestRunOf(tenant, sequence) } };
  }
  const begins = tenant.activeRun === null;
  const record = desiredStateRecord(incoming, now, known, begins);
  const accepted = { ...tenant, ...identifiersOf(incoming), latestSequence: sequence };
  const writes = [...(desiredItem === undefined ? [] : [replace(desiredItem, record)]), ...expiring(previousItem, now)];
  if (!begins) {
    writes.push(replaceTenant(tenantItem, { ...accepted, waitingSequence: sequence }));
    return { writes, result: { verdict: 'accepted', run: null } };
  }
  const run = { replicationSequence: sequence, run: record.runs };
  const begun = beginRun(accepted, run, now);
  writes.push(replaceTenant(tenantItem, begun.tenant), begun.write);
  return { writes, result: { verdict: 'accepted', run } };
}

function desiredStateRecord(
  incoming: IncomingDesiredState,
  now: Date,
  known: DesiredStateRecord | undefined,
  begins: boolean,
): DesiredStateRecord {
  return {
    replicationSequence: incoming.replicationSequence,
    contentHash: incoming.contentHash,
    receivedAt: now.toISOString(),
    trigger: incoming.trigger,
    runs: (known?.runs ?? 0) + (begins ? 1 : 0),
    desiredState: incoming.desiredState,
  };
}

/** The desired state that was newest until now has served: the personal data in it may go. */
function expiring(previous: Snapshot | undefined, now: Date): ItemWrite[] {
  const record = contentOf(DesiredStateRecordSchema, previous);
  if (previous === undefined || record === undefined) return [];
  return [replace(previous, record, { expiresAt: expiryAfterUse(now) })];
}

function newestRunOf(tenant: TenantRecord, sequence: number): RunKey | null {
  return tenant.lastRun?.replicationSequence === sequence ? tenant.lastRun : null;
}

async function readRun(store: LedgerStore, tenantUuid: string, key: RunKey | null): Promise<RunRecord | null> {
  if (key === null) return null;
  const [item] = await snapshotsOf(store, [runKey(tenantUuid, key.replicationSequence, key.run)]);
  return contentOf(RunRecordSchema, item) ?? null;
}

function identifiersOf({
  workspaceIdentifier,
  projectIdentifier,
}: IncomingDesiredState): Pick<TenantRecord, 'workspaceIdentifier' | 'projectIdentifier'> {
  return { workspaceIdentifier, projectIdentifier };
}

function newTenant(incoming: IncomingDesiredState, now: Date): TenantRecord {
  return {
    tenantUuid: incoming.tenantUuid,
    ...identifiersOf(incoming),
    status: 'ACCEPTED',
    statusChangedAt: now.toISOString(),
    ...NOTHING_YET,
  };
}
