import type { Binding, BlockRun, EventLog, MeshStackModel, Tenant, User } from './mesh-stack-model';

/** What meshStack says about its objects, in the shapes of its description. */

const links = (path: string): object => ({
  _links: { self: { href: `https://meshstack.example/api/meshobjects/${path}` } },
});

export const tenantObject = (model: MeshStackModel, tenant: Tenant): object => ({
  kind: 'meshTenant',
  apiVersion: 'v4-preview',
  metadata: {
    uuid: tenant.uuid,
    ownedByWorkspace: tenant.workspace,
    ownedByProject: tenant.project,
    createdOn: tenant.createdOn,
    ...(tenant.markedForDeletionOn === null ? {} : { markedForDeletionOn: tenant.markedForDeletionOn }),
    ...(tenant.deletedOn === null ? {} : { deletedOn: tenant.deletedOn }),
  },
  spec: {
    platformIdentifier: tenant.platform,
    landingZoneIdentifier: tenant.landingZone,
    ...(tenant.platformTenantId === null ? {} : { platformTenantId: tenant.platformTenantId }),
    quotas: [],
  },
  status: {
    tenantName: `${tenant.workspace}.${tenant.project}.${tenant.platform}`,
    platformTypeIdentifier: model.platformType,
    tags: model.tagsOf(tenant),
  },
  ...links(`meshtenants/${tenant.uuid}`),
});

/** The same in the version before. */
export const tenantObjectV3 = (model: MeshStackModel, tenant: Tenant): object => ({
  kind: 'meshTenant',
  apiVersion: 'v3',
  metadata: {
    ownedByWorkspace: tenant.workspace,
    ownedByProject: tenant.project,
    platformIdentifier: tenant.platform,
    tenantIdentifier: `${tenant.workspace}.${tenant.project}.${tenant.platform}`,
    assignedTags: model.tagsOf(tenant),
    ...(tenant.markedForDeletionOn === null ? {} : { deletedOn: tenant.markedForDeletionOn }),
  },
  spec: { landingZoneIdentifier: tenant.landingZone, localId: tenant.platformTenantId ?? '', quotas: [] },
  ...links(`meshtenants/${tenant.uuid}`),
});

export function workspaceObject(model: MeshStackModel, name: string): object | undefined {
  const workspace = model.workspaces.get(name);
  if (workspace === undefined) return undefined;
  const { displayName, tags } = workspace;
  return {
    kind: 'meshWorkspace',
    apiVersion: 'v2',
    metadata: { name, createdOn: '2026-01-01T00:00:00Z', tags },
    spec: { displayName, platformBuilderAccessEnabled: false },
    ...links(`meshworkspaces/${name}`),
  };
}

export function projectObject(model: MeshStackModel, fullName: string): object | undefined {
  const project = model.projects.get(fullName);
  if (project === undefined) return undefined;
  const { workspace, name, displayName, tags, paymentMethod } = project;
  const payment = paymentMethod === null ? {} : { paymentMethodIdentifier: paymentMethod };
  return {
    kind: 'meshProject',
    apiVersion: 'v2',
    metadata: { name, ownedByWorkspace: workspace },
    spec: { displayName, tags, ...payment },
    ...links(`meshprojects/${fullName}`),
  };
}

export function paymentMethodObject(model: MeshStackModel, name: string): object | undefined {
  const method = model.paymentMethods.get(name);
  if (method === undefined) return undefined;
  const { workspace, displayName, amount, tags } = method;
  return {
    kind: 'meshPaymentMethod',
    apiVersion: 'v2',
    metadata: { name, ownedByWorkspace: workspace },
    spec: { displayName, amount, tags },
    ...links(`meshpaymentmethods/${name}`),
  };
}

export const userObject = ({ username, uuid, euid, ...names }: User): object => ({
  kind: 'meshUser',
  apiVersion: 'v2',
  metadata: { name: username, uuid },
  spec: {
    email: names.email,
    firstName: names.firstName,
    lastName: names.lastName,
    ...(euid === null ? {} : { euid }),
  },
  ...links(`meshusers/${username}`),
});

export const bindingObject = (kind: string, { id, workspace, project, role, user, group }: Binding): object => ({
  kind,
  apiVersion: 'v3',
  metadata: { name: id },
  roleRef: { name: role },
  targetRef: { name: project, displayName: `Project ${project}`, ownedByWorkspace: workspace },
  subject: { name: user ?? group },
});

export const eventObject = ({ uuid, createdAt, title, workspace }: EventLog): object => ({
  kind: 'meshEventLog',
  apiVersion: 'v1-preview',
  metadata: { uuid, createdAt },
  spec: {
    title,
    eventType: 'Changed',
    description: title,
    content: {},
    ...(workspace === null ? {} : { workspaceRef: { name: workspace, kind: 'meshWorkspace' } }),
    author: { authorType: 'System', identifier: 'system' },
  },
  ...links(`mesheventlogs/${uuid}`),
});

export const blockRunObject = ({ uuid, workspace, project, platform, behavior }: BlockRun): object => ({
  kind: 'meshBuildingBlockRun',
  apiVersion: 'v1',
  metadata: { uuid },
  status: 'IN_PROGRESS',
  spec: {
    runNumber: 1,
    behavior,
    buildingBlock: {
      uuid,
      spec: {
        displayName: 'AWS account',
        fullPlatformIdentifier: platform,
        inputs: [],
        parentBuildingBlocks: [],
        projectIdentifier: project,
        workspaceIdentifier: workspace,
      },
    },
  },
  ...links(`meshbuildingblockruns/${uuid}`),
});
