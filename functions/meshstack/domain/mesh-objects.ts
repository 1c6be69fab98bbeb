import * as z from 'zod/mini';

import { AnyNumber, AnyText } from '../../domain/base/plain-schemas';

/*
 * What we read of meshStack's objects, in the versions that its public OpenAPI description has (meshTenant v4-preview,
 * meshProject v2, meshWorkspace v2, meshPaymentMethod v2, project bindings v3, meshUser v2, meshEventLog v1-preview,
 * meshBuildingBlockRun v1). Unknown fields are left out; a field that we need and that is not there is a fault of this
 * one object.
 */

const TagsSchema = z.record(AnyText, z.array(AnyText));

export const MeshTenantSchema = z.object({
  metadata: z.object({
    uuid: z.guid('must be a uuid').check(z.toLowerCase()),
    ownedByWorkspace: AnyText,
    ownedByProject: AnyText,
    markedForDeletionOn: z.nullish(AnyText),
    deletedOn: z.nullish(AnyText),
  }),
  spec: z.object({
    platformIdentifier: AnyText,
    landingZoneIdentifier: AnyText,
    platformTenantId: z.nullish(AnyText),
  }),
  status: z.object({ tenantName: AnyText, platformTypeIdentifier: AnyText, tags: TagsSchema }),
});

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

export type MeshTenant = Readonly<z.infer<typeof MeshTenantSchema>>;
export type MeshProject = Readonly<z.infer<typeof MeshProjectSchema>>;
export type MeshWorkspace = Readonly<z.infer<typeof MeshWorkspaceSchema>>;
export type MeshPaymentMethod = Readonly<z.infer<typeof MeshPaymentMethodSchema>>;
export type MeshUser = Readonly<z.infer<typeof MeshUserSchema>>;
export type MeshEventLog = Readonly<z.infer<typeof MeshEventLogSchema>>;
export type MeshBuildingBlockRun = Readonly<z.infer<typeof MeshBuildingBlockRunSchema>>;
