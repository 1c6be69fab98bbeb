import { type TenantRecord, TenantRecordSchema } from '../domain/records/ledger-records';
import { isToBeBrought, NOTHING_JUDGED, type RolloutRecord, type RolloutTenant } from '../domain/rollout/rollout';
import { counted, hourOf, roomNow, stopReason, waveOfLatecomers, waveOfRetries } from '../domain/rollout/waves';
import { contentOfStored } from '../ledger/base/decide';
import { TENANT_SORT } from '../ledger/base/keys';
import { beginRolloutRun, takeConfiguration } from '../ledger/rollout/rollout-run';
import {
  listRolloutTenants,
  readRolloutTenants,
  readWave,
  writeRolloutTenants,
} from '../ledger/rollout/rollout-tenants';
import { startRun } from '../ledger/runs/start-run';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import { settleRuns, type SettleRunsPorts } from './settle-runs';

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

function withBegun(record: RolloutRecord, tenant: RolloutTenant): RolloutRecord {
  const { running, hour } = record;
  if (tenant.state !== 'RUNNING') return counted(record, tenant);
  return running.includes(tenant.tenantUuid)
    ? record
    : { ...record, running: [...running, tenant.tenantUuid], hour: { ...hour, begun: hour.begun + 1 } };
}

/** It was killed before its end was written down. */
const isOfThisPart = ({ part }: RolloutRecord, tenant: RolloutTenant): boolean => tenant.part === part;

/** What becomes of a tenant whose turn it is; null: it had its turn. Whatever is wrong with one stops no other. */
async function begin(
  { ledger, workflow, watch, log, now }: CarryOutPorts,
  record: RolloutRecord,
  known: RolloutTenant,
): Promise<RolloutTenant | null> {
  const { id: rolloutId, targetHash, part } = record;
  const { tenantUuid, run: after } = known;
  const tenant = { ...known, part };
  try {
    if (known.state === 'UNCHANGED') {
      const isTaken = await takeConfiguration(ledger, tenantUuid, { rolloutId, targetHash });
      return isTaken ? { ...tenant, state: 'DONE' } : { ...tenant, state: 'OVERTAKEN' };
    }
    if (known.state === 'RUNNING') return known;
    if (known.state !== 'WAITING') return isOfThisPart(record, known) ? known : null;
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

const PAGE = 100;

/** Gives those that have failed another turn, after all waves: a page of them at a time. */
export async function retryFailed(ledger: LedgerStore, record: RolloutRecord): Promise<RolloutRecord> {
  const page = await listRolloutTenants(ledger, record.id, { after: record.retrying, limit: PAGE });
  const wave = waveOfRetries(record);
  const failed = page.filter(
    (tenant) => tenant.state === 'FAILED' || (tenant.state === 'WAITING' && isOfThisPart(record, tenant)),
  );
  await writeRolloutTenants(
    ledger,
    record.id,
    failed.map((tenant) => ({ ...tenant, wave, state: 'WAITING', reason: null, part: record.part })),
  );
  return {
    ...record,
    ...(record.landingZone === undefined
      ? {}
      : { landingZone: { ...record.landingZone, single: record.landingZone.single + failed.length } }),
    failed: record.failed - failed.length,
    retrying: page.length < PAGE ? null : (page.at(-1)?.tenantUuid ?? null),
    ...(record.wave === wave ? { after: null } : {}),
  };
}

/**
 * Gives a place in a last wave to tenants that have another configuration still: they were vended, or were busy, while
 * the rollout went on. When there are none the rollout has ended.
 */
async function sweepLatecomers(
  { ledger, now }: { readonly ledger: LedgerStore; readonly now: () => Date },
  record: RolloutRecord,
): Promise<RolloutRecord> {
  const { items, cursor } = await ledger.list({
    label: record.list,
    limit: PAGE,
    ...(record.cursor === null ? {} : { cursor: record.cursor }),
  });
  const behind = items
    .filter(({ key }) => key.sort === TENANT_SORT)
    .map((item) => contentOfStored(TenantRecordSchema, item))
    .filter((tenant) => isToBeBrought(tenant, record));
  const uuids = behind.map(({ tenantUuid }) => tenantUuid);
  const known = await readRolloutTenants(ledger, record.id, uuids);
  const wave = waveOfLatecomers(record.limits);
  const late = behind
    .filter(({ tenantUuid }) => !hasHadItsTurn(known.find((one) => one.tenantUuid === tenantUuid)))
    .map((tenant) => latecomer(tenant, wave));
  await writeRolloutTenants(ledger, record.id, late);
  if (late.length > 0) return { ...record, wave, after: null, ...FROM_THE_BEGINNING };
  if (cursor !== null) return { ...record, wave, cursor };
  if (record.list === 'VENDED') return { ...record, wave, list: 'FAILED', cursor: null };
  return { ...record, status: 'ENDED', endedAt: now().toISOString() };
}

const FROM_THE_BEGINNING = { list: 'VENDED', cursor: null } as const;

/** One that could not be planned, or has failed, is a person's to look at. */
const hasHadItsTurn = (known: RolloutTenant | undefined): boolean =>
  known !== undefined && known.state !== 'OVERTAKEN' && known.state !== 'WAITING';

function latecomer(tenant: TenantRecord, wave: number): RolloutTenant {
  const { tenantUuid, workspaceIdentifier, projectIdentifier, landingZone = null, account } = tenant;
  return {
    tenantUuid,
    workspaceIdentifier,
    projectIdentifier,
    landingZone,
    accountId: account?.id ?? null,
    wave,
    changes: null,
    changesLeftOut: 0,
    refusal: null,
    state: 'WAITING',
    unexpected: false,
    run: null,
    reason: null,
  };
}
