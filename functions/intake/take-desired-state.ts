import { contentHash } from '../domain/base/json';
import type { Deletion } from '../domain/desired-state/parse-deletion';
import { type DesiredState, readableKey } from '../domain/desired-state/desired-state';
import type { Fault } from '../domain/base/fault';
import type { RunRecord, TenantRecord } from '../domain/records/ledger-records';
import { acceptDeletion, type IncomingDeletion } from '../ledger/intake/accept-deletion';
import { type Acceptance, acceptDesiredState } from '../ledger/intake/accept-desired-state';
import type { NotAccepted } from '../ledger/intake/acceptance';
import { endRun } from '../ledger/runs/end-run';
import { readRun, readTenant } from '../ledger/tenants/tenant-items';
import { startRun } from '../ledger/runs/start-run';
import type { RunWatch, WatchedRun } from '../ports/queues';
import type { TaskTokens, WorkflowStarter } from '../ports/workflow';
import { type DoorPorts, deletionAtTheDoor, judgeAtTheDoor } from './judge-at-the-door';

export interface IntakePorts extends DoorPorts {
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly turns: TaskTokens;
}

export interface TakingOptions {
  readonly trigger: 'event' | 'api';
  readonly force: boolean;
  readonly requestedBy: string | null;
}

/** What became of a desired state that came in. */
export type Taken =
  | { readonly kind: 'unreadable'; readonly faults: readonly Fault[] }
  | {
      readonly kind: 'refused';
      readonly tenantUuid: string;
      readonly replicationSequence: number;
      readonly faults: readonly Fault[];
    }
  | {
      readonly kind: 'accepted' | 'unchanged';
      readonly tenantUuid: string;
      readonly replicationSequence: number;
      /** Null while the desired state waits for the end of an earlier run. */
      readonly executionArn: string | null;
    }
  | {
      readonly kind: 'deletion';
      /** Known already, with the same content. */
      readonly isKnown: boolean;
      readonly tenantUuid: string;
      readonly replicationSequence: number;
      /** As it is after the deletion was taken. */
      readonly tenant: TenantRecord;
      /**
       * The run that takes the account out of use; null while it waits for an earlier run, and if there is nothing to
       * close.
       */
      readonly executionArn: string | null;
    }
  | { readonly kind: 'content-differs'; readonly tenantUuid: string; readonly replicationSequence: number }
  | {
      readonly kind: 'older' | 'overruled';
      readonly tenantUuid: string;
      readonly replicationSequence: number;
      readonly latestSequence: number;
    };

/**
 * The front door, for events and API alike: checks a desired state, writes it down and starts its run. Writing and
 * starting are repeated together: a function that was interrupted in between does the same again, and a run is started
 * once, by its name.
 */
export async function takeDesiredState(ports: IntakePorts, input: unknown, options: TakingOptions): Promise<Taken> {
  const deletion = deletionAtTheDoor(ports, input);
  if (deletion !== undefined) {
    return deletion.ok ? takeDeletion(ports, deletion.value, options) : refusalOf(input, deletion.faults);
  }
  const judged = await judgeAtTheDoor(ports, input);
  if (!judged.ok) return refusalOf(input, judged.faults);
  const { desiredState } = judged.value;
  await watchIfNew(ports, received(desiredState));
  const acceptance = await acceptDesiredState(
    ports.ledger,
    { ...received(desiredState), desiredState, landingZone: desiredState.tenant.spec.landingZoneRef.name, ...options },
    ports.now(),
  );
  return startAccepted(ports, desiredState, acceptance);
}

/**
 * If the process is killed after the ledger was written, a delayed check starts the run. A desired state that is known
 * has had its check since it came.
 */
async function watchIfNew(
  { ledger, watch }: IntakePorts,
  { tenantUuid, replicationSequence }: WatchedRun,
): Promise<void> {
  const tenant = await readTenant(ledger, tenantUuid);
  if (tenant?.latestSequence !== replicationSequence) await watch.watch({ tenantUuid, replicationSequence });
}

