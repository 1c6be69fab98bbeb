import * as z from 'zod';

import { described } from '../domain/base/plain-schemas';
import { ChangeGroupSchema, SevereCountsSchema } from '../domain/rollout/change-groups';
import {
  RolloutKindSchema,
  RolloutLimitsSchema,
  RolloutStatusSchema,
  RolloutTenantSchema,
} from '../domain/rollout/rollout';
import { InstantSchema } from './responses';

const cursor = z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' });

export const RolloutAcceptedSchema = z.object({ id: z.string() }).meta({ id: 'RolloutAccepted' });

const LandingZoneSchema = z
  .object({
    version: z.string(),
    baselineVersion: z.string().meta({ description: 'The version of AWSControlTowerBaseline that goes with it' }),
    updatedAt: InstantSchema.nullable().meta({ description: 'null: longer ago than Control Tower remembers' }),
    units: z
      .array(z.object({ id: z.string(), accounts: z.int(), behind: z.int() }))
      .meta({ description: 'In the order of the waves; behind: accounts that are to be brought still' }),
    single: z.int().meta({ description: 'Accounts that are to be updated one by one still, in the last wave' }),
  })
  .meta({ id: 'RolloutLandingZone', description: 'What accounts are brought to, where the kind is landing-zone' });

export const RolloutSchema = z
  .object({
    id: z.string(),
    kind: z.enum(RolloutKindSchema.options).optional().meta({ description: 'Absent: configuration' }),
    landingZone: LandingZoneSchema.optional(),
    secondsLeft: z
      .int()
      .optional()
      .meta({ description: 'Of a landing zone: how long what is left takes, by what was seen so far' }),
    status: z.enum(RolloutStatusSchema.options).meta({
      id: 'RolloutStatus',
      description: 'PLANNED, PAUSED and STOPPED wait for a person; REFUSED, ENDED and ABORTED are over',
    }),
    fromHash: z.string().meta({ description: 'The configuration that was released before' }),
    targetHash: z.string().meta({ description: 'The configuration that tenants are brought to' }),
    limits: RolloutLimitsSchema,
    plannedAt: InstantSchema.nullable(),
    plannedBy: z.string().nullable(),
    token: z.string().nullable().meta({ description: 'Starts this plan; null until it is complete' }),
    changing: z.int().meta({ description: 'Tenants in which something is to change' }),
    unchanged: z.int().meta({ description: 'Tenants that take the configuration without a run' }),
    refused: z.int().meta({ description: 'Tenants that cannot be planned by it: they keep the one that they have' }),
    leftAlone: z.int().meta({
      description: 'Tenants that have it already, are being deleted, are in shadow mode, or have no account to change',
    }),
    groups: z.array(ChangeGroupSchema).meta({ description: 'Tenants in which the same changes, the most first' }),
    severe: described(SevereCountsSchema, 'The tenants that lose something, or are moved'),
    startedAt: InstantSchema.nullable(),
    startedBy: z.string().nullable(),
    wave: z.int().meta({ description: 'The wave that is carried out: 0 is the canary' }),
    running: z.int(),
    done: z.int(),
    failed: z.int(),
    overtaken: z.int().meta({ description: 'Tenants that were busy when it was their turn: they come at the end' }),
    unexpected: z.int().meta({ description: 'Tenants in which something else has changed than was planned' }),
    reason: z.string().nullable().meta({ description: 'Why it was refused, paused, stopped or aborted' }),
    endedAt: InstantSchema.nullable(),
  })
  .meta({ id: 'Rollout' });

export const RolloutListSchema = z.object({ rollouts: z.array(RolloutSchema), cursor }).meta({ id: 'RolloutList' });

export const RolloutTenantsSchema = z
  .object({ tenants: z.array(RolloutTenantSchema), cursor })
  .meta({ id: 'RolloutTenants' });

export type Rollout = Readonly<z.infer<typeof RolloutSchema>>;
export type RolloutList = Readonly<z.infer<typeof RolloutListSchema>>;
export type RolloutTenants = Readonly<z.infer<typeof RolloutTenantsSchema>>;
export type RolloutAccepted = Readonly<z.infer<typeof RolloutAcceptedSchema>>;
