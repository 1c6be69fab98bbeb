import type { Checked } from '../../domain/base/fault';
import type { DesiredState } from '../../domain/desired-state/desired-state';
import type { BlockRunReport } from '../domain/block-run-report';
import type {
  MeshBuildingBlockRun,
  MeshEventLog,
  MeshPaymentMethod,
  MeshProject,
  MeshTenant,
  MeshUser,
  MeshWorkspace,
} from '../domain/mesh-objects';

/** One tenant of a list. Its faults concern it alone; `uuid` is null where not even that can be read. */
export interface ListedTenant {
  readonly uuid: string | null;
  readonly tenant: Checked<MeshTenant>;
}

/** Which tenants of the configured platform; absent: all. */
export interface TenantFilter {
  readonly workspaceIdentifier?: string;
  readonly projectIdentifier?: string;
}

/**
 * meshStack's API, as far as it is needed. One request at a time. Answers that miss a field, or say that something is
 * not there, are told by an InvalidRequestError that names object and field.
 *
 * @throws RejectedError (`denied`) when the API key is refused, or lacks a permission
 * @throws TransientError when meshStack cannot be reached, is busy for longer than is worth waiting, or has a fault of
 * its own
 */
export interface MeshStackReader {
  /**
   * Events that were created at an instant, by meshStack's clock, or later, all pages; null for one that cannot be
   * read.
   */
  events(from: Date): Promise<readonly (MeshEventLog | null)[]>;

  /** Tenants of the platform in every state, also deleted ones. */
  tenants(filter: TenantFilter): Promise<readonly ListedTenant[]>;

  /** Undefined where there is none of this uuid. */
  tenant(uuid: string): Promise<MeshTenant | undefined>;

  /**
   * Whether somebody still has to approve that the project's tenant is deleted; undefined where this meshStack does not
   * serve the version that tells it.
   */
  awaitsApproval(workspaceIdentifier: string, projectIdentifier: string): Promise<boolean | undefined>;

  workspace(identifier: string): Promise<MeshWorkspace>;
  project(workspaceIdentifier: string, projectIdentifier: string): Promise<MeshProject>;
  paymentMethod(identifier: string): Promise<MeshPaymentMethod>;

  /** The names of the roles that users and groups have in a project. */
  rolesIn(workspaceIdentifier: string, projectIdentifier: string): Promise<readonly string[]>;

  /** The users who have a role in a project now: by a binding or a group, and not after its expiration. */
  usersWithRole(workspaceIdentifier: string, projectIdentifier: string, role: string): Promise<readonly MeshUser[]>;
}

/** Building block runs: by which meshStack shows people how their order stands. */
export interface BlockRunReporter {
  /** Takes a run that waits for our runner; undefined where none does. A run is handed out once. */
  claim(): Promise<MeshBuildingBlockRun | undefined>;

  /** Names the steps of a run, in their order. A second time is no harm. */
  register(runUuid: string, report: BlockRunReport): Promise<void>;

  /** How the run stands. A second time is no harm. */
  update(runUuid: string, report: BlockRunReport): Promise<void>;
}

/** Puts desired states on the bus, where Intake takes them from. At least once. */
export interface DesiredStatePublisher {
  publish(desiredState: DesiredState): Promise<void>;
}
