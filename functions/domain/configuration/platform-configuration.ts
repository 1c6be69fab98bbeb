import * as z from 'zod';
import { ModeSchema } from './landing-zone-mode';
import { AccessRoleProfileSchema } from '../access/access-role-profile';
import {
  AccountIdSchema,
  ManagedPolicyArnSchema,
  OrganizationalUnitIdSchema,
  RegionSchema,
  AnyRoleArnSchema,
  RoleArnSchema,
  RoleNameSchema,
} from '../base/aws-names';
import { EnrollmentConfigurationSchema } from './enrollment-configuration';
import {
  AwsSsoSchema,
  IdentityStoreSchema,
  ManagementAccountAccessSchema,
  MeshIdBSchema,
} from './access-configuration';
import { MeshStackSchema } from './mesh-stack-configuration';
import { patternSchema, TextSchema } from '../base/pattern-schema';
import { LONGEST_EMAIL } from '../account/account-names';
import { ACCOUNT_PLACEHOLDERS, problemsOfStringTemplate } from '../templates/string-template';
import { MeteringConfigurationSchema } from './metering-configuration';
import { WorkspaceOrgUnitsSchema } from './workspace-org-units';
import { problemsOfTagValuePattern } from '../templates/tag-value-pattern';

const AccountPatternSchema = patternSchema((pattern) => problemsOfStringTemplate(pattern, ACCOUNT_PLACEHOLDERS));
const TagValuePatternSchema = patternSchema(problemsOfTagValuePattern);

const lengthLimit = (standard: number): z.ZodDefault<z.ZodInt> =>
  z.int().min(1, 'must be at least 1').max(1000, 'must be at most 1000').default(standard);

const IdentifierLimitsSchema = z
  .strictObject({ workspaceIdentifier: lengthLimit(16), projectIdentifier: lengthLimit(30) })
  .describe(
    'How many characters identifiers may have; with 16 and 30 every <workspace>.<project> fits an account name.',
  );

const TenantTagsSchema = z
  .strictObject({
    namespacePrefix: z
      .string()
      .regex(
        /^(?![aA][wW][sS]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,64}$/u,
        "must have 1 to 64 characters (letters, digits, spaces and _.:/=+-@) and not begin with 'aws:'; end it in a delimiter, as in 'meshstack_'",
      )
      .describe(
        'Marks the tags that are ours: tags with this prefix are added, changed and removed, others never touched.',
      ),
    tagMappers: z
      .array(
        z.strictObject({
          key: TextSchema.describe('The tag key, without the prefix.'),
          valuePattern: TagValuePatternSchema.describe('Text with at most one ${placeholder}.'),
        }),
      )
      .default([])
      .describe('Tags made of what meshStack knows about the tenant. One whose tag is absent is skipped.'),
  })
  .describe("Tags of the account. Without this block the account's tags are left alone.");

/** A trust policy has 2,048 characters at most. */
const MAX_ADMINISTRATION_ROLES = 5;

const StackSetExecutionRoleSchema = z
  .strictObject({
    name: RoleNameSchema,
    managedPolicyArns: z.array(ManagedPolicyArnSchema).min(1, 'must list at least one managed policy'),
    administrationRoleArns: z
      .array(AnyRoleArnSchema)
      .min(1, 'must list at least one role')
      .max(MAX_ADMINISTRATION_ROLES, `must list at most ${MAX_ADMINISTRATION_ROLES} roles`)
      .optional()
      .describe(
        'Roles of the automation account by which its stack sets are administered, and which alone may assume the role. Without it, ' +
          'AWSCloudFormationStackSetAdministrationRole, which StackSets take where a stack set names no other.',
      ),
  })
  .describe('The role that StackSets assume in each account; made when an account is opened.');

const ImportSchema = z
  .strictObject({
    organizationalUnits: z
      .array(OrganizationalUnitIdSchema)
      .min(1, 'must list at least one organizational unit')
      .optional()
      .describe('Accounts in these units, or anywhere below them, may be imported; the root (r-...) stands for all.'),
    tag: z
      .strictObject({ key: TextSchema, value: z.string() })
      .optional()
      .describe('Accounts that carry this tag in AWS Organizations may be imported, wherever they are.'),
  })
  .describe(
    "Which existing accounts desired states may make a tenant's: those of organizationalUnits, and those with the tag. Without it, none.",
  );