/** Nothing is planned, so nothing is held against the configuration. */
async function takeDeletion(ports: IntakePorts, deletion: Deletion, options: TakingOptions): Promise<Taken> {
  const { ledger, workflow, turns: tokens, watch, now } = ports;
  await watchIfNew(ports, received(deletion));
  const landingZone = deletion.tenant.spec.landingZoneRef.name;
  const incoming = { ...received(deletion), landingZone, ...options };
  const acceptance = await acceptDeletion({ ledger, workflow, watch, tokens, now }, incoming);
  const { tenantUuid, replicationSequence } = received(deletion);
  const key = { tenantUuid, replicationSequence };
  if (!('tenant' in acceptance)) return notAccepted(key, acceptance);
  const { verdict, tenant } = acceptance;
  const executionArn = await startActive(ports, tenant, replicationSequence);
  return { kind: 'deletion', isKnown: verdict === 'unchanged', ...key, tenant, executionArn };
}

/** The active run is started where nobody has done so yet, whichever it is. */
async function startActive(ports: IntakePorts, tenant: TenantRecord, sequence: number): Promise<string | null> {
  const { tenantUuid, activeRun } = tenant;
  const run = activeRun === null ? undefined : await readRun(ports.ledger, { tenantUuid, ...activeRun });
  if (run === undefined) return null;
  const executionArn = run.executionArn ?? (await start(ports, tenantUuid, run));
  return run.replicationSequence === sequence ? executionArn : null;
}

async function startAccepted(ports: IntakePorts, state: DesiredState, acceptance: Acceptance): Promise<Taken> {
  const key = { tenantUuid: state.tenant.metadata.uuid, replicationSequence: state.replicationSequence };
  if (!('run' in acceptance)) return notAccepted(key, acceptance);
  const { run, unstarted, verdict, awaiting } = acceptance;
  if (awaiting !== null) await giveWay(ports, key, awaiting);
  const started = unstarted === null ? null : await start(ports, key.tenantUuid, unstarted);
  return { kind: verdict, ...key, executionArn: run === null ? null : (run.executionArn ?? started) };
}

interface Key {
  readonly tenantUuid: string;
  readonly replicationSequence: number;
}

function notAccepted(key: Key, acceptance: NotAccepted): Taken {
  switch (acceptance.verdict) {
    case 'content-differs':
      return { kind: 'content-differs', ...key };
    case 'refused':
      return { kind: 'refused', ...key, faults: [acceptance.fault] };
    case 'older':
    case 'overruled':
      return { kind: acceptance.verdict, ...key, latestSequence: acceptance.latestSequence };
  }
}

/**
 * Nobody is asked any more to approve what is not wanted any more: this desired state takes its place, and somebody is
 * asked about that.
 */
async function giveWay(
  { ledger, workflow, watch, turns: tokens, now }: IntakePorts,
  { tenantUuid, replicationSequence: by }: Key,
  { replicationSequence, run }: RunRecord,
): Promise<void> {
  const end = { status: 'SUPERSEDED', by, ifAwaiting: true } as const;
  await endRun({ ledger, workflow, watch, tokens, now }, { tenantUuid, replicationSequence, run }, end);
}

/**
 * Somebody who was interrupted may have left a run behind: without its start, whatever waits for its end would wait for
 * ever.
 */
async function start({ ledger, workflow }: IntakePorts, tenantUuid: string, run: RunRecord): Promise<string> {
  return startRun(ledger, workflow, { tenantUuid, replicationSequence: run.replicationSequence, run: run.run });
}

/** It is recorded under its tenant and sequence, where these can be read. */
export function refusalOf(input: unknown, faults: readonly Fault[]): Taken {
  const key = readableKey(input);
  return key === null ? { kind: 'unreadable', faults } : { kind: 'refused', ...key, faults };
}

function received(
  state: Pick<DesiredState, 'replicationSequence' | 'tenant'>,
): Omit<IncomingDeletion, 'trigger' | 'requestedBy' | 'force' | 'landingZone'> {
  return {
    tenantUuid: state.tenant.metadata.uuid,
    replicationSequence: state.replicationSequence,
    workspaceIdentifier: state.tenant.metadata.ownedByWorkspace,
    projectIdentifier: state.tenant.metadata.ownedByProject,
    contentHash: contentHash(state),
  };
}
