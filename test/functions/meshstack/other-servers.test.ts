import { contentHash } from '../../../functions/domain/base/json';
import { operationOf, problems, tenantProblems } from '../../../sandbox/runtime/meshstack/description';
import { releasedTenantProblems } from '../../../sandbox/runtime/meshstack/released-tenant';
import { MeshWorld, twoTenants } from './mesh-world';

/*
 * Servers that others write from meshStack's public description of its API. Each answers what the small server of the
 * sandbox does, as the description allows it to be said: every rewritten answer is held against it here once more.
 */

type Json = Record<string, unknown>;

/** Fields of objects that the description has as optional and nullable, by kind; lists of kinds that may be empty. */
const NULLABLE: Readonly<Record<string, readonly string[]>> = {
  meshTenant: ['metadata.createdOn', 'spec.platformTenantId'],
  meshProject: ['spec.paymentMethodIdentifier', 'spec.substitutePaymentMethodIdentifier', 'metadata.createdOn'],
  meshWorkspace: ['metadata.deletedOn', 'spec.platformBuilderAccessEnabled'],
  meshPaymentMethod: ['spec.amount', 'spec.expirationDate', 'spec.tags'],
  meshUser: ['metadata.uuid', 'spec.euid', 'spec.tags'],
  meshEventLog: ['spec.previousContent', 'spec.workspaceRef'],
};

/** The instants of the preview, which the released version does not have. */
const INSTANTS = ['metadata.markedForDeletionOn', 'metadata.deletedOn'];

describe.each(['v4', 'v4-preview'] as const)('A server of somebody else, with meshTenant %s,', (version) => {
  it.each<[what: string, habit: Partial<Habit>]>([
    ['that says more than is described', { object: withMore }],
    ['that says null for what there is not', { object: (kind, object) => changeFields(kind, object, setNull) }],
    ['that leaves out what there is not', { object: (kind, object) => changeFields(kind, object, leaveOut) }],
    ['whose links lead to the next page, on another host', { page: next((url) => `https://other.example${url}`) }],
    ['whose links are paths', { page: next((url) => url) }],
    ['whose links are queries', { page: next((url) => url.replace(/^[^?]*/u, '')) }],
    ['that counts pages and has no links to them', { page: counted }],
    ['that has a null link behind the last page', { page: lastIsNull }],
    ['that leaves out an empty list of bindings', { page: withoutEmpty(() => undefined) }],
    ['that has null for an empty list', { page: withoutEmpty(() => null), isDescribed: false }],
  ])('%s is polled without a fault', async (_, habit) => {
    const world = new MeshWorld({}, version);
    twoTenants(world);
    const wrong = speakLike(world, {
      object: (__, object) => object,
      page: (page) => page,
      isDescribed: true,
      ...habit,
    });
    const plain = new MeshWorld({}, version);
    twoTenants(plain);

    expect(await world.poll()).toBe('done');
    await plain.poll();

    expect(wrong).toEqual([]);
    expect(world.said.filter(({ level }) => level !== 'info')).toEqual([]);
    expect(world.figures.at(-1)).toEqual({ MeshStackRefused: 0, MeshStackUnreadableTenants: 0, MeshStackProblems: 0 });
    const told = (of: MeshWorld): unknown =>
      of.published.map((state) => contentHash({ ...state, replicationSequence: 0 }));
    expect(told(world)).toEqual(told(plain));
    const people = world.published.map(({ userPermissions }) => userPermissions?.map(({ username }) => username));
    expect(people).toEqual([['jane', 'omar'], ['mei']]);

    // A change is found, and the deletion that nobody has to approve.
    const [shop] = world.model.tenants.keys();
    world.pass(300);
    world.model.addUserRole('retail', 'webshop-dev', 'mei', 'Project Reader');
    world.pass(3700);
    await world.poll();
    world.model.markForDeletion(shop ?? '');
    world.pass(3700);
    await world.poll();
    const states = world.published.slice(2).map(({ tenant }) => tenant.status.lifecycle.state);
    expect(states).toEqual(['ACTIVE', 'MARKED_FOR_DELETION']);
  });
});

interface Habit {
  readonly object: (kind: string, object: Json) => Json;
  readonly page: (page: Json, url: URL) => Json;
  /** The description allows it; where it does not, meshcloud's own client would take it all the same. */
  readonly isDescribed: boolean;
}

