import * as z from 'zod/mini';

import { AccessRoleProfileSchema } from '../configuration/access-role-profile';
import { FactoryUserSchema, ImportRulesSchema, PlannedEnrollmentSchema } from './plan-parts';
import type { Fault } from '../base/fault';
import {
  AnyFlag,
  AnyNumber,
  AnyText,
  NoByDefault,
  NullByDefault,
  TextByName,
  TextOrNull,
  Texts,
} from '../base/plain-schemas';
import { ServiceAccountSchema } from '../configuration/service-accounts';

/**
 * Everything that a vending run is going to do, decided before its first write: steps carry out and take no decisions
 * on configuration. Later states add only what AWS alone knows (`AccountId`, `AccountArn`).
 *
 * Printed by `npm run plan` and answered by `POST /vendings?dryRun=true`, so its fields are stable: new ones may be
 * added, none renamed or removed without raising `planVersion`.
 */
export const PlanSchema = z.object({
  planVersion: z.literal(1),
  tenantUuid: AnyText,
  landingZone: AnyText,
  account: z.object({
    name: AnyText,
    email: AnyText,
    alias: AnyText,
    /** The name of the administrator role that CreateAccount leaves in the account. */
    accessRole: AnyText,
    /** false: an alias that the account already has is kept. */
    enforceAlias: AnyFlag,
  }),
  /**
   * The tenant has this account already, or is to get it. Name and e-mail above are then those that a new account would
   * have had.
   */
  existingAccountId: NullByDefault,
  /**
   * Which accounts may be imported. Null: none. Plans of earlier releases do not know it, and nothing is imported by
   * them any more.
   */
  import: z._default(z.nullable(ImportRulesSchema), null),
  /**
   * Accounts that the configuration names and that are never a tenant's. AWS knows more of them, and is asked where it
   * counts.
   */
  serviceAccounts: z._default(z.array(ServiceAccountSchema), []),
  targetOrgUnitId: AnyText,
  allowHierarchicalOrganizationalUnitAssignment: AnyFlag,
  /** Full tag keys, prefix included. The constant tag `account-vending:tenant-uuid` is not among them. */
  tags: TextByName,
  /** The tags of the account that are ours; null: none are, and tags are left alone. */
  tagNamespacePrefix: TextOrNull,
  stackSetExecutionRole: z.nullable(
    z.object({
      name: AnyText,
      managedPolicyArns: Texts,
      /** The automation account, whose StackSets may assume the role. */
      trustedAccountId: AnyText,
    }),
  ),
  enrollment: z.nullable(PlannedEnrollmentSchema),
  /**
   * Control Tower enrolls and unenrolls whatever is moved, so that accounts may be moved by anybody. Plans of earlier
   * releases know it not.
   */
  controlTowerFollowsMoves: NoByDefault,
  /**
   * The region of Control Tower, when the platform has it: an account that was imported may be enrolled, whatever its
   * landing zone wants.
   */
  controlTowerRegion: NullByDefault,
  /**
   * The user that the Account Factory makes administrator, and that is not to stay one. Absent: nobody, also in plans
   * of earlier releases.
   */
  factoryUser: z.optional(FactoryUserSchema),
  /**
   * Somebody has to approve first: that the account is made, or taken out of use. Absent: nobody is asked, also in
   * plans of earlier releases.
   */
  approval: z.optional(z.object({ expiresAfterDays: AnyNumber })),
  stackSets: z.array(
    z.object({
      name: AnyText,
      homeRegion: AnyText,
      regions: Texts,
      /** All that could be passed; only those that the stack set's template declares are. */
      parameters: TextByName,
      /** Present and true: the instances go when they are not wanted any more. */
      removeStackInstances: z.optional(AnyFlag),
    }),
  ),
  /**
   * Instances of earlier runs that are not wanted any more and may be removed. Plans of earlier releases removed none.
   */
  stackSetRemovals: z._default(z.array(z.object({ name: AnyText, homeRegion: AnyText, regions: Texts })), []),
  landingZoneFunction: z.nullable(z.object({ arn: AnyText, payload: TextByName })),
  /**
   * An account vending machine of the customer's own is waited for, which sets these tags. Plans of earlier releases
   * wait for none.
   */
  externalAvm: z._default(z.nullable(z.object({ tags: TextByName })), null),
  identityStore: z.nullable(
    z.object({
      region: AnyText,
      /**
       * The id by which the ledger names the directory of its groups; for SCIM the endpoint, unless it is configured.
       */
      identityStoreId: AnyText,
      instanceArn: AnyText,
      /** Null: groups are made by the Identity Store API. Plans of earlier releases know no other way. */
      scim: z._default(z.nullable(z.object({ endpoint: AnyText, tokenSecretArn: AnyText })), null),
    }),
  ),
  groups: z.array(
    z.object({
      name: AnyText,
      awsRole: AnyText,
      projectRoles: Texts,
      permissionSetArns: Texts,
      /** Each member's `userName` in IAM Identity Center, which is the meshUser's `euid`. */
      members: Texts,
    }),
  ),
  /**
   * Deprecated: access through a SAML provider and roles in the account, in place of groups. Plans of earlier releases
   * know none.
   */
  samlAccess: z._default(
    z.nullable(
      z.object({
        /** Without metadata the provider is somebody else's. */
        provider: z.object({ name: AnyText, metadataDocument: TextOrNull }),
        /** A role without policies is somebody else's. */
        roles: z.array(z.object({ name: AnyText, projectRoles: Texts, policyArns: Texts })),
        failIfNotFound: AnyFlag,
      }),
    ),
    null,
  ),
  /** What is no longer wanted of groups, members and assignments stays. Plans of earlier releases took it away. */
  skipUserGroupPermissionCleanup: NoByDefault,
  /**
   * Whether the sender said who has which roles. If not, `members` is empty and says nothing: members stay as they are.
   */
  membersKnown: NoByDefault,
  /** The meshUser by member in lower case: reports name people by it. */
  meshIdentifiers: z._default(TextByName, {}),
  /** Take away the access role's administrator rights at the end. */
  selfDowngrade: AnyFlag,
  /** What the access role keeps then. Plans of earlier releases knew the document's alone. */
  accessRoleProfile: z._default(AccessRoleProfileSchema, 'meshstack'),
  /** The tenant is to go, and this is how its account is taken out of use. Absent: the account is vended. */
  closing: z.optional(
    z.object({
      /** Never to be closed, whatever the ledger says. */
      managementAccountId: AnyText,
      /** Whether it may be closed in AWS. Plans of earlier releases kept it. */
      closesAccount: NoByDefault,
      /** Whether its alias is taken away, so that another tenant may have it. Plans of earlier releases left it. */
      releasesAlias: NoByDefault,
    }),
  ),
  /** What an operator should know although nothing is refused, such as a user without euid. */
  remarks: Texts,
});

