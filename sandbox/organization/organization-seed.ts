import type { AccountState } from './account-state';

/** A policy document as an object; the model keeps and answers it as the text it was given. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

/** The organization as it stands before the first call. */
export interface OrganizationSeed {
  /** Default `aws`. */
  readonly partition?: string;
  readonly organizationId: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly automationAccountId: string;
  /** The account of the functions' own roles. */
  readonly meshcloudAccountId: string;
  /** Parents before their children. */
  readonly organizationalUnits: readonly UnitSeed[];
  readonly accounts: readonly AccountSeed[];
  /** Accounts outside any organization: they can be invited. Default: none. */
  readonly standaloneAccounts?: readonly StandaloneSeed[];
  /**
   * Whether the management account has its counterpart in GovCloud, without which no accounts are made there. Default:
   * yes.
   */
  readonly isPairedWithGovCloud?: boolean;
  /**
   * Whether these accounts have been made by requests that AWS still lists. Default: no.
   *
   * @evidence documented organizations/APIReference/API_ListCreateAccountStatus: it lists the requests that are being
   *   tracked, in no order it tells
   * @evidence assumed none: requests are tracked for good, or for a while (decided by: ListCreateAccountStatus in an
   *   organization of some years)
   */
  readonly accountsWereRequested?: boolean;
  /** Whether all features of Organizations are enabled, or consolidated billing alone. Default: all. */
  readonly featureSet?: 'ALL' | 'CONSOLIDATED_BILLING';
  /** Accounts that administer an AWS service for the whole organization. Default: none. */
  readonly delegatedAdministrators?: readonly string[];
  readonly serviceRoles: readonly ServiceRoleSeed[];
  /** Besides `FullAWSAccess` everywhere and Control Tower's mandatory one on registered OUs. */
  readonly serviceControlPolicies?: readonly ServiceControlPolicySeed[];
  /** Besides `RCPFullAWSAccess` everywhere. Default: the organization has no such policies. */
  readonly resourceControlPolicies?: readonly ServiceControlPolicySeed[];
  /** Taken elsewhere in AWS: root e-mails and account aliases are unique beyond the organization. */
  readonly foreignEmails?: readonly string[];
  readonly foreignAliases?: readonly string[];
  /** Control Tower's product in Service Catalog; without it nothing can be enrolled. */
  readonly accountFactory?: AccountFactorySeed;
  /** The state of Control Tower, if there is one. Default: at rest, and enrolls only on request. */
  readonly controlTower?: ControlTowerSeed;
  readonly stackSets?: readonly StackSetSeed[];
  readonly functions?: readonly FunctionSeed[];
  /** Projects of CodeBuild. Default: none but those that stacks make. */
  readonly buildProjects?: readonly BuildProjectSeed[];
  /** What builds can download. Default: nothing. */
  readonly buildSources?: readonly BuildSourceSeed[];
  /** Without it, IAM Identity Center is not enabled. */
  readonly identityCenter?: IdentityCenterSeed;
  /** What there is to bill besides what accounts use. Default: nothing. */
  readonly costs?: CostSeed;
  /**
   * How CreateAccount leaves administrator rights on the access role; older accounts have them inline. Default
   * `attached`.
   */
  readonly accessRoleRights?: 'attached' | 'inline';
  /** Whether Service Quotas has an applied value of the quota of accounts, beside AWS's default. Default: yes. */
  readonly hasAppliedAccountQuota?: boolean;
  /**
   * How many functions Lambda runs at once in the account of the application, and how many of them are reserved for
   * others. Default: 1,000 and none.
   */
  readonly meshcloudLambda?: { readonly concurrency?: number; readonly reserved?: number };
}

export interface UnitSeed {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
  /** Registered with Control Tower (`AWSControlTowerBaseline`): enrollment is possible, and the mandatory SCP binds. */
  readonly registered: boolean;
  /**
   * What else Control Tower has enabled on a unit that is not registered, from landing zone 4.0 on. Default: nothing.
   */
  readonly governedBy?: 'ConfigBaseline' | 'controls';
  /** Of its baseline, such as one that an update of the landing zone has left behind. Default: the newest. */
  readonly baselineVersion?: string;
}

export interface AccountSeed {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly parentId: string;
  readonly alias?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** An access role that the account already has, with administrator rights and the management account's trust. */
  readonly accessRole?: string;
  /** As AWS has it: one that AWS has suspended, for example. Default `ACTIVE`. */
  readonly state?: AccountState;
  /** Opt-in regions that were enabled for the account. Default: none, as in every new account. */
  readonly enabledRegions?: readonly string[];
  /** Default regions in which somebody has deactivated STS for the account; those where AWS allows it. */
  readonly inactiveStsRegions?: readonly string[];
  /** AWS Config, as somebody has set it up there: the names of its recorder and its delivery channel, by region. */
  readonly configSetups?: Readonly<Record<string, { readonly recorder?: string; readonly deliveryChannel?: string }>>;
  /** Control Tower governs it, by way of its unit, and no provisioned product belongs to it. Default: it does not. */
  readonly governed?: boolean;
}

export type StandaloneSeed = Omit<AccountSeed, 'parentId' | 'governed' | 'tags'>;

