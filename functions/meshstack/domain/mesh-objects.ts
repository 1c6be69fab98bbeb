import * as z from 'zod/mini';

import { AnyNumber, AnyText } from '../../domain/base/plain-schemas';
import type { DesiredState } from '../../domain/desired-state/desired-state';

/*
 * What we read of meshStack's objects, in the versions that its public OpenAPI description has (meshTenant v4-preview,
 * meshProject v2, meshWorkspace v2, meshPaymentMethod v2, project bindings v3, meshUser v2, meshEventLog v1-preview,
 * meshBuildingBlockRun v1), and meshTenant v4 as meshcloud's Terraform provider reads it. Unknown fields are left out;
 * a field that we need and that is not there is a fault of this one object.
 */

const TagsSchema = z.record(AnyText, z.array(AnyText));

const OwnerSchema = z.object({
  uuid: z.guid('must be a uuid').check(z.toLowerCase()),
  ownedByWorkspace: AnyText,
  ownedByProject: AnyText,
});

const TenantStatusSchema = z.object({ tenantName: AnyText, platformTypeIdentifier: AnyText, tags: TagsSchema });

/** meshTenant v4-preview, which meshStack served before 2026.34.0. */
export const PreviewTenantSchema = z.object({
  metadata: z.extend(OwnerSchema, { markedForDeletionOn: z.nullish(AnyText), deletedOn: z.nullish(AnyText) }),
  spec: z.object({
    platformIdentifier: AnyText,
    landingZoneIdentifier: AnyText,
    platformTenantId: z.nullish(AnyText),
  }),
  status: TenantStatusSchema,
});

/** meshTenant v4. A landing zone is null where the platform has none. */
export const ReleasedTenantSchema = z.object({
  metadata: OwnerSchema,
  spec: z.object({
    platformRef: z.object({ uuid: AnyText }),
    landingZoneRef: z.nullable(z.object({ name: AnyText })),
    platformTenantId: z.nullish(AnyText),
  }),
  status: z.extend(TenantStatusSchema, {
    lifecycle: z.object({ state: z.enum(['ACTIVE', 'MARKED_FOR_DELETION', 'DELETED']) }),
  }),
});

export type LifecycleState = DesiredState['tenant']['status']['lifecycle']['state'];

/** A tenant, whatever version meshStack has told it in. */
export interface MeshTenant {
  readonly uuid: string;
  readonly ownedByWorkspace: string;
  readonly ownedByProject: string;
  /** The preview names its platform, the released version has its uuid. */
  readonly platform: { readonly identifier: string } | { readonly uuid: string };
  /** Null: it has none. */
  readonly landingZone: string | null;
  readonly platformTenantId: string | null;
  readonly status: Readonly<z.infer<typeof TenantStatusSchema>>;
  readonly lifecycle: LifecycleState;
  /** When it was deleted; null where it is not, and in the released version, which does not say. */
  readonly deletedOn: string | null;
}

export function previewTenant({ metadata, spec, status }: z.infer<typeof PreviewTenantSchema>): MeshTenant {
  const { uuid, ownedByWorkspace, ownedByProject, deletedOn, markedForDeletionOn } = metadata;
  const marked = markedForDeletionOn == null ? 'ACTIVE' : 'MARKED_FOR_DELETION';
  return {
    uuid,
    ownedByWorkspace,
    ownedByProject,
    status,
    platform: { identifier: spec.platformIdentifier },
    landingZone: spec.landingZoneIdentifier === '' ? null : spec.landingZoneIdentifier,
    platformTenantId: spec.platformTenantId ?? null,
    lifecycle: deletedOn == null ? marked : 'DELETED',
    deletedOn: deletedOn ?? null,
  };
}

export function releasedTenant({ metadata, spec, status }: z.infer<typeof ReleasedTenantSchema>): MeshTenant {
  const { tenantName, platformTypeIdentifier, tags, lifecycle } = status;
  return {
    ...metadata,
    platform: { uuid: spec.platformRef.uuid },
    landingZone: spec.landingZoneRef?.name ?? null,
    platformTenantId: spec.platformTenantId ?? null,
    status: { tenantName, platformTypeIdentifier, tags },
    lifecycle: lifecycle.state,
    deletedOn: null,
  };
}

export const MeshProjectSchema = z.object({
  metadata: z.object({ name: AnyText, ownedByWorkspace: AnyText }),
  spec: z.object({
    displayName: AnyText,
    tags: TagsSchema,
    paymentMethodIdentifier: z.nullish(AnyText),
  }),
});

export const MeshWorkspaceSchema = z.object({
  metadata: z.object({ name: AnyText, tags: TagsSchema }),
  spec: z.object({ displayName: AnyText }),
});

export const MeshPaymentMethodSchema = z.object({
  metadata: z.object({ name: AnyText }),
  spec: z.object({
    displayName: AnyText,
    expirationDate: z.nullish(AnyText),
    amount: z.nullish(AnyNumber),
    tags: z.nullish(TagsSchema),
  }),
});

/** A binding of a user or of a group: only which role somebody has is read, `MeshStack.usersWithRole` tells who. */
export const MeshProjectBindingSchema = z.object({ roleRef: z.object({ name: AnyText }) });

export const MeshUserSchema = z.object({
  metadata: z.object({ name: AnyText, uuid: z.nullish(AnyText) }),
  spec: z.object({
    email: AnyText,
    firstName: AnyText,
    lastName: AnyText,
    euid: z.nullish(AnyText),
  }),
});

export const MeshEventLogSchema = z.object({
  metadata: z.object({ uuid: AnyText, createdAt: AnyText }),
  spec: z.object({ title: AnyText, workspaceRef: z.nullish(z.object({ name: AnyText })) }),
});

export const MeshBuildingBlockRunSchema = z.object({
  metadata: z.object({ uuid: AnyText }),
  spec: z.object({
    behavior: AnyText,
    buildingBlock: z.object({
      spec: z.object({
        workspaceIdentifier: AnyText,
        projectIdentifier: AnyText,
        fullPlatformIdentifier: AnyText,
      }),
    }),
  }),
});

export type MeshProject = Readonly<z.infer<typeof MeshProjectSchema>>;
export type MeshWorkspace = Readonly<z.infer<typeof MeshWorkspaceSchema>>;
export type MeshPaymentMethod = Readonly<z.infer<typeof MeshPaymentMethodSchema>>;
export type MeshUser = Readonly<z.infer<typeof MeshUserSchema>>;
export type MeshEventLog = Readonly<z.infer<typeof MeshEventLogSchema>>;
export type MeshBuildingBlockRun = Readonly<z.infer<typeof MeshBuildingBlockRunSchema>>;
