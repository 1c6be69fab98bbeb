import type { TenantContext } from '../domain/desired-content';
import type { MeshTenant, MeshUser } from '../domain/mesh-objects';
import type { MeshStackReader } from '../ports/mesh-stack';

/** What surrounds a tenant. */
export type ProjectReader = (tenant: MeshTenant) => Promise<TenantContext>;

/** Asks for each workspace, project and payment method once in a poll, however many tenants have it. */
export function readProjects(reader: MeshStackReader): ProjectReader {
  const once = <Value>(read: (...parts: readonly [string, string]) => Promise<Value>) => {
    const kept = new Map<string, Promise<Value>>();
    return async (one: string, other: string): Promise<Value> => {
      const key = `${one}.${other}`;
      const reading = kept.get(key) ?? read(one, other);
      kept.set(key, reading);
      return reading;
    };
  };
  const workspace = once((identifier) => reader.workspace(identifier));
  const project = once((workspaceName, name) => reader.project(workspaceName, name));
  const paymentMethod = once((identifier) => reader.paymentMethod(identifier));
  const usersByRole = once((workspaceName, name) => usersOf(reader, workspaceName, name));
  return async ({ ownedByWorkspace, ownedByProject }) => {
    const owned = await project(ownedByWorkspace, ownedByProject);
    const payment = owned.spec.paymentMethodIdentifier ?? null;
    return {
      workspace: await workspace(ownedByWorkspace, ''),
      project: owned,
      paymentMethod: payment === null ? null : await paymentMethod(payment, ''),
      usersByRole: await usersByRole(ownedByWorkspace, ownedByProject),
    };
  };
}

async function usersOf(
  reader: MeshStackReader,
  workspace: string,
  project: string,
): Promise<ReadonlyMap<string, readonly MeshUser[]>> {
  const usersByRole = new Map<string, readonly MeshUser[]>();
  for (const role of await reader.rolesIn(workspace, project)) {
    usersByRole.set(role, await reader.usersWithRole(workspace, project, role));
  }
  return usersByRole;
}
