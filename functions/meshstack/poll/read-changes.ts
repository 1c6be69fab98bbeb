import { isRelevant, type Touched, touchedBy } from '../../domain/meshstack/touched-tenants';
import type { SourceRecord } from '../../domain/meshstack/source-records';
import { changeSource, type Poll } from '../../ledger/meshstack/source';
import type { ListedTenant, TenantFilter } from '../../ports/mesh-stack';
import type { PollPorts } from './poll-ports';

/** An event has its instant before it can be read: what was read is read once more, this far back. */
const OVERLAP_MILLISECONDS = 2 * 60 * 1000;

/** Not everything is an event: a role expires, a clock is wrong. Once a day everything is compared. */
const PASS_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Events without a workspace, of users for example, let everything be compared sooner; in a large organization they are many. */
const WANTED_PASS_MILLISECONDS = 60 * 60 * 1000;

export type Listed = ReadonlyMap<string, ListedTenant>;

/**
 * Reads what has happened in meshStack since the last time, and writes down which tenants are to be read for that. Events are left behind in
 * the very write that notes their tenants: who is killed before it reads the same events again.
 *
 * @returns the tenants that were listed on the way, so that they need not be asked for again
 */
export async function readChanges(ports: PollPorts, poll: Poll, source: SourceRecord): Promise<Listed> {
  const now = ports.now();
  const { touched, seen } = await newEvents(ports, source, now);
  const passWanted = source.passWanted || touched.everything;
  const isPass = passIsDue(source, passWanted, now);
  const listed = await tenantsOf(ports, isPass ? [{}] : touched.workspaces.map(inWorkspace));
  const known = new Set(source.work.filter(({ notBefore }) => notBefore === null).map(({ tenantUuid }) => tenantUuid));
  const added = [...listed.keys()].filter((tenantUuid) => !known.has(tenantUuid));
  const addedSet = new Set(added);
  await changeSource(ports.ledger, poll, (before) => ({
    ...before,
    readUntil: now.toISOString(),
    seen: [...seen],
    lastPassAt: isPass ? now.toISOString() : before.lastPassAt,
    passWanted: passWanted && !isPass,
    work: [
      ...before.work.filter(({ tenantUuid }) => !addedSet.has(tenantUuid)),
      ...added.map((tenantUuid) => ({ tenantUuid, notBefore: null })),
    ],
  }));
  return listed;
}

const inWorkspace = (workspaceIdentifier: string): TenantFilter => ({ workspaceIdentifier });

function passIsDue({ lastPassAt }: SourceRecord, isWanted: boolean, now: Date): boolean {
  if (lastPassAt === null) return true;
  const since = now.getTime() - Date.parse(lastPassAt);
  return since >= (isWanted ? WANTED_PASS_MILLISECONDS : PASS_MILLISECONDS);
}

async function newEvents(
  { reader }: PollPorts,
  { readUntil, seen }: SourceRecord,
  now: Date,
): Promise<{ readonly touched: Touched; readonly seen: readonly string[] }> {
  const until = readUntil === null ? now.getTime() : Date.parse(readUntil);
  const events = await reader.events(new Date(until - OVERLAP_MILLISECONDS), now);
  const readable = events.filter((event) => event !== null);
  const relevant = readable.filter(isRelevant);
  const fresh = touchedBy(relevant.filter(({ metadata }) => !seen.includes(metadata.uuid)));
  return {
    // Of an event that cannot be read nobody knows whom it concerns.
    touched: { ...fresh, everything: fresh.everything || readable.length < events.length },
    seen: relevant.map(({ metadata }) => metadata.uuid),
  };
}

async function tenantsOf({ reader, log }: PollPorts, filters: readonly TenantFilter[]): Promise<Listed> {
  const listed = new Map<string, ListedTenant>();
  for (const filter of filters) {
    for (const tenant of await reader.tenants(filter)) {
      if (tenant.uuid === null) log.warn('meshStack lists a tenant without a uuid; it cannot be vended', { ...filter });
      else listed.set(tenant.uuid, tenant);
    }
  }
  return listed;
}
