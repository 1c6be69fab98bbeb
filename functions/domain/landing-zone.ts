import * as z from 'zod';
import { FunctionArnSchema, OrganizationalUnitIdSchema, RegionSchema, StackSetNameSchema } from './aws-names';
import { LandingZoneRoleMappingSchema } from './role-mapping';

const StackSetSchema = z.strictObject({
  name: StackSetNameSchema,
  /** Where the stack set itself lives, which is where it must be called; the platform's `region` unless given. */
  homeRegion: RegionSchema.optional(),
  /** Where its instances go in the account. */
  regions: z.array(RegionSchema).min(1, 'must list at least one region'),
});

/**
 * A landing zone: what an account gets and where it stands. Field names are those of meshStack's landing zone
 * (`spec.platformProperties.aws`); `stackSets` stands for the stack-set fields of its panel.
 */
export const LandingZoneSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/,
      "must be the landing zone's identifier in meshStack: letters, digits, dots, hyphens and underscores",
    ),
  awsTargetOrgUnitId: OrganizationalUnitIdSchema,
  /** Enroll in Control Tower; the organizational unit must be registered there beforehand. */
  awsEnrollAccount: z.boolean(),
  /** Invoked at the end of every vending run of the tenant, through the automation account's role. */
  awsLambdaArn: FunctionArnSchema.nullable().default(null),
  stackSets: z.array(StackSetSchema).default([]),
  /** Not empty: used instead of the platform's mappings. */
  awsRoleMappings: z.array(LandingZoneRoleMappingSchema).default([]),
});

export type LandingZone = Readonly<z.infer<typeof LandingZoneSchema>>;
