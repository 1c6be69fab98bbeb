import { awaitsApproval } from '../../domain/run/approval';
import { isBeingClosed, tooLateToKeep } from '../../domain/desired-state/deletion';
import type { Fault } from '../../domain/base/fault';
import {
  ContentRecordSchema,
  DesiredStateRecordSchema,
  type RunKey,
  type RunRecord,
  type TenantRecord,
} from '../../domain/records/ledger-records';
import type { ItemWrite, LedgerStore } from '../../ports/ledger-store';
import { contentOf, type Decision, replace, type Snapshot } from '../base/decide';
import {
  desiredStateRecord,
  outdone,
  type Outdone,
  previousContentKeys,
  type Received,
  supersede,
  waitingKeys,
} from '../tenants/desired-state-items';
import { contentKey, desiredStateKey } from '../base/keys';
import {
  NOTHING_YET,
  beginRun,
  decideForTenant,
  expiryAfterUse,
  isSameRun,
  nextRunNumber,
  readRun,
  replaceTenant,
  tenantOf,
} from '../tenants/tenant-items';

/** A desired state that has passed all checks, as it is to be remembered. */
export interface IncomingDesiredState extends Received {
  readonly tenantUuid: string;
  readonly desiredState: object;
  /** Accept it although a newer one is known. */
  readonly force: boolean;
}

export type Acceptance =
  | {
      readonly verdict: 'accepted' | 'unchanged';
      /** The run of this desired state; null while an earlier run is active. */
      readonly run: RunRecord | null;
      /**
       * The active run, this one or an earlier one, when nobody has written down yet that it was started: it is to be
       * started (again).
       */
      readonly unstarted: RunRecord | null;
      /** The active run, an earlier one, that nobody has approved yet: it gives way to this desired state. */
      readonly awaiting: RunRecord | null;
    }
  | { readonly verdict: 'content-differs' }
  /** AWS was asked to close the tenant's account: there is nothing that could be vended. */
  | { readonly verdict: 'too-late'; readonly fault: Fault }
  | Outdone;

/**
 * Remembers a desired state and decides what becomes of it: run now, or as soon as the active run has ended (newest
 * wins). A second call with the same content changes nothing and gives the same answer, so that a sender who could not
 * finish starts over.
 */
export async function acceptDesiredState(
  store: LedgerStore,
  incoming: IncomingDesiredState,
  now: Date,
): Promise<Acceptance> {
  const acceptance = await decideForTenant(
    store,
    incoming.tenantUuid,
    (tenant) => [
      desiredStateKey(incoming.tenantUuid, incoming.replicationSequence),
      contentKey(incoming.tenantUuid, incoming.replicationSequence),
      ...previousContentKeys(tenant, incoming.replicationSequence),
      ...waitingKeys(tenant, incoming.replicationSequence),
    ],
    // The one that waits is the newest, so if there is one there is a previous content, too.
    (tenant, desired, content, previous?: Snapshot, waiting?: Snapshot) =>
      acceptanceOf(incoming, now, { tenant, desired, content, previous, waiting }),
  );
  if (!('run' in acceptance)) return acceptance;
  const { verdict, run, active } = acceptance;
  if (verdict === 'content-differs') return { verdict };
  const record = await readRunOf(store, incoming.tenantUuid, run);
  const isActive = run !== null && isSameRun(active, run);
  const activeRecord = isActive ? record : await readRunOf(store, incoming.tenantUuid, active);
  return {
    verdict,
    run: record,
    unstarted: activeRecord?.executionArn === null ? activeRecord : null,
    awaiting: !isActive && activeRecord !== null && awaitsApproval(activeRecord) ? activeRecord : null,
  };
}

type Verdict =
  | { readonly verdict: 'too-late'; readonly fault: Fault }
  | Outdone
  | {
      readonly verdict: 'accepted' | 'unchanged' | 'content-differs';
      readonly run: RunKey | null;
      readonly active: RunKey | null;
    };

