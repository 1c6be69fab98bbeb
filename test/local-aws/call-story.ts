import type { Call } from '../../sandbox/organization/call-log';
import type { Organization } from '../../sandbox/organization/organization';
import type { Session } from '../../sandbox/organization/organization-state';

/** What one invocation of a state's function has asked of AWS. */
export interface Invocation {
  readonly state: string;
  readonly calls: readonly Call[];
}

/** A tenant, and what its account got from AWS. */
export interface TenantMarks {
  readonly tenantUuid: string;
  readonly accountId: string;
  readonly email: string;
}

/** All that the functions have asked of AWS for one tenant, oldest first. */
export function invocationsFor(organization: Organization, tenant: TenantMarks): readonly Invocation[] {
  const marks = new Set(Object.values(tenant) as string[]);
  return invocationsOf(organization).filter(({ calls }) => {
    const isMarked = calls.some(({ input, principal }) => mentions(JSON.stringify([input, principal?.arn]), marks));
    // An id that AWS has given out in its course is the tenant's from then on.
    if (isMarked) for (const id of calls.flatMap(givenIds)) marks.add(id);
    return isMarked;
  });
}

/**
 * The same without what differs from run to run: ids and times are masked, and of several looks or tries in a row only
 * the one that went furthest counts.
 */
export function storyOf(invocations: readonly Invocation[], tenant: TenantMarks): readonly StoryPart[] {
  const parts = invocations.map(({ state, calls }) => ({
    state,
    calls: calls.map(({ service, operation, input }) => `${service}:${operation} ${masked(input, tenant)}`),
  }));
  return withCountedIds(
    parts.filter((part, index) => !goesOn(part, parts[index + 1])),
    tenant,
  );
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

function goesOn(part: StoryPart, next: StoryPart | undefined): boolean {
  return next?.state === part.state && part.calls.every((call, index) => call === next.calls[index]);
}

/** Each session belongs to the invocation that took it, and so does every call that is made with it. */
function invocationsOf({ calls, state }: Organization): readonly Invocation[] {
  const byAccessKey = state.sessions;
  const takenBy = new Map<Session, Call[]>();
  const invocations: Invocation[] = [];
  for (const call of calls) {
    if (call.callerFunction === null) continue;
    const session = call.principal?.kind === 'session' ? call.principal.session : undefined;
    const known = session && takenBy.get(session);
    const own = known ?? [];
    own.push(call);
    if (known === undefined) invocations.push({ state: call.callerFunction, calls: own });
    const taken = byAccessKey.get(accessKeyIn(call.output));
    if (taken !== undefined) takenBy.set(taken, own);
  }
  return invocations;
}

const accessKeyIn = (output: { readonly Credentials?: { readonly AccessKeyId?: string } } | undefined): string =>
  output?.Credentials?.AccessKeyId ?? '';

const GIVEN_ID = /\b(car|rec|pp)-[0-9a-z]{8,}\b/g;

const givenIds = ({ output }: Call): readonly string[] => JSON.stringify(output ?? {}).match(GIVEN_ID) ?? [];

const mentions = (text: string, marks: ReadonlySet<string>): boolean => [...marks].some((mark) => text.includes(mark));

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
