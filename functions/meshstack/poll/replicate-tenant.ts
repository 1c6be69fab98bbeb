import { contentHash } from '../../domain/base/canonical-json';
import { parseDesiredState } from '../../domain/desired-state/desired-state';
import { InvalidRequestError } from '../../domain/base/errors';
import { type DesiredContent, desiredContent, desiredDeletion, withoutPeople } from '../domain/desired-content';
import { type LifecycleState, lifecycleState } from '../domain/lifecycle-state';
import type { MeshTenant } from '../domain/mesh-objects';
import { meshTenantFaults } from '../domain/mesh-tenant-faults';
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
 * Reads one tenant with all that it is made of, and puts it on the bus if it is not what was told last: intent, event,
 * and that it is done, in this order.
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
  const isUnheard = known?.published == null && known?.pending == null;
  const standing = await standingOf(ports, tenant);
  // Gone, or about to be, before anybody has heard of it.
  if (isUnheard && (standing === 'DELETED' || standing === 'AWAITS_APPROVAL')) return 'done';
  const { number } = known ?? (await knowSourceTenant(ledger, key, configuration.firstTenantPlatformNumber));
  const content = await contentOf(ports, projects, { tenant, standing, number });
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

type Standing = LifecycleState | 'AWAITS_APPROVAL';

/**
 * meshStack marks a tenant for deletion when that is asked for; somebody may have to approve it first, or reject it.
 */
async function standingOf({ reader }: PollPorts, tenant: MeshTenant): Promise<Standing> {
  const state = lifecycleState(tenant);
  const { ownedByWorkspace, ownedByProject } = tenant.metadata;
  const mayAwait = state === 'MARKED_FOR_DELETION';
  return mayAwait && (await reader.awaitsApproval(ownedByWorkspace, ownedByProject)) ? 'AWAITS_APPROVAL' : state;
}

interface Seen {
  readonly tenant: MeshTenant;
  readonly standing: Standing;
  readonly number: number;
}

/** Held against the contract of desired states before anybody is told: Intake would only refuse it later. */
async function contentOf({ configuration }: PollPorts, projects: ProjectReader, seen: Seen): Promise<DesiredContent> {
  const content = await readContent(configuration, projects, seen);
  const checked = parseDesiredState({ replicationSequence: 0, ...content });
  if (!checked.ok) throw new InvalidRequestError(checked.faults);
  return content;
}

async function readContent(
  configuration: PollPorts['configuration'],
  projects: ProjectReader,
  { tenant, standing, number }: Seen,
): Promise<DesiredContent> {
  switch (standing) {
    case 'ACTIVE':
      return desiredContent(configuration, tenant, number, await projects(tenant));
    case 'AWAITS_APPROVAL':
      return withoutPeople(desiredContent(configuration, tenant, number, await projects(tenant)));
    case 'MARKED_FOR_DELETION':
    case 'DELETED':
      return desiredDeletion(configuration, tenant, number);
  }
}
