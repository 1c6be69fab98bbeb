import type { Call } from '../../sandbox/organization/call-log';
import type { Organization } from '../../sandbox/organization/organization';

/** What a state's function has asked of AWS until another state's function has, however often it was called. */
export interface Visit {
  readonly state: string;
  readonly calls: readonly Call[];
}

/** A tenant, and what its account got from AWS. */
export interface TenantMarks {
  readonly tenantUuid: string;
  readonly accountId: string;
  readonly email: string;
}

/** All that the functions have asked of AWS for one tenant, oldest first. The names of sessions tell tenants apart. */
export function visitsFor({ calls }: Organization, tenant: TenantMarks): readonly Visit[] {
  const marks = Object.values(tenant) as string[];
  const visits: { readonly state: string; readonly calls: Call[] }[] = [];
  for (const call of calls) {
    const told = JSON.stringify([call.input, call.principal?.arn]);
    if (call.callerFunction === null || !marks.some((mark) => told.includes(mark))) continue;
    const last = visits.at(-1);
    if (last?.state === call.callerFunction) last.calls.push(call);
    else visits.push({ state: call.callerFunction, calls: [call] });
  }
  return visits;
}

/**
 * The same without what differs from run to run: ids and times are masked, and of equal calls in one visit only the
 * first counts. How often a function looks, and takes a session that its container has not kept, depends on the clock.
 */
export function storyOf(visits: readonly Visit[], tenant: TenantMarks): readonly StoryPart[] {
  const parts = visits.map(({ state, calls }) => ({
    state,
    calls: calls.map(({ service, operation, input }) => `${service}:${operation} ${masked(input, tenant)}`),
  }));
  return withCountedIds(parts, tenant).map(({ state, calls }) => ({ state, calls: [...new Set(calls)] }));
}

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/**
 * What AWS has drawn (groups, memberships, requests for assignments) is told by the order in which it comes up first:
 * the same one stays the same.
 */
function withCountedIds(parts: readonly StoryPart[], { tenantUuid }: TenantMarks): readonly StoryPart[] {
  const known = new Map([[tenantUuid, tenantUuid]]);
  const counted = (id: string): string => {
    const name = known.get(id) ?? `<id ${known.size}>`;
    known.set(id, name);
    return name;
  };
  return parts.map(({ state, calls }) => ({ state, calls: calls.map((call) => call.replaceAll(UUID, counted)) }));
}

export interface StoryPart {
  readonly state: string;
  readonly calls: readonly string[];
}

const GIVEN_ID = /\b(car|rec|pp)-[0-9a-z]{8,}\b/g;

/** At the end of a name that tells the content apart, and the content names the account. */
const HASH = /-[0-9a-f]{16}\b/g;

/** Names made of an account's id or of a time, to begin the same request once. */
const TOKENS: ReadonlySet<string> = new Set(['ProvisionToken', 'UpdateToken', 'OperationId', 'ClientRequestToken']);

function masked(input: unknown, { accountId }: TenantMarks): string {
  return JSON.stringify(input, (key, value: unknown) => (TOKENS.has(key) ? '<token>' : value))
    .replaceAll(accountId, '<account>')
    .replaceAll(GIVEN_ID, '<$1>')
    .replaceAll(HASH, '-<hash>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<time>');
}
