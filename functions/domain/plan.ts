import * as z from 'zod/mini';

import { AccessRoleProfileSchema } from './access-role-profile';
import { PlannedEnrollmentSchema } from './planned-enrollment';

/**
 * Everything that a vending run is going to do, decided before its first write: steps carry out and take no decisions
 * on configuration. Later states add only what AWS alone knows (`AccountId`, `AccountArn`).
 *
 * Printed by `npm run plan` and answered by `POST /vendings?dryRun=true`, so its fields are stable: new ones may be
 * added, none renamed or removed without raising `planVersion`.
 */
export const PlanSchema = z.object({
  planVersion: z.literal(1),
  tenantUuid: z.string(),
  landingZone: z.string(),
  account: z.object({
    name: z.string(),
    email: z.string(),
    alias: z.string(),
    /** The name of the administrator role that CreateAccount leaves in the account. */
    accessRole: z.string(),
    /** false: an alias that the account already has is kept. */
    enforceAlias: z.boolean(),
  }),
  /** The tenant has this account already, or is to get it. Name and e-mail above are then those that a new account would have had. */
  existingAccountId: z._default(z.nullable(z.string()), null),
  targetOrgUnitId: z.string(),
  allowHierarchicalOrganizationalUnitAssignment: z.boolean(),
  /** Full tag keys, prefix included. The constant tag `account-vending:tenant-uuid` is not among them. */
  tags: z.record(z.string(), z.string()),
  /** The tags of the account that are ours; null: none are, and tags are left alone. */
  tagNamespacePrefix: z.nullable(z.string()),
  stackSetExecutionRole: z.nullable(
    z.object({
      name: z.string(),
      managedPolicyArns: z.array(z.string()),
      /** The automation account, whose StackSets may assume the role. */
      trustedAccountId: z.string(),
    }),
  ),
  enrollment: z.nullable(PlannedEnrollmentSchema),
  /** Control Tower enrolls and unenrolls whatever is moved, so that accounts may be moved by anybody. Plans of earlier releases know it not. */
  controlTowerFollowsMoves: z._default(z.boolean(), false),
  /** Where Control Tower is, when the platform has it: an account that was imported may be enrolled, whatever its landing zone wants. */
  controlTowerRegion: z._default(z.nullable(z.string()), null),
  stackSets: z.array(
    z.object({
      name: z.string(),
      homeRegion: z.string(),
      regions: z.array(z.string()),
      /** All that could be passed; only those that the stack set's template declares are. */
      parameters: z.record(z.string(), z.string()),
      /** Present and true: the instances go when they are not wanted any more. */
      removeStackInstances: z.optional(z.boolean()),
    }),
  ),
  /** Instances of earlier runs that are not wanted any more and may be removed. Plans of earlier releases removed none. */
  stackSetRemovals: z._default(
    z.array(z.object({ name: z.string(), homeRegion: z.string(), regions: z.array(z.string()) })),
    [],
  ),
  landingZoneFunction: z.nullable(z.object({ arn: z.string(), payload: z.record(z.string(), z.string()) })),
  /** An account vending machine of the customer's own is waited for, which sets these tags. Plans of earlier releases wait for none. */
  externalAvm: z._default(z.nullable(z.object({ tags: z.record(z.string(), z.string()) })), null),
  identityStore: z.nullable(
    z.object({
      region: z.string(),
      /** By which the ledger knows where its groups are; for SCIM, unless it is configured, the endpoint. */
      identityStoreId: z.string(),
      instanceArn: z.string(),
      /** Null: groups are made by the Identity Store API. Plans of earlier releases know no other way. */
      scim: z._default(z.nullable(z.object({ endpoint: z.string(), tokenSecretArn: z.string() })), null),
    }),
  ),
  groups: z.array(
    z.object({
      name: z.string(),
      awsRole: z.string(),
      projectRoles: z.array(z.string()),
      permissionSetArns: z.array(z.string()),
      /** Each member's `userName` in IAM Identity Center, which is the meshUser's `euid`. */
      members: z.array(z.string()),
    }),
  ),
  /** Deprecated: access through a SAML provider and roles in the account, in place of groups. Plans of earlier releases know none. */
  samlAccess: z._default(
    z.nullable(
      z.object({
        /** Without metadata the provider is somebody else's. */
        provider: z.object({ name: z.string(), metadataDocument: z.nullable(z.string()) }),
        /** A role without policies is somebody else's. */
        roles: z.array(
          z.object({ name: z.string(), projectRoles: z.array(z.string()), policyArns: z.array(z.string()) }),
        ),
        failIfNotFound: z.boolean(),
      }),
    ),
    null,
  ),
  /** What is no longer wanted of groups, members and assignments stays. Plans of earlier releases took it away. */
  skipUserGroupPermissionCleanup: z._default(z.boolean(), false),
  /** Whether the sender said who has which roles. If not, `members` is empty and says nothing: members stay as they are. */
  membersKnown: z._default(z.boolean(), false),
  /** By member in lower case, the meshUser behind it: what reports call people by. */
  meshIdentifiers: z._default(z.record(z.string(), z.string()), {}),
  /** Take away the access role's administrator rights at the end. */
  selfDowngrade: z.boolean(),
  /** What the access role keeps then. Plans of earlier releases knew the document's alone. */
  accessRoleProfile: z._default(AccessRoleProfileSchema, 'meshstack'),
  /** The tenant is to go, and this is how its account is taken out of use. Absent: the account is vended. */
  closing: z.optional(
    z.object({
      /** Never to be closed, whatever the ledger says. */
      managementAccountId: z.string(),
      /** Whether it may be closed in AWS. Plans of earlier releases kept it. */
      closesAccount: z._default(z.boolean(), false),
    }),
  ),
  /** What an operator should know although nothing is refused, such as a user without euid. */
  remarks: z.array(z.string()),
});

export type VendingPlan = Readonly<z.infer<typeof PlanSchema>>;