interface Items {
  readonly tenant: Snapshot;
  readonly desired: Snapshot;
  readonly content: Snapshot;
  /** The content that was newest until now, where it is another one. */
  readonly previous: Snapshot | undefined;
  /** The desired state that has waited until now, where it is another one. */
  readonly waiting: Snapshot | undefined;
}

function acceptanceOf(incoming: IncomingDesiredState, now: Date, items: Items): Decision<Verdict> {
  const tenant = tenantOf(items.tenant) ?? newTenant(incoming, now);
  const known = contentOf(DesiredStateRecordSchema, items.desired);
  const { replicationSequence: sequence, contentHash } = incoming;
  const late = outdone(incoming, now, tenant, items.desired);
  if (late !== undefined) return late;
  if (sequence === tenant.latestSequence && known !== undefined) {
    const verdict = known.contentHash === contentHash ? 'unchanged' : 'content-differs';
    return { writes: [], result: { verdict, run: newestRunOf(tenant, sequence), active: tenant.activeRun } };
  }
  if (isBeingClosed(tenant)) return { writes: [], result: { verdict: 'too-late', fault: tooLateToKeep(tenant) } };
  return accepted(incoming, now, items, tenant, known?.runs ?? 0);
}

/**
 * The run begins now, or the desired state waits for the end of the active one, in the place of any other that waits.
 */
function accepted(
  incoming: IncomingDesiredState,
  now: Date,
  items: Items,
  before: TenantRecord,
  runs: number,
): Decision<Verdict> {
  const sequence = incoming.replicationSequence;
  const tenant = {
    ...before,
    ...identifiersOf(incoming),
    ...supersededRejection(before, sequence),
    latestSequence: sequence,
    // A tenant that was to go and is ACTIVE again: the deletion was withdrawn.
    deletion: null,
  };
  const writes = (runsNow: number): ItemWrite[] => [
    replace(items.desired, desiredStateRecord(incoming, now, runsNow)),
    replace(items.content, { desiredState: incoming.desiredState }),
    ...expiring(items.previous, now),
    ...supersede(items.waiting, before, sequence, now),
  ];
  if (before.activeRun !== null) {
    return {
      writes: [replaceTenant(items.tenant, { ...tenant, waitingSequence: sequence }), ...writes(runs)],
      result: { verdict: 'accepted', run: null, active: before.activeRun },
    };
  }
  const run = { replicationSequence: sequence, run: nextRunNumber(before, runs) };
  const begun = beginRun(tenant, run, now, { requestedBy: incoming.requestedBy });
  return {
    writes: [replaceTenant(items.tenant, begun.tenant), begun.write, ...writes(run.run)],
    result: { verdict: 'accepted', run, active: run },
  };
}

/**
 * A refusal is shown until a newer desired state is good. One that was refused for its sequence is not newer than
 * anything.
 */
function supersededRejection({ rejection }: TenantRecord, sequence: number): Pick<TenantRecord, 'rejection'> {
  const isOver =
    rejection !== null &&
    (rejection.replicationSequence <= sequence ||
      rejection.faults.some(({ field }) => field === 'replicationSequence'));
  return { rejection: isOver ? null : rejection };
}

/** The desired state that was newest until now has served: the personal data in it may go. */
function expiring(previous: Snapshot | undefined, now: Date): readonly ItemWrite[] {
  const record = contentOf(ContentRecordSchema, previous);
  if (previous === undefined || record === undefined) return [];
  return [replace(previous, record, { expiresAt: expiryAfterUse(now) })];
}

function newestRunOf({ lastRun, waitingSequence }: TenantRecord, sequence: number): RunKey | null {
  return lastRun?.replicationSequence === sequence && waitingSequence !== sequence ? lastRun : null;
}

async function readRunOf(store: LedgerStore, tenantUuid: string, key: RunKey | null): Promise<RunRecord | null> {
  return key === null ? null : ((await readRun(store, { tenantUuid, ...key })) ?? null);
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
