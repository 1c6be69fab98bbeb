import { contentHash } from '../../domain/base/json';
import { InvalidRequestError } from '../../domain/base/errors';
import { parseDesiredState } from '../../domain/desired-state/desired-state';
import {
  changeSource,
  type Poll,
  readSource,
  intendPublication,
  knowSourceTenant,
  readSourceTenant,
  recordFault,
  settlePublication,
} from '../../ledger/meshstack/mesh-stack-source';
import {
  desiredContent,
  type DesiredContent,
  desiredDeletion,
  meshTenantFaults,
  withoutPeople,
} from '../domain/desired-content';
import type { LifecycleState, MeshTenant } from '../domain/mesh-objects';
import type { PollPorts } from './poll-ports';
import type { Listed } from './read-changes';
import { type ProjectReader, readProjects } from './read-projects';

/** Progress is written down this often: a poll that is killed reads no more than these twice. */
const CHUNK = 25;

/** A tenant that cannot be read is looked at again by then, or when something of it changes. */
const FAULT_PAUSE_MILLISECONDS = 60 * 60 * 1000;

type Work = readonly { readonly tenantUuid: string; readonly notBefore: string | null }[];

/**
 * Reads the tenants that are to be read, one after the other, and puts on the bus those that have changed. The rest of
 * a long list waits for the next poll.
 */
export async function replicateTenants(ports: PollPorts, poll: Poll, listed: Listed): Promise<void> {
  const { work } = await readSource(ports.ledger, poll.platform);
  const due = work.filter(({ notBefore }) => notBefore === null || new Date(notBefore) <= ports.now());
  const reading: Reading = { platform: poll.platform, listed, projects: readProjects(ports.reader) };
  for (let from = 0; from < due.length && ports.now() < ports.endsAt; from += CHUNK) {
    const isOurs = await replicateChunk(ports, poll, reading, due.slice(from, from + CHUNK));
    if (!isOurs) return;
  }
}

/** Also where meshStack stops answering, what was done is done. */
async function replicateChunk(ports: PollPorts, poll: Poll, reading: Reading, chunk: Work): Promise<boolean> {
  const next = new Map<string, string | null>();
  try {
    for (const { tenantUuid } of chunk) {
      if (ports.now() >= ports.endsAt) break;
      const outcome = await replicateOrExplain(ports, reading, tenantUuid);
      if (outcome !== 'overtaken') next.set(tenantUuid, outcome === 'unreadable' ? later(ports.now()) : null);
    }
  } finally {
    const { ledger } = ports;
    const source = await changeSource(ledger, poll, (before) => ({ ...before, work: remaining(before.work, next) }));
    if (source === undefined) next.clear();
  }
  return next.size > 0;
}

const later = (now: Date): string => new Date(now.getTime() + FAULT_PAUSE_MILLISECONDS).toISOString();

const remaining = (
  work: Work,
  next: ReadonlyMap<string, string | null>,
): { tenantUuid: string; notBefore: string | null }[] =>
  work.flatMap(({ tenantUuid, notBefore }) => {
    const again = next.get(tenantUuid);
    if (again === undefined) return [{ tenantUuid, notBefore }];
    return again === null ? [] : [{ tenantUuid, notBefore: again }];
  });

/** A tenant that cannot be read stops nobody else. */
async function replicateOrExplain(
  ports: PollPorts,
  reading: Reading,
  tenantUuid: string,
): Promise<'done' | 'overtaken' | 'unreadable'> {
  try {
    return await replicateTenant(ports, reading, tenantUuid);
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    const tenant = { platform: reading.platform, tenantUuid };
    await knowSourceTenant(ports.ledger, tenant, ports.configuration.firstTenantPlatformNumber);
    const isNews = await recordFault(ports.ledger, tenant, contentHash(error.message));
    const keys = { tenantUuid, faults: error.message };
    if (isNews) ports.log.error('A tenant of meshStack cannot be read; it is looked at again every hour', keys, error);
    return 'unreadable';
  }
}

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
async function replicateTenant(
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
  const standing = await statusOf(ports, tenant);
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
 * Where meshStack cannot say whether that was done, an account stays until its tenant is deleted: closing one that
 * nobody has approved cannot be undone.
 */
async function statusOf({ reader, configuration, log }: PollPorts, tenant: MeshTenant): Promise<Standing> {
  const { uuid: tenantUuid, ownedByWorkspace, ownedByProject, lifecycle: state } = tenant;
  const mayAwait = state === 'MARKED_FOR_DELETION' && configuration.deletionsNeedApproval;
  if (!mayAwait) return state;
  const awaits = await reader.awaitsApproval(ownedByWorkspace, ownedByProject);
  if (awaits === undefined) log.warn(APPROVAL_UNKNOWN, { tenantUuid, remedy: APPROVAL_REMEDY });
  return awaits === false ? state : 'AWAITS_APPROVAL';
}

const APPROVAL_UNKNOWN =
  'This meshStack does not serve meshTenant v3, which tells whether a deletion is approved; the account stays until the tenant is deleted';

const APPROVAL_REMEDY =
  'If every landing zone of the platform approves deletions by itself, set meshStack.deletionsNeedApproval to false in platform.json and deploy. ' +
  'Otherwise delete the tenant in meshStack, or send its deletion to the API.';

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
