import { isClosing } from '../domain/run/step-context';
import { type Delay, overdue, starved } from '../domain/run/delay';
import type { RunRecord, TenantRecord } from '../domain/records/ledger-records';
import { delayed } from '../domain/run/measurement';
import { rememberDelay } from '../ledger/runs/remember-history';
import { waitedLane } from '../ledger/queue/lane-queue';
import type { RunReference } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log, Metrics } from '../ports/log';
import type { OutcomePublisher } from '../ports/outcome-publisher';

export interface TellDelaysPorts {
  readonly ledger: LedgerStore;
  readonly outcomes: OutcomePublisher;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * Tells of a run that takes longer than it may, or waits in a lane that does not move: a figure at each look, so that
 * the alarm lasts as long as the delay, and an event once for each state or lane. Killed in between, the event comes
 * again with the next look.
 */
export async function reportDelays(ports: TellDelaysPorts, tenant: TenantRecord, run: RunRecord): Promise<void> {
  const late = overdue(run, ports.now());
  if (late !== null) await tell(ports, tenant, run, late);
  const hungry = await starvedIn(ports, tenant, run);
  if (hungry !== null) await tell(ports, tenant, run, hungry);
}

async function starvedIn(
  { ledger, now }: TellDelaysPorts,
  { tenantUuid, queuedIn }: TenantRecord,
  { replicationSequence, run }: RunRecord,
): Promise<Delay | null> {
  if (queuedIn === null) return null;
  const waited = await waitedLane(ledger, { tenantUuid, replicationSequence, run }, queuedIn.lane);
  return waited === undefined ? null : starved(waited.lane, waited.record, queuedIn.since, now());
}

async function tell(
  { ledger, outcomes, metrics, log, now }: TellDelaysPorts,
  tenant: TenantRecord,
  run: RunRecord,
  { kind, where, cause, remedy }: Delay,
): Promise<void> {
  metrics.record([delayed(kind === 'OverdueRun' ? 'OverdueRuns' : 'StarvedLanes')]);
  if (run.toldDelays?.includes(where) === true) return;
  const reference = referenceOf(tenant, run);
  log.warn('A run takes longer than it may', { ...reference, where, cause });
  await outcomes.publish({
    type: isClosing(run) ? 'Account Closing Delayed' : 'Account Vending Delayed',
    detail: {
      ...reference,
      workspaceIdentifier: tenant.workspaceIdentifier,
      projectIdentifier: tenant.projectIdentifier,
      where,
      error: kind,
      cause,
      remedy,
      executionArn: run.executionArn ?? '',
    },
  });
  await rememberDelay(ledger, reference, where, now());
}

const referenceOf = ({ tenantUuid }: TenantRecord, { replicationSequence, run }: RunRecord): RunReference => ({
  tenantUuid,
  replicationSequence,
  run,
});
