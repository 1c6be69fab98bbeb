import type { MeshEventLog } from './mesh-objects';

/** What events can have changed: tenants of these workspaces, or anybody's. */
export interface Touched {
  readonly workspaces: readonly string[];
  /**
   * An event that names no workspace, or not every one: a user was disabled, a project role renamed, a tenant moved.
   */
  readonly everything: boolean;
}

/**
 * What a desired state is made of. Titles that are new to us are taken for changes: reading once too often does no
 * harm.
 */
const RELEVANT = /^(?:Tenant|Project|Workspace|Payment Method|User) /u;

/** Asking for something changes nothing, and somebody new has no role yet. */
const IRRELEVANT = /Access Request|^(?:Workspace Created|Workspace Quota Changed|User Created)$/u;

export const isRelevant = ({ spec: { title } }: MeshEventLog): boolean =>
  RELEVANT.test(title) && !IRRELEVANT.test(title);

/**
 * The content of events is not described by meshStack, so the workspace is all that is read of one besides its title.
 */
export function touchedBy(events: readonly MeshEventLog[]): Touched {
  const names = events.filter(isRelevant).map(({ spec: { workspaceRef } }) => workspaceRef?.name);
  const workspaces = names.filter((name) => name !== undefined);
  const isMove = events.some(({ spec: { title } }) => title === 'Tenant Moved');
  return { workspaces: [...new Set(workspaces)].toSorted(), everything: isMove || names.includes(undefined) };
}
