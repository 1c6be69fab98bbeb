import { RejectedError, TransientError } from '../../domain/base/errors';
import { meshStackMeasurements } from '../../domain/run/measurement';
import type { SourceRecord } from '../domain/source-records';
import { beginPoll, changeSource, type Poll, readSource } from '../../ledger/meshstack/mesh-stack-source';
import type { Metrics } from '../../ports/log';
import { claimRuns, reportBlockRuns } from '../block-runs';
import type { PollPorts } from './poll-ports';
import { readChanges } from './read-changes';
import { replicateTenants } from './replicate-tenants';

export interface PollMeshStackPorts extends PollPorts {
  readonly metrics: Metrics;
  /** For each poll its own. */
  readonly newId: () => string;
}

/** `busy`: another poll is at work. `waits`: meshStack has asked for time. `refused`: it does not let us in. */
export type PollStatus = 'busy' | 'waits' | 'refused' | 'done';

/** As long as the function may run, and a little more: a holder of the lease is not there any more. */
const LEASE_SECONDS = 330;

/** A key that is refused is not tried at every poll: meshStack might lock it, and nothing would be won. */
const REFUSED_PAUSE_SECONDS = 300;

/**
 * One look at meshStack: what has changed is put on the bus as desired states, and building block runs are told how
 * vendings stand. Triggered by a schedule. What is to be read is written down before the events that said so are left
 * behind, and stays until it was read: a poll that is killed at any line is followed by one that does what it has left.
 * While the key is refused, a poll looks only whether it may try again.
 *
 * @throws TransientError when meshStack cannot be reached; whatever else was not expected
 */
export async function pollMeshStack(ports: PollMeshStackPorts): Promise<PollStatus> {
  const poll = { platform: ports.configuration.platformIdentifier, holder: ports.newId() };
  const source = await beginPoll(ports.ledger, poll, ports.now(), LEASE_SECONDS);
  if (source === 'busy') return 'busy';
  const { pause } = source;
  if (pause !== null && new Date(pause.until) > ports.now()) {
    await endPoll(ports, poll, pause);
    if (pause.refused === null) return 'waits';
    // Again and again, so that the alarm stays as it is until the key is taken.
    ports.metrics.record(meshStackMeasurements(true, null));
    return 'refused';
  }
  return atWork(ports, poll, source);
}

async function atWork(ports: PollMeshStackPorts, poll: Poll, source: SourceRecord): Promise<PollStatus> {
  try {
    const listed = await readChanges(ports, poll, source);
    await replicateTenants(ports, poll, listed);
    await claimRuns(ports, poll);
    await reportBlockRuns(ports, poll);
  } catch (error) {
    return await settleError(ports, poll, source, error);
  }
  await endPoll(ports, poll, null);
  const { work } = await readSource(ports.ledger, poll.platform);
  const unreadable = work.filter(({ notBefore }) => notBefore !== null).length;
  ports.metrics.record(meshStackMeasurements(false, unreadable));
  return 'done';
}

async function settleError(
  ports: PollMeshStackPorts,
  poll: Poll,
  source: SourceRecord,
  error: unknown,
): Promise<PollStatus> {
  if (error instanceof RejectedError && error.denied) {
    const { reason, remedy } = error;
    await endPoll(ports, poll, pauseOf(ports.now(), REFUSED_PAUSE_SECONDS, { reason, remedy }));
    ports.metrics.record(meshStackMeasurements(true, null));
    if (source.pause?.refused?.reason !== reason) ports.log.error('meshStack refuses us', { remedy }, error);
    return 'refused';
  }
  const seconds = error instanceof TransientError ? error.retryAfterSeconds : null;
  await endPoll(ports, poll, seconds === null ? null : pauseOf(ports.now(), seconds, null));
  throw error;
}

type Pause = SourceRecord['pause'];

const pauseOf = (now: Date, seconds: number, refused: NonNullable<Pause>['refused']): Pause => ({
  until: new Date(now.getTime() + seconds * 1000).toISOString(),
  refused,
});

async function endPoll({ ledger }: PollMeshStackPorts, poll: Poll, pause: Pause): Promise<void> {
  await changeSource(ledger, poll, (source) => ({ ...source, lease: null, pause }));
}
