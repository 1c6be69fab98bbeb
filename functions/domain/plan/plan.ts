import * as z from 'zod/mini';

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
import { AccessRoleProfileSchema } from '../access/access-role-profile';

const common = {
  region: AnyText,
  managementAccountId: AnyText,
  /**
   * How many accounts Control Tower may work on at once, for all vendings together. Plans of earlier releases do not
   * say it.
   */
  concurrentEnrollments: z._default(AnyNumber, 5),
  /** The unit that an account is moved to when it leaves Control Tower. Absent: the root. */
  suspendedOrgUnitId: z.optional(AnyText),
};

const SsoUserSchema = z.object({ email: AnyText, firstName: AnyText, lastName: AnyText });

/** Enrollment by the Account Factory, and what it is asked for. */
const ByAccountFactorySchema = z.object({
  strategy: z.literal('account-factory'),
  ...common,
  accountFactoryProductId: AnyText,
  ssoUser: SsoUserSchema,
});

/** Control Tower enrolls the account when it is moved; what is configured for the Account Factory is not used then. */
const ByMoveSchema = z.object({
  strategy: z.literal('auto-enroll'),
  ...common,
  accountFactoryProductId: z.optional(AnyText),
  ssoUser: z.optional(SsoUserSchema),
});

/** How an account is enrolled in Control Tower. */
export const PlannedEnrollmentSchema = z.discriminatedUnion('strategy', [ByAccountFactorySchema, ByMoveSchema]);

export type FactoryEnrollment = Readonly<z.infer<typeof ByAccountFactorySchema>>;

/**
 * Which accounts of the organization may become a tenant's: those in or below one of the units, and those with the tag.
 * Either suffices.
 */
const ImportRulesSchema = z.object({
  organizationalUnits: Texts,
  tag: z.nullable(z.object({ key: AnyText, value: AnyText })),
});

export type ImportRules = Readonly<z.infer<typeof ImportRulesSchema>>;

const WorkspaceOrgUnitSchema = z.object({ parentOrgUnitId: AnyText, name: AnyText });

export type WorkspaceOrgUnit = Readonly<z.infer<typeof WorkspaceOrgUnitSchema>>;

/** The user of the Account Factory, and the IAM Identity Center in which it has what AWS gives it. */
const FactoryUserSchema = z.object({
  email: AnyText,
  region: AnyText,
  /** Null where none is configured: AWS tells which one there is in the region. */
  instanceArn: TextOrNull,
  identityStoreId: TextOrNull,
});

export type FactoryUser = Readonly<z.infer<typeof FactoryUserSchema>>;

/** What CodeBuild runs for the account. */
const PlannedCustomizationSchema = z.object({
  name: AnyText,
  /** The CodeBuild project, and its region. */
  project: AnyText,
  region: AnyText,
  image: AnyText,
  source: z.object({
    type: z.enum(['S3', 'GITHUB', 'GITLAB', 'BITBUCKET']),
    location: AnyText,
    version: AnyText,
    connectionArn: TextOrNull,
  }),
  /** The path of one in the source, or the buildspec itself. */
  buildspec: AnyText,
  environment: TextByName,
  /** What it is told of the account; what AWS alone knows takes its place later. */
  inputs: TextByName,
  timeLimitMinutes: AnyNumber,
  /** The role in the account. */
  role: z.object({ name: AnyText, madeByStackSet: AnyFlag }),
  /** It takes back what it has made: the account is taken out of use. */
  destroys: z.optional(z.literal(true)),
});

export type PlannedCustomization = Readonly<z.infer<typeof PlannedCustomizationSchema>>;

/** An account that serves all tenants is neither imported nor closed; `what` says it, as the rest of a sentence. */
const ServiceAccountSchema = z.object({ id: AnyText, what: AnyText });

export type ServiceAccount = Readonly<z.infer<typeof ServiceAccountSchema>>;

