import { isBeingClosed, tooLateToKeep } from '../../domain/desired-state/deletion';
import type { RunKey, RunRecord, TenantRecord } from '../../domain/records/ledger-records';
import { awaitsApproval } from '../../domain/run/approval';
import type { LedgerStore } from '../../ports/ledger-store';
import { replace } from '../base/decide';
import { contentKey } from '../base/keys';
import { isSameRun, readRun } from '../tenants/tenant-items';
import { accept, type Incoming, type Kind, type NotAccepted } from './acceptance';

/** A desired state that has passed all checks, as it is to be remembered. */
export interface IncomingDesiredState extends Incoming {
  readonly desiredState: object;
  /** The name of its landing zone. */
  readonly landingZone?: string;
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
  | NotAccepted;

/** Accepts a desired state, and reads the runs of which something is to be done then. */
export async function acceptDesiredState(
  store: LedgerStore,
  incoming: IncomingDesiredState,
  now: Date,
): Promise<Acceptance> {
  const acceptance = await accept(store, incoming, desiredStateOf(incoming), now);
  if (!('tenant' in acceptance)) return acceptance;
  const { verdict, tenant } = acceptance;
  const active = tenant.activeRun;
  const run = verdict === 'accepted' ? acceptance.begun : newestRunOf(tenant, incoming.replicationSequence);
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

function desiredStateOf(incoming: IncomingDesiredState): Kind {
  const { tenantUuid, replicationSequence, workspaceIdentifier, projectIdentifier, desiredState } = incoming;
  const { landingZone } = incoming;
  return {
    firstStatus: 'ACCEPTED',
    // AWS was asked to close the tenant's account: there is nothing that could be vended.
    faultOf: (before) => (isBeingClosed(before) ? tooLateToKeep(before) : undefined),
    changesOf: (before) => ({
      workspaceIdentifier,
      projectIdentifier,
      ...(landingZone === undefined ? {} : { landingZone }),
      ...supersededRejection(before, replicationSequence),
      // A tenant that was to go and is ACTIVE again: the deletion was withdrawn.
      deletion: null,
    }),
    endOf: () => undefined,
    keysOf: () => [contentKey(tenantUuid, replicationSequence)],
    writesTo: (item) => [replace(item, { desiredState })],
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

function newestRunOf({ lastRun, waitingSequence }: TenantRecord, sequence: number): RunKey | null {
  return lastRun?.replicationSequence === sequence && waitingSequence !== sequence ? lastRun : null;
}

async function readRunOf(store: LedgerStore, tenantUuid: string, key: RunKey | null): Promise<RunRecord | null> {
  return key === null ? null : ((await readRun(store, { tenantUuid, ...key })) ?? null);
}
