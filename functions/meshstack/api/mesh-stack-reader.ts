import * as z from 'zod/mini';

import { InvalidRequestError } from '../../domain/base/errors';
import type { Checked } from '../../domain/base/fault';
import {
  MeshEventLogSchema,
  MeshPaymentMethodSchema,
  MeshProjectBindingSchema,
  MeshProjectSchema,
  type MeshTenant,
  type MeshUser,
  MeshUserSchema,
  MeshWorkspaceSchema,
  previewTenant,
  PreviewTenantSchema,
  releasedTenant,
  ReleasedTenantSchema,
} from '../domain/mesh-objects';
import type { ListedTenant, MeshStackReader } from '../ports/mesh-stack';
import {
  mediaType,
  type MeshStackSession,
  objectOf,
  pathTo,
  readObject,
  type UnversionedQuestion,
} from './mesh-stack-session';

const IdentitySchema = z.object({ metadata: z.object({ uuid: z.string() }) });

const STATES = ['ACTIVE', 'MARKED_FOR_DELETION', 'DELETED'];

/** Reads meshStack's API. */
export function meshStackReader(session: MeshStackSession, platformIdentifier: string): MeshStackReader {
  const one = async <Schema extends z.ZodMiniType>(
    kind: string,
    version: string,
    identifier: string,
    schema: Schema,
  ): Promise<z.infer<Schema>> => {
    const name = `${kind} ${identifier}`;
    const path = `${pathTo(kind)}/${encodeURIComponent(identifier)}`;
    const question = { doing: `read ${name}`, path, mediaType: mediaType(kind, version) };
    const { content } = await session({ ...question, method: 'GET', mayRepeat: true });
    return objectOf(schema, content, name);
  };
  const askForTenants = tenantSession(session);
  return {
    events: async (from) => {
      const query = new URLSearchParams({ from: from.toISOString(), size: `${PAGE_SIZE}` });
      const question = { doing: 'read event logs', path: `${pathTo('meshEventLog')}?${query.toString()}` };
      const events = await allPages(inVersion(session, 'meshEventLog', 'v1-preview'), question, 'meshEventLogs');
      return events.map((event) => MeshEventLogSchema.safeParse(event).data ?? null);
    },
    tenants: async (filter) => {
      const query = new URLSearchParams({ platformIdentifier, ...filter });
      for (const state of STATES) query.append('state', state);
      query.set('size', `${PAGE_SIZE}`);
      const question = { doing: 'read meshTenants', path: `${pathTo('meshTenant')}?${query.toString()}` };
      return (await allPages(askForTenants, question, 'meshTenants')).map(listed);
    },
    tenant: async (uuid) => {
      const question = { doing: `read meshTenant ${uuid}`, path: `${pathTo('meshTenant')}/${uuid}` };
      const { status, content } = await askForTenants({ ...question, method: 'GET', mayRepeat: true }, [404, 410]);
      if (status !== 200) return undefined;
      const tenant = readTenant(content, `meshTenant ${uuid}`);
      if (!tenant.ok) throw new InvalidRequestError(tenant.faults);
      return tenant.value;
    },
    awaitsApproval: async (workspaceIdentifier, projectIdentifier) => {
      const query = new URLSearchParams({ workspaceIdentifier, projectIdentifier, platformIdentifier });
      query.set('deletionState', 'MARKED_FOR_DELETION');
      const doing = `read whether the deletion of ${workspaceIdentifier}.${projectIdentifier} is approved`;
      const question = { doing, path: `${pathTo('meshTenant')}?${query.toString()}` };
      // In this version meshStack documents that the filter lists only those that await approval; later versions have
      // no such filter.
      const ask = inVersion(session, 'meshTenant', 'v3');
      const { status, content } = await ask({ ...question, method: 'GET', mayRepeat: true }, NOT_SERVED);
      if (NOT_SERVED.includes(status)) return undefined;
      return objectsOf(pageOf(content, question), 'meshTenants').length > 0;
    },
    workspace: (identifier) => one('meshWorkspace', 'v2', identifier, MeshWorkspaceSchema),
    project: (workspace, project) => one('meshProject', 'v2', `${workspace}.${project}`, MeshProjectSchema),
    paymentMethod: (identifier) => one('meshPaymentMethod', 'v2', identifier, MeshPaymentMethodSchema),
    rolesIn: (workspace, project) => rolesIn(session, workspace, project),
    usersWithRole: (workspace, project, role) => usersWithRole(session, workspace, project, role),
  };
}

async function rolesIn(
  session: MeshStackSession,
  workspaceIdentifier: string,
  projectIdentifier: string,
): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const [kind, path, list] of BINDINGS) {
    const query = new URLSearchParams({ workspaceIdentifier, projectIdentifier });
    const doing = `read ${kind}s of ${workspaceIdentifier}.${projectIdentifier}`;
    const question = { doing, path: `${path}?${query.toString()}` };
    for (const binding of await allPages(inVersion(session, kind, 'v3'), question, list)) {
      names.add(objectOf(MeshProjectBindingSchema, binding, doing.replace(/^read /u, '')).roleRef.name);
    }
  }
  return [...names].toSorted();
}