const NightlyReconciliationSchema = z
  .strictObject({
    enabled: z.boolean().default(true),
    hour: z
      .int('must be a whole number')
      .min(0, 'must be at least 0')
      .max(23, 'must be at most 23')
      .default(1)
      .describe('The hour of the day, in UTC, at which it begins.'),
  })
  .describe('Every night, each tenant is brought back to its last desired state, and what had drifted is reported.');

/** The platform's configuration in meshStack's own field names (`spec.config.aws` of a meshPlatform). */
export const PlatformConfigurationSchema = z.strictObject({
  $schema: z.string().optional(),
  region: RegionSchema.describe('The region of stack sets and Identity Center, unless they name another.'),
  accessConfig: z.strictObject({
    organizationRootAccountRole: RoleArnSchema.describe('MeshfedServiceRole in the management account.'),
  }),
  automationAccountRole: RoleArnSchema.describe('MeshfedAutomationRole in the automation account.'),
  identityCenterRole: z
    .optional(AnyRoleArnSchema)
    .describe(
      'A role in the delegated administrator account of IAM Identity Center, made by IdentityCenterAccountStack: groups and assignments are worked on there. ' +
        'Without it, in the management account.',
    ),
  meshcloudAccountId: AccountIdSchema.optional().describe(
    'The account that this application runs in, which is never imported. It finds that out by itself; npm run plan, which asks nobody, knows it from here.',
  ),
  sharedAccountIds: z
    .array(AccountIdSchema)
    .optional()
    .describe(
      "Further accounts that are neither imported nor closed, such as Control Tower's log archive and audit accounts.",
    ),
  import: ImportSchema.optional(),
  accountAccessRole: RoleNameSchema.describe('The administrator role that CreateAccount leaves in each account.'),
  accountEmailPattern: AccountPatternSchema.describe(
    `Pattern of account e-mail addresses; at most ${LONGEST_EMAIL} characters when rendered.`,
  ),
  accountAliasPattern: AccountPatternSchema.describe('Pattern of account aliases; 3 to 63 characters when rendered.'),
  enforceAccountAlias: z
    .boolean()
    .describe('true: the alias is put right on every run. false: set once; an alias that is there is kept.'),
  tenantTags: TenantTagsSchema.optional(),
  identifierLimits: IdentifierLimitsSchema.prefault({}),
  replicationSequenceYearsAhead: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(285_000, 'must be at most 285000')
    .default(10)
    .describe(
      'How far ahead of now a replicationSequence may be when it is read as milliseconds since 1970. A sequence that is far too high would make every later one older.',
    ),
  awsIdentityStore: IdentityStoreSchema.optional(),
  awsSso: AwsSsoSchema.optional(),
  meshIdB: MeshIdBSchema.optional(),
  enrollmentConfiguration: EnrollmentConfigurationSchema.optional(),
  stackSetExecutionRole: StackSetExecutionRoleSchema.optional(),
  meshStack: MeshStackSchema.optional(),
  selfDowngradeAccessRole: z
    .boolean()
    .describe("Take away the access role's administrator rights at the end of each run."),
  accessRoleProfile: z
    ._default(AccessRoleProfileSchema, 'meshstack')
    .describe(
      "What the access role keeps. meshstack: meshcloud's own minimum, from which it can become administrator again. sealed: what later runs need, with no way back.",
    ),
  skipUserGroupPermissionCleanup: z
    .boolean()
    .default(false)
    .describe('true: groups, members and assignments that are no longer wanted stay; taking them away is your work.'),
  adoptGroups: z
    .boolean()
    .optional()
    .describe(
      "true: in accounts that were imported, a group of a planned name that gives access to nothing yet becomes the tenant's, too. Groups that " +
        "give access to the tenant's account alone always do.",
    ),
  allowHierarchicalOrganizationalUnitAssignment: z
    .boolean()
    .default(false)
    .describe("true: an account in an organizational unit below the landing zone's stays there."),
  waitForExternalAvm: z
    .boolean()
    .default(false)
    .describe(
      'true: nobody gets into an account before an account vending machine of your own has tagged it with ProductName (the workspace) and Stage ' +
        '(the project).',
    ),
  workspaceOrgUnits: z.optional(WorkspaceOrgUnitsSchema),
  managementAccountAccess: z.optional(ManagementAccountAccessSchema),
  metering: z.optional(MeteringConfigurationSchema),
  nightlyReconciliation: NightlyReconciliationSchema.prefault({}),
  mode: z
    .optional(ModeSchema)
    .describe(
      'act, which is the default: runs change AWS. shadow: they only tell what they would change, until a landing zone is allowed to act.',
    ),
});

export type PlatformConfiguration = Readonly<z.infer<typeof PlatformConfigurationSchema>>;
