import { contentHash } from '../../domain/base/canonical-json';
import { blockRunReport, isOver, type VendingState } from '../domain/block-run-report';
import { readSourceTenant, recordReport, type SourceTenant } from '../../ledger/meshstack/source-tenant';
import { readRun, readTenant } from '../../ledger/tenants/tenant-items';
import type { LedgerStore } from '../../ports/ledger-store';
import type { BlockRunReporter } from '../ports/mesh-stack';

/**
 * Tells the building block run of a tenant how its vending stands: what the ledger says, not what an event has said, so
 * that late and doubled events do no harm. The same is not told twice, unless somebody was killed before it was written
 * down.
 *
 * @returns `over` when nothing more is to be told
 */
export async function tellBlockRun(
  ledger: LedgerStore,
  reporter: BlockRunReporter,
  { platform, tenantUuid }: SourceTenant,
): Promise<'over' | 'open'> {
  const record = await readSourceTenant(ledger, { platform, tenantUuid });
  const blockRun = record?.blockRun ?? null;
  if (record === undefined || blockRun === null || blockRun.isOver) return 'over';
  const latest = record.pending ?? record.published;
  const report = blockRunReport(blockRun, { ...(await vendingOf(ledger, tenantUuid)), latest });
  const reportHash = contentHash(report);
  if (reportHash === blockRun.reportHash) return 'open';
  if (!blockRun.isRegistered) await reporter.register(blockRun.uuid, report);
  await reporter.update(blockRun.uuid, report);
  const told = { ...blockRun, isRegistered: true, reportHash, isOver: isOver(report) };
  await recordReport(ledger, { platform, tenantUuid }, told);
  return told.isOver ? 'over' : 'open';
}

async function vendingOf(ledger: LedgerStore, tenantUuid: string): Promise<Pick<VendingState, 'tenant' | 'run'>> {
  const tenant = await readTenant(ledger, tenantUuid);
  const lastRun = tenant?.lastRun ?? null;
  return { tenant, run: lastRun === null ? undefined : await readRun(ledger, { tenantUuid, ...lastRun }) };
}
