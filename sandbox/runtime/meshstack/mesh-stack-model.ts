import * as z from 'zod';

/** Tags, as meshStack has them. */
export type Tags = Readonly<Record<string, readonly string[]>>;

interface Workspace {
  readonly name: string;
  readonly displayName: string;
  readonly tags: Tags;
}

interface Project {
  readonly workspace: string;
  readonly name: string;
  displayName: string;
  tags: Tags;
  paymentMethod: string | null;
}

interface PaymentMethod {
  readonly name: string;
  readonly workspace: string;
  readonly displayName: string;
  readonly amount: number;
  readonly tags: Tags;
}

export interface User {
  readonly username: string;
  readonly uuid: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  euid: string | null;
}

/** A role in a project, of a user or of a group. */
export interface Binding {
  readonly id: string;
  readonly workspace: string;
  readonly project: string;
  readonly role: string;
  readonly user: string | null;
  readonly group: string | null;
}

export interface Tenant {
  readonly uuid: string;
  workspace: string;
  project: string;
  readonly platform: string;
  readonly landingZone: string;
  /** Set by a building block's output of the type "Platform Tenant ID", or when an account was imported. */
  platformTenantId: string | null;
  readonly createdOn: string;
  markedForDeletionOn: string | null;
  /** Somebody has to approve the deletion. */
  awaitsApproval: boolean;
  deletedOn: string | null;
}

const NOT_DELETED = { markedForDeletionOn: null, awaitsApproval: false, deletedOn: null } as const;

export interface EventLog {
  readonly uuid: string;
  readonly createdAt: string;
  readonly title: string;
  readonly workspace: string | null;
}

/** How a building block run stands, as people see it. */
export interface BlockRun {
  readonly uuid: string;
  readonly workspace: string;
  readonly project: string;
  readonly platform: string;
  readonly behavior: 'APPLY' | 'DESTROY';
  isClaimed: boolean;
  status: string;
  steps: readonly Readonly<Record<string, unknown>>[];
}

const OutputsSchema = z.record(z.string(), z.object({ value: z.string() })).optional();

const OVER: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'ABORTED']);

/**
 * A meshStack with what a poller can see of it. Its methods are what people do there; each leaves an event, as there.
 */
export class MeshStackModel {
  readonly platform: string;
  readonly platformUuid = '5b0c1b1e-0000-4000-8000-000000000002';
  /** Another one where the platform is of a custom type. */
  platformType = 'AWS';
  /** The output by which a building block sets the id of its tenant, if its definition has one. */
  tenantIdOutput: string | null = null;
  readonly #now: () => Date;
  readonly workspaces = new Map<string, Workspace>();
  readonly projects = new Map<string, Project>();
  readonly paymentMethods = new Map<string, PaymentMethod>();
  readonly users = new Map<string, User>();
  readonly groups = new Map<string, Set<string>>();
  readonly tenants = new Map<string, Tenant>();
  readonly blockRuns = new Map<string, BlockRun>();
  readonly events: EventLog[] = [];
  bindings: readonly Binding[] = [];
  #ids = 0;

  constructor(platform: string, now: () => Date) {
    this.platform = platform;
    this.#now = now;
  }

