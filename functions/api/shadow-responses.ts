import * as z from 'zod';

import { described } from '../domain/base/plain-schemas';
import { ModeSchema } from '../domain/configuration/landing-zone-mode';
import { ShadowRecordSchema } from '../domain/records/account-records';

const InstantSchema = z.string().meta({ format: 'date-time', description: 'UTC, ISO 8601' });

/** What a shadow run has found. */
const shadowFields = {
  landingZone: ShadowRecordSchema.shape.landingZone,
  accountId: described(
    ShadowRecordSchema.shape.accountId,
    'The account of the tenant, or the one that it would import; null: a new one would be created',
  ),
  verdict: z.enum(['SAME', 'CHANGE', 'CREATE', 'REFUSED']).meta({
    description:
      'SAME: a run would change nothing. CHANGE: it would make these changes. CREATE: there is no account yet, and it would create everything. REFUSED: it would end with this refusal',
  }),
  changes: described(
    ShadowRecordSchema.shape.changes,
    'What a run would have changed in AWS, in the order of its states; null where everything would be created, or names are not free',
  ),
  changesLeftOut: z.int().meta({ description: 'How many more changes there were than there was room for' }),
  refusal: described(
    ShadowRecordSchema.shape.refusal,
    'The state in which a run would be refused, and why; what comes after it was not looked at. null: none',
  ),
};

export const ShadowSchema = z.object(shadowFields).meta({ id: 'Shadow' });

const ShadowedTenantSchema = z
  .object({
    tenantUuid: z.string(),
    workspaceIdentifier: z.string(),
    projectIdentifier: z.string(),
    replicationSequence: z.int(),
    run: z.int(),
    workflow: z.string().meta({ description: 'vend-account, or close-account for a deletion' }),
    at: InstantSchema.meta({ description: 'When the shadow run ended' }),
    ...shadowFields,
  })
  .meta({ id: 'ShadowedTenant' });

/** `GET /shadow-report`. */
export const ShadowReportSchema = z
  .object({
    tenants: z.array(ShadowedTenantSchema).meta({ description: 'Newest first; a page may have fewer than its limit' }),
    cursor: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' }),
  })
  .meta({ id: 'ShadowReport' });

export const LandingZoneStateSchema = z
  .object({
    name: z.string(),
    mode: described(ModeSchema, 'What counts for runs that begin now'),
    configuredMode: described(ModeSchema, 'What the configuration says, which counts until somebody has switched it'),
    switches: z
      .array(z.object({ mode: ModeSchema, at: InstantSchema, by: z.string().nullable() }))
      .meta({ description: 'Who has switched it, the newest one last: the last 100' }),
  })
  .meta({ id: 'LandingZoneState' });

/** `GET /landing-zones`. */
export const LandingZoneListSchema = z
  .object({
    landingZones: z.array(LandingZoneStateSchema),
    // An earlier release answers without.
    cursor: z
      .string()
      .nullable()
      .default(null)
      .meta({ description: 'The cursor of the next page; null on the last one' }),
  })
  .meta({ id: 'LandingZoneList' });

export type Shadow = Readonly<z.infer<typeof ShadowSchema>>;
export type ShadowReport = Readonly<z.infer<typeof ShadowReportSchema>>;
export type LandingZoneState = Readonly<z.infer<typeof LandingZoneStateSchema>>;
export type LandingZoneList = Readonly<z.infer<typeof LandingZoneListSchema>>;
