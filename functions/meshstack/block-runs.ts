import { contentHash } from '../domain/base/json';
import { InvalidRequestError } from '../domain/base/errors';
import {
  changeSource,
  type Poll,
  readSource,
  knowSourceTenant,
  readSourceTenant,
  recordReport,
  rememberBlockRun,
  type SourceTenant,
} from '../ledger/meshstack/mesh-stack-source';
import { readRun, readTenant } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import { blockRunReport, isOver, reportWithoutTenant, type VendingState } from './domain/block-run-report';
import type { MeshBuildingBlockRun } from './domain/mesh-objects';
import type { PollPorts } from './poll/poll-ports';
import type { BlockRunReporter } from './ports/mesh-stack';

/** In one poll; others wait for the next. */
const MAX_CLAIMS = 20;

/**
 * Takes the building block runs that wait for us, and remembers each with its tenant. meshStack hands out a run once
 * and lists none: one whose claim was answered and not written down is not told how it goes; running it again in
 * meshStack is.
 */
export async function claimRuns(ports: PollPorts, poll: Poll): Promise<void> {
  const { reporter } = ports;
  if (reporter === null) return;
  for (let claims = 0; claims < MAX_CLAIMS && ports.now() < ports.endsAt; claims += 1) {
    try {
      const run = await reporter.claim();
      if (run === undefined) return;
      await take(ports, poll, reporter, run);
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      ports.log.error('A building block run cannot be read; it is left alone', { faults: error.message }, error);
    }
  }
}

async function take(
  ports: PollPorts,
  poll: Poll,
  reporter: BlockRunReporter,
  { metadata: { uuid }, spec: { behavior, buildingBlock } }: MeshBuildingBlockRun,
): Promise<void> {
  const tenantUuid = await tenantOf(ports, buildingBlock.spec);
  if (tenantUuid === null) {
    await reporter.register(uuid, reportWithoutTenant());
    await reporter.update(uuid, reportWithoutTenant());
    return;
  }
  const tenant = { platform: poll.platform, tenantUuid };
  await knowSourceTenant(ports.ledger, tenant, ports.configuration.firstTenantPlatformNumber);
  await rememberBlockRun(ports.ledger, tenant, { uuid, behavior });
  await changeSource(ports.ledger, poll, (source) => ({
    ...source,
    reporting: [...new Set([...source.reporting, tenantUuid])],
  }));
}

/** A project has one tenant on a platform; of those before it, which are deleted, the run is not. */
async function tenantOf(
  { reader, configuration: { platformIdentifier } }: PollPorts,
  spec: MeshBuildingBlockRun['spec']['buildingBlock']['spec'],
): Promise<string | null> {
  if (spec.fullPlatformIdentifier !== platformIdentifier) return null;
  const { workspaceIdentifier, projectIdentifier } = spec;
  const listed = await reader.tenants({ workspaceIdentifier, projectIdentifier });
  const tenants = listed.flatMap(({ tenant }) => (tenant.ok ? [tenant.value] : []));
  const [newest] = tenants.toSorted((one, other) => (other.deletedOn ?? '').localeCompare(one.deletedOn ?? ''));
  return (tenants.find(({ lifecycle }) => lifecycle !== 'DELETED') ?? newest)?.uuid ?? null;
}

/** Tells every building block run that is not over how its vending stands, where that has changed. */
export async function reportBlockRuns(
  { ledger, reporter }: { readonly ledger: LedgerStore; readonly reporter: BlockRunReporter | null },
  poll: Poll,
): Promise<void> {
  if (reporter === null) return;
  const { reporting } = await readSource(ledger, poll.platform);
  const over = new Set<string>();
  for (const tenantUuid of reporting) {
    const state = await reportBlockRun(ledger, reporter, { platform: poll.platform, tenantUuid });
    if (state === 'over') over.add(tenantUuid);
  }
  if (over.size === 0) return;
  await changeSource(ledger, poll, (source) => ({
    ...source,
    reporting: source.reporting.filter((tenantUuid) => !over.has(tenantUuid)),
  }));
}

/**
 * Tells the building block run of a tenant how its vending stands: what the ledger says, not what an event has said, so
 * that late and doubled events do no harm. The same is not told twice, unless somebody was killed before it was written
 * down.
 *
 * @returns `over` when nothing more is to be told
 */
export async function reportBlockRun(
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
