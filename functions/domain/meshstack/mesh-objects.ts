import * as z from 'zod';

/*
 * What we read of meshStack's objects, in the versions that its public OpenAPI description has (meshTenant v4-preview, meshProject v2,
 * meshWorkspace v2, meshPaymentMethod v2, project bindings v3, meshUser v2, meshEventLog v1-preview, meshBuildingBlockRun v1). Unknown
 * fields are left out; a field that we need and that is not there is a fault of this one object.
 */

const TagsSchema = z.record(z.string(), z.array(z.string()));

export const MeshTenantSchema = z.object({
  metadata: z.object({
    uuid: z.guid('must be a uuid').toLowerCase(),
    ownedByWorkspace: z.string(),
    ownedByProject: z.string(),
    markedForDeletionOn: z.string().nullish(),
    deletedOn: z.string().nullish(),
  }),
  spec: z.object({
    platformIdentifier: z.string(),
    landingZoneIdentifier: z.string(),
    platformTenantId: z.string().nullish(),
  }),
  status: z.object({ tenantName: z.string(), platformTypeIdentifier: z.string(), tags: TagsSchema }),
});

export const MeshProjectSchema = z.object({
  metadata: z.object({ name: z.string(), ownedByWorkspace: z.string() }),
  spec: z.object({
    displayName: z.string(),
    tags: TagsSchema,
    paymentMethodIdentifier: z.string().nullish(),
  }),
});

export const MeshWorkspaceSchema = z.object({
  metadata: z.object({ name: z.string(), tags: TagsSchema }),
  spec: z.object({ displayName: z.string() }),
});

export const MeshPaymentMethodSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    displayName: z.string(),
    expirationDate: z.string().nullish(),
    amount: z.number().nullish(),
    tags: TagsSchema.nullish(),
  }),
});

/** A binding of a user or of a group: only which role somebody has is read, `MeshStack.usersWithRole` tells who. */
export const MeshProjectBindingSchema = z.object({ roleRef: z.object({ name: z.string() }) });

export const MeshUserSchema = z.object({
  metadata: z.object({ name: z.string(), uuid: z.string().nullish() }),
  spec: z.object({
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    euid: z.string().nullish(),
  }),
});

export const MeshEventLogSchema = z.object({
  metadata: z.object({ uuid: z.string(), createdAt: z.string() }),
  spec: z.object({ title: z.string(), workspaceRef: z.object({ name: z.string() }).nullish() }),
});

export const MeshBuildingBlockRunSchema = z.object({
  metadata: z.object({ uuid: z.string() }),
  spec: z.object({
    behavior: z.string(),
    buildingBlock: z.object({
      spec: z.object({
        workspaceIdentifier: z.string(),
        projectIdentifier: z.string(),
        fullPlatformIdentifier: z.string(),
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