export interface ServiceRoleSeed {
  readonly accountId: string;
  readonly name: string;
  /** Default `/`. */
  readonly path?: string;
  readonly trust: PolicyDocument;
  readonly attachedPolicyArns?: readonly string[];
  readonly inlinePolicies?: Readonly<Record<string, PolicyDocument>>;
}

export interface ServiceControlPolicySeed {
  readonly name: string;
  /** Root, OU or account ids. */
  readonly targetIds: readonly string[];
  readonly document: PolicyDocument;
}

/** From which unit an account that was moved by hand inherits its baseline, by the word of AWS. */
export type MovedAccountShows = 'former unit' | 'no unit' | 'new unit';

export interface ControlTowerSeed {
  /** Default: where its product is. */
  readonly homeRegion?: string;
  readonly status?: 'ACTIVE' | 'PROCESSING' | 'FAILED';
  /** An account that is moved into a registered OU is enrolled without being asked for. Default: it is not. */
  readonly enrollsByItself?: boolean;
  /** What ListEnabledBaselines tells of an account that was moved by hand. Default: drawn for each account. */
  readonly movedAccountShows?: MovedAccountShows;
  /** The accounts that its manifest names. Default: none, as version 4.0 allows. */
  readonly sharedAccounts?: {
    readonly logArchive?: string;
    readonly audit?: string;
    readonly config?: string;
    readonly centralBackup?: string;
  };
  /** Default: 4.0. */
  readonly version?: string;
  /** Default: its home region alone. */
  readonly governedRegions?: readonly string[];
  /** When the last update of the landing zone has ended, in ISO 8601. Default: longer ago than it remembers. */
  readonly updatedAt?: string;
}

export interface AccountFactorySeed {
  readonly homeRegion: string;
  readonly productId: string;
  readonly productName: string;
  readonly artifacts: readonly ArtifactSeed[];
  readonly launchPaths: readonly LaunchPathSeed[];
  /** What else Service Catalog has there. Default: nothing. */
  readonly otherProducts?: readonly { readonly id: string; readonly name: string; readonly owner: string }[];
}

/** A version of the product. */
export interface ArtifactSeed {
  readonly id: string;
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly active: boolean;
  readonly guidance: 'DEFAULT' | 'DEPRECATED';
}

export interface LaunchPathSeed {
  readonly id: string;
  readonly name: string;
  /** ARNs of the roles that the portfolio was opened to. */
  readonly principals: readonly string[];
}

export interface StackSetSeed {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** Parameters that the template declares, with their values; null where it gives no default. */
  readonly parameters: Readonly<Record<string, string | null>>;
  readonly executionRoleName?: string;
  /** Default: AWSCloudFormationStackSetAdministrationRole, of the stack set's account. */
  readonly administrationRoleArn?: string;
  /** `SERVICE_MANAGED`: it takes OUs and no accounts. Default: `SELF_MANAGED`. */
  readonly permissionModel?: 'SELF_MANAGED' | 'SERVICE_MANAGED';
  /** Several operations at once, as long as they touch different instances. Default: one at a time. */
  readonly managedExecution?: boolean;
}

export interface BuildProjectSeed {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** The ARN of the role that its builds work by. */
  readonly serviceRole: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** A ZIP file in S3, or a repository; the same in every version. */
export interface BuildSourceSeed {
  /** As projects name it. */
  readonly location: string;
  /** By path. */
  readonly files: Readonly<Record<string, string>>;
}

export interface FunctionSeed {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** `record` keeps its payload, `recall` answers what `record` kept for the payload's AccountId, `fail` throws. */
  readonly does: 'record' | 'recall' | 'fail';
}

export interface IdentityCenterSeed {
  readonly region: string;
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly permissionSets: readonly { readonly arn: string; readonly name: string }[];
  readonly users: readonly UserSeed[];
  readonly groups?: readonly GroupSeed[];
  /** What Control Tower gives groups of its own in every account that it enrolls. */
  readonly controlTowerAssignments?: readonly { readonly group: string; readonly permissionSetArn: string }[];
  /** The account that administers it beside the management account. Default: none. */
  readonly delegatedAdministratorId?: string;
  /** The source of its people; by default the directory itself. */
  readonly identitySource?: 'identity-center' | 'external' | 'active-directory';
}

export interface UserSeed {
  readonly userName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email?: string;
}

export interface GroupSeed {
  readonly name: string;
  /** Default: none. */
  readonly description?: string;
  /** The userNames of its members. */
  readonly members?: readonly string[];
}

/** Costs of accounts follow from their ids and dates; this is what was bought in advance. */
export interface CostSeed {
  readonly subscriptions: readonly SubscriptionSeed[];
}

/** Reserved instances or a Savings Plan. Amounts are decimals. */
export interface SubscriptionSeed {
  readonly kind: 'RESERVED_INSTANCE' | 'SAVINGS_PLAN';
  readonly id: string;
  /** As Cost Explorer names it. */
  readonly service: string;
  readonly buyerAccountId: string;
  /** The account that uses it, and its share; what nobody uses stays with the buyer. */
  readonly user: { readonly accountId: string; readonly percent: number } | null;
  readonly paymentOption: 'All Upfront' | 'Partial Upfront' | 'No Upfront';
  readonly startsAt: string;
  readonly years: 1 | 3;
  readonly upfrontFee: string;
  readonly hourlyFee: string;
}
