import { NOTHING_JUDGED, type RolloutRecord, type RolloutTenant } from '../domain/rollout/rollout';
import { hourOf, roomNow, stopReason, waveOfLatecomers } from '../domain/rollout/waves';
import { beginRolloutRun, takeConfiguration } from '../ledger/rollout/rollout-run';
import { readRolloutTenants, readWave, writeRolloutTenants } from '../ledger/rollout/rollout-tenants';
import { startRun } from '../ledger/runs/start-run';
import type { Log } from '../ports/log';
import type { RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import { retryFailed } from './retry-failed';
import { settleRuns, type SettleRunsPorts } from './settle-runs';
import { sweepLatecomers } from './sweep-latecomers';

export interface CarryOutPorts extends SettleRunsPorts {
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * Looks how the runs of a rollout stand, stops it where too many have failed, and begins as many as there is room for.
 * A wave begins when all runs of the one before have ended. After the last one it looks for tenants that came, or were
 * busy, meanwhile, until there are none; then its configuration is released.
 */
export async function carryOut(ports: CarryOutPorts, record: RolloutRecord): Promise<RolloutRecord> {
  if (record.retrying !== null) return retryFailed(ports.ledger, record);
  const settled = await settleRuns(ports, { ...record, hour: hourOf(record, ports.now()) });
  const reason = stopReason(settled);
  if (reason !== null) return { ...settled, status: 'STOPPED', reason };
  const room = roomNow(settled);
  const uuids = room === 0 ? [] : await readWave(ports.ledger, record.id, placeOf(settled, room));
  if (uuids.length > 0) return begun(ports, settled, uuids);
  return settled.running.length > 0 || room === 0 ? settled : afterWave(ports, settled);
}

const placeOf = ({ wave, after }: RolloutRecord, limit: number): Parameters<typeof readWave>[2] => ({
  wave,
  after,
  limit,
});

function afterWave(ports: CarryOutPorts, record: RolloutRecord): Promise<RolloutRecord> | RolloutRecord {
  return record.wave >= waveOfLatecomers(record.limits)
    ? sweepLatecomers(ports, record)
    : { ...record, wave: record.wave + 1, after: null, judged: NOTHING_JUDGED };
}

async function begun(ports: CarryOutPorts, record: RolloutRecord, uuids: readonly string[]): Promise<RolloutRecord> {
  const tenants = await readRolloutTenants(ports.ledger, record.id, uuids);
  let after: RolloutRecord = { ...record, after: uuids.at(-1) ?? record.after };
  for (const tenant of tenants) {
    const state = await begin(ports, record, tenant);
    await writeRolloutTenants(ports.ledger, record.id, state === null ? [] : [state]);
    if (state !== null) after = withBegun(after, state);
  }
  return after;
}

function withBegun(record: RolloutRecord, { tenantUuid, state }: RolloutTenant): RolloutRecord {
  const { running, hour } = record;
  switch (state) {
    case 'RUNNING':
      return running.includes(tenantUuid)
        ? record
        : { ...record, running: [...running, tenantUuid], hour: { ...hour, begun: hour.begun + 1 } };
    case 'FAILED':
      return { ...record, failed: record.failed + 1 };
    case 'DONE':
      return { ...record, done: record.done + 1 };
    case 'OVERTAKEN':
      return { ...record, overtaken: record.overtaken + 1 };
    case 'WAITING':
    case 'UNCHANGED':
    case 'REFUSED':
      return record;
  }
}

/** What becomes of a tenant whose turn it is; null: it had its turn. Whatever is wrong with one stops no other. */
async function begin(
  { ledger, workflow, watch, log, now }: CarryOutPorts,
  { id: rolloutId, targetHash }: RolloutRecord,
  tenant: RolloutTenant,
): Promise<RolloutTenant | null> {
  const { tenantUuid, run: after } = tenant;
  try {
    if (tenant.state === 'UNCHANGED') {
      const isTaken = await takeConfiguration(ledger, tenantUuid, { rolloutId, targetHash });
      return isTaken ? { ...tenant, state: 'DONE' } : { ...tenant, state: 'OVERTAKEN' };
    }
    if (tenant.state === 'RUNNING') return tenant;
    if (tenant.state !== 'WAITING') return null;
    const begun = await beginRolloutRun(ledger, tenantUuid, { rolloutId, targetHash, after }, now());
    if (begun.verdict === 'left-alone') return { ...tenant, state: 'OVERTAKEN' };
    await watch.watch({ tenantUuid, replicationSequence: begun.run.replicationSequence });
    await startRun(ledger, workflow, { tenantUuid, ...begun.run }).catch((cause: unknown) => {
      log.error('A run could not be started now; WatchRuns will start it', { tenantUuid, ...begun.run }, cause);
    });
    return { ...tenant, state: 'RUNNING', run: begun.run };
  } catch (cause) {
    log.error('A tenant could not be begun; the rollout goes on with the others', { tenantUuid, rolloutId }, cause);
    return { ...tenant, state: 'FAILED', reason: 'It could not be begun; the log of RollOut says why.' };
  }
}