  addUser(username: string): void {
    const name = `${username.slice(0, 1).toUpperCase()}${username.slice(1)}`;
    const email = `${username}@corp.example`;
    const user = { username, uuid: this.#newId(), firstName: name, lastName: 'Example', email, euid: email };
    this.users.set(username, user);
    this.#happened('User Created', null);
  }

  /** Somebody whose account is switched off has no role in any cloud any more. */
  changeEuid(username: string, euid: string | null): void {
    const user = this.users.get(username);
    if (user !== undefined) user.euid = euid;
    this.#happened('User Changed', null);
  }

  addWorkspace(name: string, tags: Tags = {}): void {
    this.workspaces.set(name, { name, displayName: `Workspace ${name}`, tags });
    this.#happened('Workspace Created', name);
  }

  addPaymentMethod(workspace: string, name: string, tags: Tags = {}): void {
    this.paymentMethods.set(name, { name, workspace, displayName: `Payment ${name}`, amount: 1000, tags });
    this.#happened('Payment Method Created', workspace);
  }

  addProject(workspace: string, name: string, paymentMethod: string | null = null, tags: Tags = {}): void {
    const project = { workspace, name, displayName: `Project ${name}`, tags, paymentMethod };
    this.projects.set(`${workspace}.${name}`, project);
    this.#happened('Project Created', workspace);
  }

  changeProjectTags(workspace: string, name: string, tags: Tags): void {
    const project = this.projects.get(`${workspace}.${name}`);
    if (project !== undefined) project.tags = tags;
    this.#happened('Project Tags Changed', workspace);
  }

  addUserRole(workspace: string, project: string, user: string, role: string): void {
    this.#bind({ workspace, project, user, group: null, role });
    this.#happened('Project User Role Added', workspace);
  }

  removeUserRole(workspace: string, project: string, user: string): void {
    this.bindings = this.bindings.filter(
      (one) => one.workspace !== workspace || one.project !== project || one.user !== user,
    );
    this.#happened('Project User Role Removed', workspace);
  }

  addGroupRole(workspace: string, project: string, group: string, role: string, members: readonly string[]): void {
    this.groups.set(group, new Set(members));
    this.#bind({ workspace, project, user: null, group, role });
    this.#happened('Project Group Role Added', workspace);
  }

  /** @returns its uuid */
  orderTenant(workspace: string, project: string, landingZone: string, platformTenantId: string | null = null): string {
    const uuid = this.#newId();
    const createdOn = this.#now().toISOString();
    const where = { workspace, project, platform: this.platform };
    this.tenants.set(uuid, { uuid, ...where, landingZone, platformTenantId, createdOn, ...NOT_DELETED });
    this.#happened('Tenant Created', workspace);
    return uuid;
  }

  /** As a landing zone has it that approves by itself. */
  markForDeletion(uuid: string): void {
    this.requestDeletion(uuid);
    this.approveDeletion(uuid);
  }

  requestDeletion(uuid: string): void {
    const tenant = this.#tenant(uuid);
    tenant.markedForDeletionOn = this.#now().toISOString();
    tenant.awaitsApproval = true;
    this.#happened('Tenant Deletion Request Submitted', tenant.workspace);
  }

  approveDeletion(uuid: string): void {
    const tenant = this.#tenant(uuid);
    tenant.awaitsApproval = false;
    this.#happened('Tenant Deletion Request Approved', tenant.workspace);
  }

  rejectDeletion(uuid: string): void {
    const tenant = this.#tenant(uuid);
    Object.assign(tenant, NOT_DELETED);
    this.#happened('Tenant Deletion Request Rejected', tenant.workspace);
  }

  /** To another project, maybe of another workspace. The event names the workspace that it has left. */
  moveTenant(uuid: string, workspace: string, project: string): void {
    const tenant = this.#tenant(uuid);
    this.#happened('Tenant Moved', tenant.workspace);
    tenant.workspace = workspace;
    tenant.project = project;
  }

  delete(uuid: string): void {
    const tenant = this.#tenant(uuid);
    tenant.deletedOn = this.#now().toISOString();
    this.#happened('Tenant Deleted', tenant.workspace);
  }

  /** A building block of the tenant's project is to be carried out, or torn down. @returns its uuid */
  requestRun(tenantUuid: string, behavior: BlockRun['behavior']): string {
    const { workspace, project, platform } = this.#tenant(tenantUuid);
    const uuid = this.#newId();
    const run = { uuid, workspace, project, platform, behavior, isClaimed: false, status: 'PENDING', steps: [] };
    this.blockRuns.set(uuid, run);
    this.#happened('Building Block Run Requested', workspace);
    return uuid;
  }

  /** The next run that nobody has taken. */
  claimRun(): BlockRun | undefined {
    const run = [...this.blockRuns.values()].find(({ isClaimed }) => !isClaimed);
    if (run !== undefined) run.isClaimed = true;
    return run;
  }

  /** @returns whether the run takes news: one that is over does not */
  updateRun(uuid: string, status: string | null, steps: BlockRun['steps']): boolean {
    const run = this.blockRuns.get(uuid);
    if (run === undefined || OVER.has(run.status)) return false;
    run.status = status ?? run.status;
    const told = new Map(run.steps.map((step) => [step['id'], step]));
    for (const step of steps) told.set(step['id'], { ...told.get(step['id']), ...step });
    run.steps = [...told.values()];
    this.#setTenantId(run);
    return true;
  }

  /** What an output of the type "Platform Tenant ID" is for. */
  #setTenantId({ workspace, project, steps }: BlockRun): void {
    const outputs = steps.map((step) => OutputsSchema.parse(step['outputs']));
    const value = outputs.map((some) => some?.[this.tenantIdOutput ?? '']?.value).find((some) => some !== undefined);
    for (const tenant of this.tenants.values()) {
      const isItsOwn = tenant.workspace === workspace && tenant.project === project && tenant.deletedOn === null;
      if (isItsOwn && value !== undefined) tenant.platformTenantId = value;
    }
  }

  /** Users with a binding of their own, or by that of a group. */
  usersWithRole(workspace: string, project: string, role: string): readonly User[] {
    const bindings = this.bindings.filter(
      (one) => one.workspace === workspace && one.project === project && one.role === role,
    );
    const names = bindings.flatMap(({ user, group }) =>
      user === null ? [...(this.groups.get(group ?? '') ?? [])] : [user],
    );
    return [...new Set(names)].flatMap((name) => this.users.get(name) ?? []);
  }

  /** The tags of its project and workspace; a project wins. */
  tagsOf({ workspace, project }: Tenant): Tags {
    return { ...this.workspaces.get(workspace)?.tags, ...this.projects.get(`${workspace}.${project}`)?.tags };
  }

  #bind(binding: Omit<Binding, 'id'>): void {
    this.bindings = [...this.bindings, { ...binding, id: this.#newId() }];
  }

  #tenant(uuid: string): Tenant {
    const tenant = this.tenants.get(uuid);
    if (tenant === undefined) throw new Error(`There is no tenant ${uuid}.`);
    return tenant;
  }

  #happened(title: string, workspace: string | null): void {
    this.events.push({ uuid: this.#newId(), createdAt: this.#now().toISOString(), title, workspace });
  }

  #newId(): string {
    this.#ids += 1;
    return `5eed0000-0000-4000-8000-${this.#ids.toString(16).padStart(12, '0')}`;
  }
}