export type VendingPlan = Readonly<z.infer<typeof PlanSchema>>;

/**
 * What an item of the ledger takes of a plan; the rest is for the item's key, and for stack instances to be removed,
 * which only the run knows.
 *
 * @evidence documented amazondynamodb/developerguide/Constraints: an item has at most 400 KB
 */
const MOST_PLAN_BYTES = 350 * 1024;

/**
 * What is remembered of each member of a group that can only be reached by SCIM: an id of the directory, in the item of
 * the tenant.
 */
const SCIM_MEMBER_BYTES = 50;
const MOST_SCIM_MEMBERS = Math.floor((200 * 1024) / SCIM_MEMBER_BYTES);

/**
 * A plan that the ledger could not keep is refused before anything is accepted. It names a member once for each of its
 * groups, so it may be larger than the desired state that it is made of.
 */
export function planSizeFaults(plan: VendingPlan): readonly Fault[] {
  const bytes = Buffer.byteLength(JSON.stringify(plan));
  const members = plan.groups.reduce((sum, group) => sum + group.members.length, 0);
  const faults: Fault[] = [];
  if (bytes > MOST_PLAN_BYTES) {
    const message = `would make a plan of ${bytes} bytes, with ${members} memberships in ${plan.groups.length} groups; at most ${MOST_PLAN_BYTES} (350 KB) can be kept. Send fewer people or roles, shorter euids, or shorter tags.`;
    faults.push({ field: fieldOfSize(plan, bytes), message, value: bytes, limit: MOST_PLAN_BYTES });
  }
  if ((plan.identityStore?.scim ?? null) !== null && members > MOST_SCIM_MEMBERS) {
    const message = `would make ${members} memberships; at most ${MOST_SCIM_MEMBERS} can be remembered where groups are reached by SCIM. Send fewer people or roles.`;
    faults.push({ field: 'userPermissions', message, value: members, limit: MOST_SCIM_MEMBERS });
  }
  const kept = bytesOfTenant(plan);
  if (kept > MOST_TENANT_BYTES) {
    const instances = plan.stackSets.reduce((sum, { regions }) => sum + regions.length, 0);
    const message = `would have ${kept} bytes remembered of the tenant, with ${plan.groups.length} groups, ${instances} stack instances and ${members} memberships; at most ${MOST_TENANT_BYTES} (300 KB) can be. Give the landing zone fewer role mappings, stack sets or regions.`;
    faults.push({ field: 'tenant.spec.landingZoneRef.name', message, value: kept, limit: MOST_TENANT_BYTES });
  }
  return faults;
}

/**
 * The rest of the tenant's item is for a refusal with all its faults, for lanes, and for what becomes of the account.
 */
const MOST_TENANT_BYTES = 300 * 1024;

/**
 * What is remembered of a stack instance, and of a group with the claim of its name, beside the words that the plan has
 * for them.
 */
const STACK_INSTANCE_BYTES = 400;
const GROUP_BYTES = 200;

/** How large the tenant's item becomes by what steps remember of the plan; a little more than it can be. */
function bytesOfTenant({ groups, stackSets, identityStore }: VendingPlan): number {
  const { identityStoreId = '', scim = null } = identityStore ?? {};
  const bytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));
  const ofGroups = groups.map(({ name, members }) => {
    const added = scim === null ? 0 : (members.length + 2) * SCIM_MEMBER_BYTES;
    return GROUP_BYTES + bytes(identityStoreId) + 2 * bytes(name) + added;
  });
  const ofInstances = stackSets.flatMap(({ name, homeRegion, regions }) =>
    regions.map((region) => STACK_INSTANCE_BYTES + bytes(name) + bytes(homeRegion) + bytes(region)),
  );
  return [...ofGroups, ...ofInstances].reduce((sum, one) => sum + one, 0);
}

/**
 * People are nearly always what is large; else it is tags, which each stack set and the landing zone's function are
 * given.
 */
function fieldOfSize({ groups, meshIdentifiers }: VendingPlan, bytes: number): string {
  return Buffer.byteLength(JSON.stringify([groups, meshIdentifiers])) > bytes / 2 ? 'userPermissions' : 'desiredState';
}
