import * as z from 'zod';
import { ModeSchema } from './landing-zone-mode';
import { AccessRoleProfileSchema } from '../access/access-role-profile';
import { FunctionArnSchema, OrganizationalUnitIdSchema, RegionSchema, StackSetNameSchema } from '../base/aws-names';
import { LandingZoneRoleMappingSchema } from './access-configuration';
import { AccessStackSchema } from './access-stack-schema';
import { CustomizationSchema } from './customization-schema';

const StackSetSchema = z.strictObject({
  name: StackSetNameSchema,
  homeRegion: RegionSchema.optional().describe("Where the stack set itself lives; the platform's region unless given."),
  regions: z
    .array(RegionSchema)
    .min(1, 'must list at least one region')
    .describe('Where its instances go in the account.'),
  removeStackInstances: z
    .boolean()
    .optional()
    .describe(
      'true: when an account has no more use for them (another landing zone, another list of regions, a closing), its instances are removed, and ' +
        'their stacks with all that they hold. false: they stay.',
    ),
});

/**
 * Enough for the longest holiday; a closing waits for its share of thirty days after that, and an execution has a year.
 */
const MAX_APPROVAL_DAYS = 90;

const ApprovalSchema = z
  .strictObject({
    create: z.boolean().default(false).describe('true: somebody has to approve before AWS is asked for a new account.'),
    close: z
      .boolean()
      .default(false)
      .describe('true: somebody has to approve before the account of a tenant that is to go is taken out of use.'),
    expiresAfterDays: z
      .int()
      .min(1, 'must be at least 1')
      .max(MAX_APPROVAL_DAYS, `must be at most ${MAX_APPROVAL_DAYS}`)
      .default(14)
      .describe('For how long a decision is waited for. After that the run ends as if it was rejected.'),
  })
  .describe('Asks somebody first. Absent: nobody is asked.');

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
      'must have letters, digits, dots, hyphens and underscores only, at most 128',
    )
    .describe("The landing zone's identifier in meshStack, by which desired states refer to it."),
  awsTargetOrgUnitId: OrganizationalUnitIdSchema.nullable().describe(
    'Where accounts are moved to. null: to an organizational unit of their workspace, by workspaceOrgUnits of platform.json.',
  ),
  awsEnrollAccount: z
    .boolean()
    .describe('Enroll in Control Tower; the organizational unit must be registered there beforehand.'),
  awsLambdaArn: FunctionArnSchema.nullable()
    .default(null)
    .describe('Invoked at the end of each run, through the automation role. It must be idempotent.'),
  accessStack: z.optional(AccessStackSchema),
  stackSets: z.array(StackSetSchema).default([]).describe('Rolled out to the account in this order.'),
  customizations: z
    .optional(z.array(CustomizationSchema).max(10, 'must list at most 10'))
    .describe('What AWS CodeBuild runs for each account after its stack sets, in this order.'),
  closeAccount: z
    .boolean()
    .default(false)
    .describe(
      'true: the account of a tenant that is to go is closed in AWS. false: its people lose their access, and it stays.',
    ),
  closeImportedAccounts: z
    .boolean()
    .default(false)
    .describe('true: closeAccount counts for accounts that were there before their tenant, too.'),
  releaseAlias: z
    .optional(z.boolean())
    .describe(
      'true: an account that stays when its tenant goes loses the alias that it had from this tenant, and a tenant after it may have that. An account that is closed always loses it.',
    ),
  managementAccount: z
    .optional(z.boolean())
    .describe(
      'true: its tenants are the management account. People get access to it, and nothing else of it is touched. Needs managementAccountAccess in platform.json.',
    ),
  approval: z.optional(ApprovalSchema),
  mode: z
    .optional(ModeSchema)
    .describe("shadow: runs of this landing zone only tell what they would change; the platform's mode unless given."),
  accessRoleProfile: z
    .optional(AccessRoleProfileSchema)
    .describe("What the access role keeps in accounts of this landing zone; the platform's unless given."),
  awsRoleMappings: z
    .array(LandingZoneRoleMappingSchema)
    .default([])
    .describe("Not empty: used instead of the platform's mappings."),
});

export type LandingZone = Readonly<z.infer<typeof LandingZoneSchema>>;
