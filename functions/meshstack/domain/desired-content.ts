import { type Fault, faultIf } from '../../domain/base/fault';
import type { MeshStackConfiguration } from '../../domain/configuration/mesh-stack-configuration';
import type { DesiredState, UserPermission } from '../../domain/desired-state/desired-state';
import type {
  LifecycleState,
  MeshPaymentMethod,
  MeshProject,
  MeshTenant,
  MeshUser,
  MeshWorkspace,
} from './mesh-objects';

/** A desired state before it has its sequence: two that are equal ask for the same. */
export type DesiredContent = Omit<DesiredState, 'replicationSequence'>;

/** All of meshStack that a tenant is made of. */
export interface TenantContext {
  readonly workspace: MeshWorkspace;
  readonly project: MeshProject;
  readonly paymentMethod: MeshPaymentMethod | null;
  /** The users by the names of roles in bindings, groups resolved. */
  readonly usersByRole: ReadonlyMap<string, readonly MeshUser[]>;
}

type Platform = Pick<MeshStackConfiguration, 'platformUuid' | 'contactEmail' | 'projectRoles'>;

export function desiredContent(
  platform: Platform,
  tenant: MeshTenant,
  tenantPlatformNumber: number,
  { workspace, project, paymentMethod, usersByRole }: TenantContext,
): DesiredContent {
  const userPermissions = permissionsOf(usersByRole, platform.projectRoles);
  return {
    tenant: tenantOf(platform, tenant, 'ACTIVE'),
    tenantPlatformNumber,
    workspace: { metadata: workspace.metadata, spec: workspace.spec },
    project: { metadata: project.metadata, spec: withoutNulls(project.spec) },
    ...(paymentMethod === null ? {} : { paymentMethod: paymentMethodOf(paymentMethod) }),
    projectCreatorEmail: contactOf(userPermissions) ?? platform.contactEmail,
    userPermissions: [...userPermissions],
  };
}

/**
 * A tenant whose deletion awaits approval: nobody gets in, as meshStack has it, and all else stays, since the deletion
 * may yet be rejected.
 */
export const withoutPeople = (content: DesiredContent): DesiredContent => ({ ...content, userPermissions: [] });

/**
 * A tenant that is to go, or has gone: made of itself alone. meshStack renames a deleted project, so what surrounded
 * the tenant may not be found any more; and nobody's access is decided by it.
 */
export function desiredDeletion(platform: Platform, tenant: MeshTenant, tenantPlatformNumber: number): DesiredContent {
  const { ownedByWorkspace, ownedByProject, lifecycle } = tenant;
  return {
    tenant: tenantOf(platform, tenant, lifecycle),
    tenantPlatformNumber,
    workspace: { metadata: { name: ownedByWorkspace, tags: {} }, spec: { displayName: ownedByWorkspace } },
    project: {
      metadata: { name: ownedByProject, ownedByWorkspace },
      spec: { displayName: ownedByProject, tags: {} },
    },
    projectCreatorEmail: platform.contactEmail,
  };
}

/**
 * A desired state is of an AWS account, whatever meshStack calls the type of the platform; `meshTenantFaults` has
 * compared that name with the configured one.
 */
function tenantOf({ platformUuid }: Platform, tenant: MeshTenant, state: LifecycleState): DesiredContent['tenant'] {
  const { uuid, ownedByWorkspace, ownedByProject } = tenant;
  return {
    apiVersion: 'v4',
    kind: 'meshTenant',
    metadata: { uuid, ownedByWorkspace, ownedByProject },
    spec: {
      platformRef: { kind: 'meshPlatform', uuid: platformUuid },
      landingZoneRef: { kind: 'meshLandingZone', name: tenant.landingZone ?? '' },
      platformTenantId: tenant.platformTenantId,
    },
    status: {
      tenantName: tenant.status.tenantName,
      platformTypeIdentifier: 'AWS',
      tags: tenant.status.tags,
      lifecycle: { state },
    },
  };
}

function paymentMethodOf({ metadata, spec }: MeshPaymentMethod): NonNullable<DesiredState['paymentMethod']> {
  return { metadata: { name: metadata.name }, spec: { ...withoutNulls(spec), tags: spec.tags ?? {} } };
}

/**
 * A field that is null and one that is not there say the same. Without this, a meshStack that begins to say the other
 * one would have every tenant run again.
 */
function withoutNulls<Fields extends object>(fields: Fields): Fields {
  const kept = { ...fields };
  for (const [name, value] of Object.entries(fields)) if (value === null) Reflect.deleteProperty(kept, name);
  return kept;
}

/**
 * One entry for each user, in an order that is always the same: an order of meshStack's own would look like a change.
 */
function permissionsOf(
  usersByRole: TenantContext['usersByRole'],
  names: Platform['projectRoles'],
): readonly UserPermission[] {
  const byUser = new Map<string, UserPermission>();
  for (const [role, users] of usersByRole) {
    for (const user of users) {
      const before = byUser.get(user.metadata.name) ?? permissionOf(user);
      const roles = [...new Set([...before.roles, names[role] ?? role])].toSorted();
      byUser.set(user.metadata.name, { ...before, roles });
    }
  }
  return [...byUser.values()].toSorted((one, other) => (one.username < other.username ? -1 : 1));
}

function permissionOf({ metadata, spec: { firstName, lastName, email, euid } }: MeshUser): UserPermission {
  const username = metadata.name;
  return {
    meshIdentifier: metadata.uuid ?? username,
    username,
    firstName,
    lastName,
    email,
    euid: euid ?? null,
    roles: [],
  };
}

/** meshStack's API does not tell who has created a project: an admin of it is the nearest there is. */
function contactOf(permissions: readonly UserPermission[]): string | undefined {
  const admin = permissions.find(({ roles }) => roles.includes('admin'));
  return (admin ?? permissions[0])?.email ?? undefined;
}

/** Why a tenant of meshStack cannot be vended by us, whatever surrounds it. */
export const meshTenantFaults = (
  configured: Pick<MeshStackConfiguration, 'platformIdentifier' | 'platformUuid' | 'platformTypeIdentifier'>,
  { platform, landingZone, status }: MeshTenant,
): readonly Fault[] => [
  ...faultIf(
    status.platformTypeIdentifier !== configured.platformTypeIdentifier,
    'status.platformTypeIdentifier',
    status.platformTypeIdentifier,
    `is not ${configured.platformTypeIdentifier}. Check meshStack.platformIdentifier ('${configured.platformIdentifier}') in platform.json; ` +
      'for a custom platform, set meshStack.platformTypeIdentifier to the name of its type.',
  ),
  ...('uuid' in platform
    ? faultIf(
        platform.uuid !== configured.platformUuid,
        'spec.platformRef.uuid',
        platform.uuid,
        `is not '${configured.platformUuid}', the platform whose tenants are vended here (meshStack.platformUuid in platform.json).`,
      )
    : faultIf(
        platform.identifier !== configured.platformIdentifier,
        'spec.platformIdentifier',
        platform.identifier,
        `is not '${configured.platformIdentifier}', the platform whose tenants are vended here.`,
      )),
  ...faultIf(
    landingZone === null,
    'uuid' in platform ? 'spec.landingZoneRef' : 'spec.landingZoneIdentifier',
    null,
    'is empty. Give the tenant a landing zone in meshStack.',
  ),
];
