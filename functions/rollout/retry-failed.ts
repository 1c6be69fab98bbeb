import type { RolloutRecord } from '../domain/rollout/rollout';
import { waveOfLatecomers } from '../domain/rollout/waves';
import { listRolloutTenants, writeRolloutTenants } from '../ledger/rollout/rollout-tenants';
import type { LedgerStore } from '../ports/ledger-store';

const PAGE = 100;

/** Gives those that have failed another turn, after all waves: a page of them at a time. */
export async function retryFailed(ledger: LedgerStore, record: RolloutRecord): Promise<RolloutRecord> {
  const after = record.retrying === '' ? null : record.retrying;
  const page = await listRolloutTenants(ledger, record.id, { after, limit: PAGE });
  const wave = waveOfLatecomers(record.limits);
  const failed = page.filter(({ state }) => state === 'FAILED');
  await writeRolloutTenants(
    ledger,
    record.id,
    failed.map((tenant) => ({ ...tenant, wave, state: 'WAITING', reason: null })),
  );
  return {
    ...record,
    failed: record.failed - failed.length,
    retrying: page.length < PAGE ? null : (page.at(-1)?.tenantUuid ?? null),
    ...(record.wave === wave ? { after: null } : {}),
  };
}