/**
 * Everything that a vending run is going to do, decided before its first write: steps carry out and take no decisions
 * on configuration. It never changes: what later states learn, such as the account's id, is their own result.
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
   * The account is the management account: people get access to it, and nothing else of it is touched or entered. The
   * plan asks for nothing else. Absent: it is an account like any other, also in plans of earlier releases.
   */
  accessOnly: z.optional(z.literal(true)),
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
  /** Null: `workspaceOrgUnit`, whose id is known once it is there. */
  targetOrgUnitId: TextOrNull,
  /**
   * The account belongs in a unit of its workspace, by this name in that parent; it is made where there is none.
   * Absent: the account has its target, also in plans of earlier releases.
   */
  workspaceOrgUnit: z.optional(WorkspaceOrgUnitSchema),
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
   * The account was enrolled, and its landing zone enrolls nobody: it leaves Control Tower first, by what this says.
   * Absent: it stays as it is, also in plans of earlier releases.
   */
  unenrollment: z.optional(PlannedEnrollmentSchema),
  /**
   * Control Tower enrolls and unenrolls whatever is moved, so that accounts may be moved by anybody. Plans of earlier
   * releases do not have it.
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
  /** A group of a planned name that gives access to nothing may be taken over. Absent: it may not. */
  adoptGroups: z.optional(z.literal(true)),
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
  /** What is run for the account, one after the other. Absent: nothing, also in plans of earlier releases. */
  customizations: z.optional(z.array(PlannedCustomizationSchema)),
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
      /** Empty: others assign the group, and what they have assigned is left alone. */
      permissionSetArns: Texts,
      /** Each member's `userName` in IAM Identity Center, which is the meshUser's `euid`. */
      members: Texts,
    }),
  ),
  /**
   * Groups that come from the identity provider, and that are waited for: only their permission sets in this account
   * are ours. Absent: none, also in plans of earlier releases.
   */
  existingGroups: z.optional(
    z.object({
      /** How long a run waits for them. */
      withinHours: AnyNumber,
      groups: z.array(z.object({ name: AnyText, awsRole: AnyText, projectRoles: Texts, permissionSetArns: Texts })),
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
  /** The tenant is to be deleted, and this is how its account is taken out of use. Absent: the account is vended. */
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
  /** A shadow run: it tells what it would change, takes no name and writes nothing to AWS. Absent: it acts. */
  shadow: z.optional(AnyFlag),
  /** What an operator should know although nothing is refused, such as a user without euid. */
  remarks: Texts,
});

export type VendingPlan = Readonly<z.infer<typeof PlanSchema>>;

/**
 * The key of the tag whose value is the tenant's uuid, on every account from its creation on: by it, and by it alone,
 * an account is recognized as a tenant's. It is outside every namespace prefix and never removed.
 */
export const TENANT_TAG_KEY = 'account-vending:tenant-uuid';

/** Whether the account leaves Control Tower, instead of being enrolled: it is closed, or its landing zone has left. */
export const isLeaving = ({ closing, unenrollment }: Pick<VendingPlan, 'closing' | 'unenrollment'>): boolean =>
  closing !== undefined || unenrollment !== undefined;

/** The Control Tower that the account is enrolled in, or leaves. */
export const controlTowerOf = ({
  enrollment,
  unenrollment,
}: Pick<VendingPlan, 'enrollment' | 'unenrollment'>): VendingPlan['enrollment'] => unenrollment ?? enrollment;

/**
 * The unit that the configuration names for an account: its target or, where the account is to have a unit of its
 * workspace, the parent of that.
 */
export const namedUnitOf = ({
  targetOrgUnitId,
  workspaceOrgUnit,
}: Pick<VendingPlan, 'targetOrgUnitId' | 'workspaceOrgUnit'>): string =>
  targetOrgUnitId ?? workspaceOrgUnit?.parentOrgUnitId ?? '';
