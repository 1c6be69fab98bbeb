import * as z from 'zod';
import {
  AccountIdSchema,
  IdentityStoreIdSchema,
  InstanceArnSchema,
  ManagedPolicyArnSchema,
  ProductIdSchema,
  RegionSchema,
  RoleArnSchema,
  RoleNameSchema,
} from './aws-names';
import { RoleMappingSchema } from './role-mapping';

const PatternSchema = z.string().min(1, 'must not be empty');

/** How many characters an identifier may have: with 16 and 30 every `<workspace>.<project>` fits an account name. */
const lengthLimit = (standard: number): z.ZodDefault<z.ZodNumber> =>
  z.number().int().min(1, 'must be at least 1').max(1000, 'must be at most 1000').default(standard);

const IdentifierLimitsSchema = z.strictObject({
  workspaceIdentifier: lengthLimit(16),
  projectIdentifier: lengthLimit(30),
});

const TenantTagsSchema = z.strictObject({
  /** Marks the tags that are ours: tags with this prefix are added, changed and removed, others never touched. */
  namespacePrefix: z
    .string()
    .regex(
      /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,64}$/iu,
      "must have 1 to 64 characters (letters, digits, spaces and _.:/=+-@) and not begin with 'aws:'; end it in a delimiter, as in 'meshstack_'",
    ),
  tagMappers: z
    .array(z.strictObject({ key: z.string().min(1, 'must not be empty'), valuePattern: z.string() }))
    .default([]),
});

const IdentityStoreSchema = z.strictObject({
  /** The region of IAM Identity Center; the platform's unless given. */
  region: RegionSchema.optional(),
  identityStoreId: IdentityStoreIdSchema,
  arn: InstanceArnSchema,
  groupNamePattern: PatternSchema,
  signInUrl: z.string().regex(/^https:\/\/\S+$/, 'must be an https URL'),
  awsRoleMappings: z.array(RoleMappingSchema).min(1, 'must map at least one project role'),
});

const EnrollmentConfigurationSchema = z.strictObject({
  /** Control Tower's home region: Service Catalog's Account Factory answers only there. */
  region: RegionSchema,
  managementAccountId: AccountIdSchema,
  accountFactoryProductId: ProductIdSchema,
  /** Account Factory insists on a first user for every account, even where Identity Center is not used. */
  ssoUser: z.strictObject({
    email: z.string().regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must be an e-mail address'),
    firstName: z.string().min(1, 'must not be empty'),
    lastName: z.string().min(1, 'must not be empty'),
  }),
});

/** The role that CloudFormation StackSets assumes in each account; made when an account is opened. */
const StackSetExecutionRoleSchema = z.strictObject({
  name: RoleNameSchema,
  managedPolicyArns: z.array(ManagedPolicyArnSchema).min(1, 'must list at least one managed policy'),
});

/** The platform's configuration in meshStack's own field names (`spec.config.aws` of a meshPlatform). */
export const PlatformConfigurationSchema = z.strictObject({
  $schema: z.string().optional(),
  region: RegionSchema,
  accessConfig: z.strictObject({ organizationRootAccountRole: RoleArnSchema }),
  automationAccountRole: RoleArnSchema,
  accountAccessRole: RoleNameSchema,
  accountEmailPattern: PatternSchema,
  accountAliasPattern: PatternSchema,
  /** true: the alias is put right on every run; false: set once, an alias that is there is kept. */
  enforceAccountAlias: z.boolean(),
  tenantTags: TenantTagsSchema.optional(),
  identifierLimits: IdentifierLimitsSchema.prefault({}),
  awsIdentityStore: IdentityStoreSchema.optional(),
  enrollmentConfiguration: EnrollmentConfigurationSchema.optional(),
  stackSetExecutionRole: StackSetExecutionRoleSchema.optional(),
  /** Take away the access role's administrator rights at the end of each run. */
  selfDowngradeAccessRole: z.boolean(),
  /** true: an account that sits in an organizational unit below the landing zone's stays there. */
  allowHierarchicalOrganizationalUnitAssignment: z.boolean().default(false),
});

export type PlatformConfiguration = Readonly<z.infer<typeof PlatformConfigurationSchema>>;