async function usersWithRole(
  session: MeshStackSession,
  workspaceIdentifier: string,
  projectIdentifier: string,
  projectRole: string,
): Promise<readonly MeshUser[]> {
  const query = new URLSearchParams({ workspaceIdentifier, projectIdentifier, projectRole, size: `${PAGE_SIZE}` });
  const doing = `read meshUsers of ${workspaceIdentifier}.${projectIdentifier} with the role ${projectRole}`;
  const question = { doing, path: `${pathTo('meshUser')}?${query.toString()}` };
  const users = await allPages(inVersion(session, 'meshUser', 'v2'), question, 'meshUsers');
  return users.map((user) => objectOf(MeshUserSchema, user, doing.replace(/^read /u, '')));
}

const BINDINGS = [
  ['meshProjectUserBinding', '/api/meshobjects/meshprojectbindings/userbindings', 'meshProjectUserBindings'],
  ['meshProjectGroupBinding', '/api/meshobjects/meshprojectbindings/groupbindings', 'meshProjectGroupBindings'],
] as const;

function listed(content: unknown): ListedTenant {
  const uuid = IdentitySchema.safeParse(content).data?.metadata.uuid.toLowerCase() ?? null;
  return { uuid, tenant: readTenant(content, `meshTenant ${uuid ?? 'without a uuid'}`) };
}

const PreviewSchema = z.object({ spec: z.object({ platformIdentifier: z.string() }) });

/** The fields tell the version: under the name v4-preview, meshStack has served both shapes. */
function readTenant(content: unknown, name: string): Checked<MeshTenant> {
  if (PreviewSchema.safeParse(content).success) {
    const preview = readObject(PreviewTenantSchema, content, name);
    return preview.ok ? { ok: true, value: previewTenant(preview.value) } : preview;
  }
  const released = readObject(ReleasedTenantSchema, content, name);
  return released.ok ? { ok: true, value: releasedTenant(released.value) } : released;
}

const inVersion =
  (session: MeshStackSession, kind: string, version: string): MeshStackSession<UnversionedQuestion> =>
  (question, tolerated) =>
    session({ ...question, mediaType: mediaType(kind, version) }, tolerated);

/** A meshStack that does not serve the version that is asked for answers one of these. */
const NOT_SERVED = [406, 415];

/**
 * Asks for meshTenant v4 first. When meshStack does not serve the version that we ask for, it asks for the other one
 * and keeps to it: a warm function may outlive an update of meshStack.
 */
function tenantSession(session: MeshStackSession): MeshStackSession<UnversionedQuestion> {
  let served = 'v4';
  return async (question, tolerated = []) => {
    const answer = await inVersion(session, 'meshTenant', served)(question, [...tolerated, ...NOT_SERVED]);
    if (!NOT_SERVED.includes(answer.status)) return answer;
    const other = served === 'v4' ? 'v4-preview' : 'v4';
    const second = await inVersion(session, 'meshTenant', other)(question, tolerated);
    served = other;
    return second;
  };
}

/** As much as meshStack gives at once, a thousand, is more than it gives fast. */
const PAGE_SIZE = 500;

/** A list that has no end is a fault of the other side. */
const MAX_PAGES = 1000;

const NO_END = `is a list of which one page leads back to another, or that has more than ${MAX_PAGES} pages. Tell those who run this meshStack.`;

const PageSchema = z.object({
  _embedded: z.nullish(z.record(z.string(), z.nullish(z.array(z.unknown())))),
  _links: z.object({ next: z.nullish(z.object({ href: z.string() })) }),
  page: z.nullish(z.object({ number: z.nullish(z.number()), totalPages: z.nullish(z.number()) })),
});

type Page = z.infer<typeof PageSchema>;

const pageOf = (content: unknown, { doing }: Pick<UnversionedQuestion, 'doing'>): Page =>
  objectOf(PageSchema, content, doing.replace(/^read /u, ''));

/** A list without objects may come without the field that has them. */
const objectsOf = ({ _embedded }: Page, name: string): readonly unknown[] => _embedded?.[name] ?? [];

/** The objects of a list, each as it came, from page to page. */
async function allPages(
  session: MeshStackSession<UnversionedQuestion>,
  question: Omit<UnversionedQuestion, 'method' | 'mayRepeat'>,
  name: string,
): Promise<readonly unknown[]> {
  const objects: unknown[] = [];
  const asked = new Set<string>();
  let path: string | undefined = question.path;
  while (path !== undefined) {
    if (asked.has(path) || asked.size >= MAX_PAGES) throw endless(question.doing);
    asked.add(path);
    const { content } = await session({ ...question, path, method: 'GET', mayRepeat: true });
    const page: Page = pageOf(content, question);
    objects.push(...objectsOf(page, name));
    path = pathAfter(path, page);
  }
  return objects;
}

/**
 * The next page is where its link leads. meshStack's description leaves open what a page says of itself, and
 * meshcloud's own client counts pages instead (terraform-provider-meshstack, client/internal/mesh_object_client.go), so
 * a server without links is read by number.
 */
function pathAfter(path: string, { _links: { next }, page }: Page): string | undefined {
  // Behind our own endpoint, whatever host the link names: the token goes nowhere else.
  const here = new URL(path, 'https://meshstack.invalid');
  if (next != null) return pathOf(new URL(next.href, here));
  const following = (page?.number ?? 0) + 1;
  if (following >= (page?.totalPages ?? 0)) return undefined;
  here.searchParams.set('page', `${following}`);
  return pathOf(here);
}

const pathOf = ({ pathname, search }: URL): string => `${pathname}${search}`;

const endless = (doing: string): InvalidRequestError =>
  new InvalidRequestError([{ field: doing.replace(/^read /u, ''), message: NO_END }]);
