import * as z from 'zod';

import {
  PermissionSetArnSchema,
  IdentityStoreIdSchema,
  InstanceArnSchema,
  RegionSchema,
  SecretArnSchema,
  ManagedPolicyArnSchema,
  RoleNameSchema,
} from '../base/aws-names';
import { GROUP_PLACEHOLDERS, problemsOfStringTemplate } from '../templates/string-template';
import { patternSchema } from '../base/pattern-schema';
import { beginsLikeOurs, GROUPS_WITHIN_HOURS, OWN_GROUP_PREFIX } from '../account/account-names';

const ProjectRoleRefSchema = z.strictObject({
  name: z.string().min(1, 'must name a project role of meshStack'),
  kind: z.literal('meshProjectRole').optional(),
});

const AwsRoleSchema = z.string().min(1, 'must name the role: it becomes part of the group name');

const PermissionSetArnsSchema = z
  .array(PermissionSetArnSchema)
  .describe('What the group has in the account. An empty list: others assign it, and only its members are made here.');

const GroupPatternSchema = patternSchema((pattern) => problemsOfStringTemplate(pattern, GROUP_PLACEHOLDERS));

const existingGroup = {
  existingGroupNamePattern: z
    .optional(
      GroupPatternSchema.refine(
        (pattern) => !beginsLikeOurs(pattern),
        `must not begin with '${OWN_GROUP_PREFIX}', by which groups begin that this application makes`,
      ),
    )
    .describe(
      'Pattern of the whole name of a group that the identity provider brings. It is waited for and given the permission sets; its members are never ' +
        'changed. Without it, this application makes a group and its members.',
    ),
};

/** Maps project roles to permission sets: users with the project role get them through one group for each `awsRole`. */
export const RoleMappingSchema = z.strictObject({
  projectRoleRef: ProjectRoleRefSchema,
  awsRole: AwsRoleSchema,
  permissionSetArns: PermissionSetArnsSchema,
  ...existingGroup,
});

/**
 * The same on a landing zone, where meshStack calls the fields `platformRole` and `policies`. The platform's names are
 * understood too, so that a mapping can be moved from one file to the other.
 */
export const LandingZoneRoleMappingSchema = z.union([
  z
    .strictObject({
      projectRoleRef: ProjectRoleRefSchema,
      platformRole: AwsRoleSchema,
      policies: PermissionSetArnsSchema,
      ...existingGroup,
    })
    .transform(({ platformRole, policies, ...same }): RoleMapping => ({
      ...same,
      awsRole: platformRole,
      permissionSetArns: policies,
    })),
  RoleMappingSchema,
]);

export type RoleMapping = Readonly<z.infer<typeof RoleMappingSchema>>;

const MAX_HOURS = 30 * 24;

/** What both ways into IAM Identity Center share. */
const common = {
  region: RegionSchema.optional().describe("The region of IAM Identity Center; the platform's unless given."),
  arn: InstanceArnSchema.describe('The Identity Center instance.'),
  groupNamePattern: GroupPatternSchema.describe("Pattern of group names, behind the fixed prefix 'mst-'."),
  groupsWithinHours: z
    .optional(z.int().min(1, 'must be at least 1').max(MAX_HOURS, `must be at most ${MAX_HOURS}`))
    .describe(
      `How long a run waits for groups of the identity provider (existingGroupNamePattern); ${GROUPS_WITHIN_HOURS} unless given.`,
    ),
  signInUrl: z.string().regex(/^https:\/\/\S+$/, 'must be an https URL'),
  awsRoleMappings: z.array(RoleMappingSchema).min(1, 'must map at least one project role'),
};

export const IdentityStoreSchema = z
  .strictObject({ identityStoreId: IdentityStoreIdSchema, ...common })
  .describe('Access through IAM Identity Center, whose groups are made by the Identity Store API.');

export const AwsSsoSchema = z
  .strictObject({
    scimEndpoint: z
      .string()
      .regex(
        /^https:\/\/[\w.-]+(?:\/[\w.-]+)*\/scim\/v2\/?$/,
        "must be a SCIM endpoint such as 'https://scim.eu-central-1.amazonaws.com/<id>/scim/v2/'",
      )
      .describe('As IAM Identity Center shows it under automatic provisioning.'),
    ssoAccessToken: z
      .strictObject({ secretArn: SecretArnSchema })
      .describe('Where the access token of the endpoint is kept, as plain text. The token itself never stands here.'),
    identityStoreId: IdentityStoreIdSchema.optional().describe(
      'Only for a later change to awsIdentityStore: groups that were made by SCIM are then known there as ours.',
    ),
    ...common,
  })
  .describe('Access through IAM Identity Center, whose groups are made by SCIM. Instead of awsIdentityStore.');

export type IdentityCenterConfiguration = Readonly<Omit<z.infer<typeof IdentityStoreSchema>, 'identityStoreId'>>;

export type IdentityStore = z.infer<typeof IdentityStoreSchema>;
export type AwsSso = z.infer<typeof AwsSsoSchema>;

const MappingSchema = z.strictObject({
  projectRoleRef: ProjectRoleRefSchema,
  awsRole: RoleNameSchema.describe('The name of the role in each account.'),
  policies: z
    .array(ManagedPolicyArnSchema)
    .default([])
    .describe(
      'Managed policies of the role, which is then ours. None: somebody else makes the role, and it is only looked for.',
    ),
});

/** Deprecated in meshStack, too: for installations that have it. */
export const MeshIdBSchema = z
  .strictObject({
    samlProvider: z.strictObject({
      name: z.string().regex(/^[\w.-]{1,128}$/, 'must have 1 to 128 letters, digits or _.-'),
      metadataDocument: z
        .string()
        .min(1000, 'must be the SAML metadata of meshIdB, of which AWS takes no less than 1000 characters')
        .max(200_000, 'must have at most 200000 characters')
        .optional()
        .describe('The SAML metadata of meshIdB. Absent: somebody else makes the provider, and it is only looked for.'),
    }),
    awsRoleMappings: z.array(MappingSchema).min(1, 'must map at least one project role'),
    failIfSAMLIdpOrRoleNotFound: z
      .boolean()
      .default(true)
      .describe(
        'Whether a provider or a role that others make and that is not there fails the run; else it is a remark.',
      ),
  })
  .describe('Access through IAM roles and a SAML provider in each account. Deprecated: use awsIdentityStore.');

export type MeshIdB = Readonly<z.infer<typeof MeshIdBSchema>>;

/** Who may get into the management account, which is nobody without this. */
export const ManagementAccountAccessSchema = z
  .strictObject({
    permissionSetArns: z
      .array(PermissionSetArnSchema)
      .min(1, 'must list at least one permission set')
      .describe('What may be given in the management account, and what may be taken away there: nothing else.'),
  })
  .describe(
    'Lets a tenant give people access to the management account, by a landing zone with managementAccount. Absent: nobody gets into it by a tenant.',
  );