/** @returns what of the answers is not as described; filled while the world is polled */
function speakLike(world: MeshWorld, habit: Habit): readonly string[] {
  const wrong: string[] = [];
  const { respond } = world.server;
  const speak = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    // Pages of one object, where a size can be asked for.
    if (url.searchParams.has('size')) url.searchParams.set('size', '1');
    const accept = request.headers.get('accept') ?? '';
    const response = await respond(request.method === 'GET' ? new Request(url, request) : request);
    if (!response.ok || request.method !== 'GET') return response;
    const content = (await response.json()) as Json;
    const said = '_embedded' in content ? listLike(habit, content, url) : objectLike(habit, content);
    if (habit.isDescribed) wrong.push(...problemsOf(url.pathname, accept, said));
    return Response.json(said);
  };
  Object.assign(world.server, { respond: speak });
  return wrong;
}

function listLike(habit: Habit, content: Json, url: URL): Json {
  const entries = Object.entries(content['_embedded'] as Readonly<Record<string, readonly Json[]>>);
  const embedded = entries.map(([name, objects]) => [name, objects.map((object) => objectLike(habit, object))]);
  return habit.page({ ...content, _embedded: Object.fromEntries(embedded) }, url);
}

const objectLike = (habit: Habit, object: Json): Json => habit.object(String(object['kind']), structuredClone(object));

function problemsOf(pathname: string, accept: string, content: Json): readonly string[] {
  const validate = operationOf('GET', pathname)?.operation.answers.get(accept);
  const list = content['_embedded'] as Readonly<Record<string, readonly Json[]>> | undefined;
  const tenants = list?.['meshTenants'] ?? (content['kind'] === 'meshTenant' ? [content] : []);
  const ofTenant = accept.includes('.v4.') ? releasedTenantProblems : (one: unknown) => tenantProblems(one, accept);
  const ofAll = validate === undefined ? [] : problems(validate, content);
  return [...ofAll, ...tenants.flatMap((tenant) => ofTenant(tenant))].map((one) => `${pathname}: ${one}`);
}

/** A field that nobody knows, in an object and in each object of it. */
function withMore(_: string, object: Json): Json {
  const more = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return { ...mapValues(value as Json, more), newInAnotherRelease: { since: ['2027.1'] } };
  };
  return Object.fromEntries(
    Object.entries({ ...object, newInAnotherRelease: true }).map(([name, value]) => [
      name,
      ['spec', 'metadata', 'status'].includes(name) ? withoutMoreTags(more(value)) : value,
    ]),
  );
}

/** Tags are named by their owners: a further one would be a tag. */
function withoutMoreTags(value: unknown): unknown {
  const { tags } = value as { tags?: Json };
  if (tags === undefined) return value;
  return { ...(value as Json), tags: without(tags, 'newInAnotherRelease') };
}

const mapValues = (object: Json, change: (value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

type ChangeField = (parent: Json, name: string) => void;

const setNull: ChangeField = (parent, name) => {
  parent[name] ??= null;
};
const leaveOut: ChangeField = (parent, name) => {
  if (parent[name] === null) Reflect.deleteProperty(parent, name);
};

function changeFields(kind: string, object: Json, change: ChangeField): Json {
  const instants = kind === 'meshTenant' && object['apiVersion'] !== 'v4' ? INSTANTS : [];
  for (const path of [...(NULLABLE[kind] ?? []), ...instants]) {
    const [parent = '', name = ''] = path.split('.');
    const at = object[parent];
    if (typeof at === 'object' && at !== null) change(at as Json, name);
  }
  return object;
}

function next(written: (url: string) => string) {
  return (page: Json): Json => {
    const links = page['_links'] as { next?: { href: string } };
    if (links.next === undefined) return page;
    const { pathname, search } = new URL(links.next.href);
    return { ...page, _links: { ...links, next: { href: written(`${pathname}${search}`) } } };
  };
}

function counted(page: Json): Json {
  return { ...page, _links: {} };
}

function lastIsNull(page: Json): Json {
  return { ...page, _links: { next: null, ...(page['_links'] as Json) } };
}

/** Of bindings alone, the list itself is optional. */
function withoutEmpty(nothing: () => null | undefined) {
  return (page: Json, url: URL): Json => {
    const isEmpty = Object.values(page['_embedded'] as Json).every((list) => (list as readonly unknown[]).length === 0);
    if (!isEmpty || !url.pathname.includes('bindings')) return page;
    const rest = without(page, '_embedded');
    const said = nothing();
    return said === undefined ? rest : { ...rest, _embedded: said };
  };
}

const without = (object: Json, field: string): Json =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));
