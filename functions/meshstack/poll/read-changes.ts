import { isRelevant, type Touched, touchedBy } from '../domain/touched-tenants';
import type { MeshEventLog } from '../domain/mesh-objects';
import type { SourceRecord } from '../domain/source-records';
import { changeSource, type Poll } from '../../ledger/meshstack/mesh-stack-source';
import type { ListedTenant, TenantFilter } from '../ports/mesh-stack';
import type { PollPorts } from './poll-ports';

/** An event has its instant before it can be read: events are read once more from this long before the newest. */
const OVERLAP_MILLISECONDS = 2 * 60 * 1000;

/**
 * What an event's instant is said by is meshStack's clock, not ours: events are left behind by the newest one that was
 * seen. Where there was none for so long, by our clock: the two differ less.
 */
const CLOCK_MILLISECONDS = 60 * 60 * 1000;

/** Not everything is an event: a role expires, a clock is wrong. Once a day everything is compared. */
const PASS_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Events without a workspace, of users for example, let everything be compared sooner; in a large organization they are
 * many.
 */
const WANTED_PASS_MILLISECONDS = 60 * 60 * 1000;

export type Listed = ReadonlyMap<string, ListedTenant>;

/**
 * Reads what has happened in meshStack since the last time, and writes down which tenants are to be read for that.
 * Events are left behind in the very write that notes their tenants: who is killed before it reads the same events
 * again.
 *
 * @returns the tenants that were listed on the way, so that they need not be asked for again
 */
export async function readChanges(ports: PollPorts, poll: Poll, source: SourceRecord): Promise<Listed> {
  const now = ports.now();
  const { touched, seen, readUntil } = await newEvents(ports, source, now);
  const passWanted = source.passWanted || touched.everything;
  const isPass = passIsDue(source, passWanted, now);
  const listed = await tenantsOf(ports, isPass ? [{}] : touched.workspaces.map(inWorkspace));
  const known = new Set(source.work.filter(({ notBefore }) => notBefore === null).map(({ tenantUuid }) => tenantUuid));
  const added = [...listed.keys()].filter((tenantUuid) => !known.has(tenantUuid));
  const addedSet = new Set(added);
  await changeSource(ports.ledger, poll, (before) => ({
    ...before,
    readUntil,
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
): Promise<{ readonly touched: Touched } & Pick<SourceRecord, 'seen' | 'readUntil'>> {
  const surelyPast = now.getTime() - CLOCK_MILLISECONDS;
  const before = readUntil === null ? surelyPast : Date.parse(readUntil);
  const events = await reader.events(new Date(before - OVERLAP_MILLISECONDS));
  const readable = events.filter((event) => event !== null);
  const relevant = readable.filter(isRelevant);
  const fresh = touchedBy(relevant.filter(({ metadata }) => !seen.includes(metadata.uuid)));
  return {
    // If an event cannot be read, nobody knows which tenant it concerns.
    touched: { ...fresh, everything: fresh.everything || readable.length < events.length },
    seen: relevant.map(({ metadata }) => metadata.uuid),
    readUntil: new Date(Math.max(before, surelyPast, newestOf(readable, now))).toISOString(),
  };
}

/** A clock of meshStack's that goes ahead leaves nothing behind that we have not come to. */
function newestOf(events: readonly MeshEventLog[], now: Date): number {
  const instants = events
    .map(({ metadata }) => Date.parse(metadata.createdAt))
    .filter((instant) => !Number.isNaN(instant));
  const newest = instants.reduce((one, other) => Math.max(one, other), 0);
  return Math.min(newest, now.getTime());
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
