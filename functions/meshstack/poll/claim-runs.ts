import { InvalidRequestError } from '../../domain/base/errors';
import { reportWithoutTenant } from '../domain/block-run-report';
import type { MeshBuildingBlockRun } from '../domain/mesh-objects';
import { changeSource, type Poll } from '../../ledger/meshstack/source';
import { knowSourceTenant, rememberBlockRun } from '../../ledger/meshstack/source-tenant';
import type { BlockRunReporter } from '../ports/mesh-stack';
import type { PollPorts } from './poll-ports';

/** In one poll; others wait for the next. */
const MOST_CLAIMS = 20;

/**
 * Takes the building block runs that wait for us, and remembers each with its tenant. meshStack hands out a run once
 * and lists none: one whose claim was answered and not written down is not told how it goes; running it again in
 * meshStack is.
 */
export async function claimRuns(ports: PollPorts, poll: Poll): Promise<void> {
  const { reporter } = ports;
  if (reporter === null) return;
  for (let claims = 0; claims < MOST_CLAIMS && ports.now() < ports.endsAt; claims += 1) {
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
  const [first] = tenants.toSorted((one, other) => deletedOn(other).localeCompare(deletedOn(one)));
  return (tenants.find((tenant) => deletedOn(tenant) === '') ?? first)?.metadata.uuid ?? null;
}

const deletedOn = ({ metadata }: { readonly metadata: { readonly deletedOn?: string | null | undefined } }): string =>
  metadata.deletedOn ?? '';
