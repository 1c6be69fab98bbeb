import { isAsPlanned } from '../domain/rollout/change-groups';
import { countedEnd } from '../domain/rollout/waves';
import type { RolloutRecord, RolloutTenant } from '../domain/rollout/rollout';
import type { RunRecord } from '../domain/records/ledger-records';
import { changesOfRun } from '../domain/run/changes-of-run';
import { readRolloutTenants, writeRolloutTenants } from '../ledger/rollout/rollout-tenants';
import { readRun } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';

export interface SettleRunsPorts {
  readonly ledger: LedgerStore;
}

/** Writes down how runs have ended. Killed in between, the same is written again, and counted once. */
export async function settleRuns({ ledger }: SettleRunsPorts, record: RolloutRecord): Promise<RolloutRecord> {
  const tenants = await readRolloutTenants(ledger, record.id, record.running);
  let after = record;
  for (const tenant of tenants) {
    if (tenant.run === null) continue;
    const run = await readRun(ledger, { tenantUuid: tenant.tenantUuid, ...tenant.run });
    const settled = settledTenant(tenant, run);
    if (settled === null) continue;
    await writeRolloutTenants(ledger, record.id, [settled]);
    after = withoutRun(countedEnd(after, settled), settled);
  }
  return after;
}

const withoutRun = (record: RolloutRecord, { tenantUuid }: RolloutTenant): RolloutRecord => ({
  ...record,
  running: record.running.filter((uuid) => uuid !== tenantUuid),
});

/** Null: its run goes on. */
function settledTenant(tenant: RolloutTenant, run: RunRecord | undefined): RolloutTenant | null {
  switch (run?.status) {
    case 'ACCEPTED':
    case 'RUNNING':
      return null;
    case 'VENDED':
      return { ...tenant, state: 'DONE', unexpected: hasSurprised(tenant, run) };
    case 'FAILED':
      return { ...tenant, state: 'FAILED', reason: reasonOf(run) };
    case 'SUPERSEDED':
    case 'CLOSED':
    case 'SHADOWED':
    case undefined:
      return { ...tenant, state: 'OVERTAKEN' };
  }
}

const hasSurprised = ({ changes, changesLeftOut }: RolloutTenant, run: RunRecord): boolean =>
  changesLeftOut === 0 && !isAsPlanned(changes, changesOfRun(run).changes);

const reasonOf = ({ error }: RunRecord): string | null => error?.message ?? null;
