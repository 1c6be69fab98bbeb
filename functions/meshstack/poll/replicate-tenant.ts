import { contentHash } from '../../domain/canonical-json';
import { parseDesiredState } from '../../domain/desired-state';
import { InvalidRequestError } from '../../domain/errors';
import { type DesiredContent, desiredContent, desiredDeletion } from '../../domain/meshstack/desired-content';
import { lifecycleState } from '../../domain/meshstack/lifecycle-state';
import type { MeshTenant } from '../../domain/meshstack/mesh-objects';
import { meshTenantFaults } from '../../domain/meshstack/mesh-tenant-faults';
import {
  intendPublication,
  knowSourceTenant,
  readSourceTenant,
  settlePublication,
} from '../../ledger/meshstack/source-tenant';
import type { PollPorts } from './poll-ports';
import type { Listed } from './read-changes';
import type { ProjectReader } from './read-projects';

/** What the tenants of one poll share. */
export interface Reading {
  readonly platform: string;
  readonly listed: Listed;
  readonly projects: ProjectReader;
}

/**
 * Reads one tenant with all that it is made of, and puts it on the bus if it is not what was told last: intent, event, and that it is done, in this order.
 *
 * @throws InvalidRequestError when something of it cannot be read
 */
export async function replicateTenant(
  ports: PollPorts,
  { platform, listed, projects }: Reading,
  tenantUuid: string,
): Promise<'done' | 'overtaken'> {
  const readAt = ports.now();
  const { ledger, configuration } = ports;
  const key = { platform, tenantUuid };
  const tenant = await tenantOf(ports, listed, tenantUuid);
  if (tenant === undefined) return 'done';
  const known = await readSourceTenant(ledger, key);
  // Gone before anybody has heard of it.
  if (lifecycleState(tenant) === 'DELETED' && known?.published == null && known?.pending == null) return 'done';
  const { number } = known ?? (await knowSourceTenant(ledger, key, configuration.firstTenantPlatformNumber));
  const content = await contentOf(ports, projects, tenant, number);
  const intent = await intendPublication(ledger, key, contentHash(content), readAt);
  if (intent.kind !== 'publish') return intent.kind === 'unchanged' ? 'done' : 'overtaken';
  const { replicationSequence } = intent.publication;
  await ports.publisher.publish({ replicationSequence, ...content });
  await settlePublication(ledger, key, intent.publication);
  ports.log.info('A desired state was put on the bus', { tenantUuid, replicationSequence });
  return 'done';
}

async function tenantOf(
  { reader, configuration }: PollPorts,
  listed: Listed,
  tenantUuid: string,
): Promise<MeshTenant | undefined> {
  const seen = listed.get(tenantUuid)?.tenant;
  if (seen?.ok === false) throw new InvalidRequestError(seen.faults);
  const tenant = seen?.value ?? (await reader.tenant(tenantUuid));
  const faults = tenant === undefined ? [] : meshTenantFaults(configuration, tenant);
  if (faults.length > 0) throw new InvalidRequestError(faults);
  return tenant;
}

/** Held against the contract of desired states before anybody is told: Intake would only refuse it later. */
async function contentOf(
  { configuration }: PollPorts,
  projects: ProjectReader,
  tenant: MeshTenant,
  number: number,
): Promise<DesiredContent> {
  const content =
    lifecycleState(tenant) === 'ACTIVE'
      ? desiredContent(configuration, tenant, number, await projects(tenant))
      : desiredDeletion(configuration, tenant, number);
  const checked = parseDesiredState({ replicationSequence: 0, ...content });
  if (!checked.ok) throw new InvalidRequestError(checked.faults);
  return content;
}
