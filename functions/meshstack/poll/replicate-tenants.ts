import { contentHash } from '../../domain/base/canonical-json';
import { InvalidRequestError } from '../../domain/base/errors';
import { changeSource, type Poll, readSource } from '../../ledger/meshstack/source';
import { knowSourceTenant, recordFault } from '../../ledger/meshstack/source-tenant';
import { readProjects } from './read-projects';
import type { PollPorts } from './poll-ports';
import type { Listed } from './read-changes';
import { replicateTenant, type Reading } from './replicate-tenant';

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
