import { Ajv, type ValidateFunction } from 'ajv';

import { problems } from './description';
import type { MeshStackModel, Tenant } from './mesh-stack-model';

/*
 * meshTenant v4 as it was released with meshStack 2026.34.0. meshStack's public description (openapi.json) has the
 * preview alone, so this is the shape that meshcloud's own client decodes: terraform-provider-meshstack at e5d3075,
 * client/tenant_v4.go and client/refs.go, by line. A field is required where the client's type is no pointer.
 */

const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;

/** client/refs.go, lines 17 and 18. */
const uuidRef = { type: 'object', required: ['uuid', 'kind'], properties: { uuid: text, kind: text } } as const;

/** client/refs.go, lines 8 and 9. */
const namedRef = {
  type: ['object', 'null'],
  required: ['name', 'kind'],
  properties: { name: text, kind: text },
} as const;

const RELEASED_TENANT = {
  type: 'object',
  required: ['metadata', 'spec', 'status'],
  properties: {
    // Lines 36 to 38. The instants of the preview (markedForDeletionOn, deletedOn) are gone.
    metadata: {
      type: 'object',
      required: ['uuid', 'ownedByProject', 'ownedByWorkspace'],
      properties: {
        uuid: text,
        ownedByProject: text,
        ownedByWorkspace: text,
        markedForDeletionOn: false,
        deletedOn: false,
      },
    },
    // Lines 42 to 44. The flat identifiers of the preview are gone.
    spec: {
      type: 'object',
      required: ['platformRef'],
      properties: {
        platformRef: uuidRef,
        platformTenantId: textOrNull,
        landingZoneRef: namedRef,
        platformIdentifier: false,
        landingZoneIdentifier: false,
      },
    },
    status: {
      type: 'object',
      required: ['tenantName', 'platformTypeIdentifier', 'tags', 'lifecycle'],
      properties: {
        tenantName: text, // Line 52.
        platformTypeIdentifier: text, // Line 53.
        platformWorkspaceId: textOrNull, // Line 54.
        tags: { type: 'object', additionalProperties: { type: 'array', items: text } }, // Line 55.
        // Line 61, by lines 13 to 18, 21, 22 and 26.
        lifecycle: {
          type: 'object',
          required: ['state'],
          properties: {
            state: { enum: ['ACTIVE', 'MARKED_FOR_DELETION', 'DELETED'] },
            markedForDeletion: { type: ['object', 'null'], required: ['timestamp'], properties: { timestamp: text } },
          },
        },
      },
    },
  },
};

const validate: ValidateFunction = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(RELEASED_TENANT);

export const releasedTenantProblems = (tenant: unknown): readonly string[] => problems(validate, tenant);

/** What a meshStack of today says of a tenant. */
export const releasedTenantObject = (model: MeshStackModel, tenant: Tenant): object => ({
  kind: 'meshTenant',
  apiVersion: 'v4',
  metadata: { uuid: tenant.uuid, ownedByWorkspace: tenant.workspace, ownedByProject: tenant.project },
  spec: {
    platformRef: { kind: 'meshPlatform', uuid: model.platformUuid },
    landingZoneRef: { kind: 'meshLandingZone', name: tenant.landingZone },
    platformTenantId: tenant.platformTenantId,
  },
  status: {
    tenantName: `${tenant.workspace}.${tenant.project}.${tenant.platform}`,
    platformTypeIdentifier: model.platformType,
    tags: model.tagsOf(tenant),
    appliedQuotas: {},
    lifecycle: lifecycleOf(tenant),
  },
});

function lifecycleOf({ deletedOn, markedForDeletionOn }: Tenant): object {
  if (deletedOn !== null) return { state: 'DELETED' };
  if (markedForDeletionOn === null) return { state: 'ACTIVE' };
  return { state: 'MARKED_FOR_DELETION', markedForDeletion: { timestamp: markedForDeletionOn } };
}
