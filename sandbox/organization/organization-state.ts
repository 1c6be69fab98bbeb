import type { AccountState } from './account-state';
import type { Agenda } from './agenda';
import type { ServiceEvents } from './event-listener';
import type { LandingZoneSetup } from './services/control-tower/landing-zone-setup';
import type { AccountFactory, ProductRecord } from './services/service-catalog/account-factory-state';
import type { FunctionInvocation } from './services/lambda/function-invocation';
import type { StackSet } from './services/cloudformation/stack-set-state';
import type { BuildRunner } from './services/codebuild/build-runner';
import type { BuildProject, BuildWork } from './services/codebuild/build-state';
import type { Stack } from './services/cloudformation/stacks/stack-state';
import type { IdentityCenter } from './services/sso-admin/identity-center';
import type { Random } from './draw';
import type { FaultInjector } from './fault-injector';
import type { Latencies } from './latencies';
import type { OrganizationLimits } from './organization-limits';
import type { OrganizationSeed, StandaloneSeed } from './organization-seed';

/** What the model knows; the services read and change it. Times are milliseconds since 1970. */
export interface OrganizationState {
  readonly seed: OrganizationSeed;
  readonly latencies: Latencies;
  readonly limits: OrganizationLimits;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly events: ServiceEvents;
  readonly faults: FaultInjector | undefined;
  /** Whether the service accounts' roles are judged by their policies, too, and not those of members alone. */
  readonly judgesEveryCall: boolean;
  /** Management account first, then by time of joining. */
  readonly accounts: Map<string, Account>;
  readonly units: Map<string, Unit>;
  /** Keyed by `car-…`, oldest first. */
  readonly creations: Map<string, Creation>;
  /** Keyed by `h-…`, oldest first. */
  readonly invitations: Map<string, Invitation>;
  /** Accounts of nobody's organization. */
  readonly standaloneAccounts: Map<string, StandaloneSeed>;
  /** What CreateGovCloudAccount has made: standalone accounts in the other partition, and so of another model. */
  readonly govCloudAccounts: Map<string, StandaloneSeed>;
  readonly rootTags: Map<string, string>;
  /** Keyed by temporary access key id. */
  readonly sessions: Map<string, Session>;
  /** Null where Control Tower is not set up. */
  readonly accountFactory: AccountFactory | null;
  /** Keyed by account: which baseline it has from which unit, in whatever way it was enrolled. */
  readonly inheritedBaselines: Map<string, InheritedBaseline>;
  /** What Control Tower itself is at. */
  readonly controlTower: ControlTowerWork;
  /** Keyed by `account:region:name`. */
  readonly stackSets: Map<string, StackSet>;
  /** Keyed by ARN. */
  readonly stacks: Map<string, Stack>;
  /** Projects of CodeBuild, keyed by `account:region:name`. */
  readonly buildProjects: Map<string, BuildProject>;
  /** Keyed by id, oldest first. */
  readonly builds: Map<string, BuildWork>;
  readonly buildRunner: BuildRunner;
  /** Where commands of builds reach this organization. Absent: they do not. */
  readonly endpoint: (() => string) | undefined;
  /** Null where it is not enabled. */
  readonly identityCenter: IdentityCenter | null;
  /** The invocations of every function, oldest first. */
  readonly invocations: FunctionInvocation[];
  /** What was judged and allowed: actions in lower case, by the name of the role in a service account. */
  readonly usedActions: Map<string, Set<string>>;
}

export interface Account {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly email: string;
  readonly joinedMethod: 'CREATED' | 'INVITED';
  readonly joinedAt: number;
  readonly listedFrom: number;
  state: AccountState;
  /** From when on it costs nothing more. */
  closedAt: number | null;
  parentId: string;
  alias: string | null;
  /** Of the passwords of its IAM users, as IAM answers it. */
  passwordPolicy: { readonly MaxPasswordAge?: number | undefined } | null;
  readonly tags: Map<string, string>;
  /** Keyed by name: role names are unique in an account, whatever their path. */
  readonly roles: Map<string, Role>;
  /** Customer managed policies, by ARN. */
  readonly policies: Map<string, ManagedPolicy>;
  /** Keyed by ARN. */
  readonly samlProviders: Map<string, SamlProvider>;
  /** Opt-in regions; every account has the others. */
  readonly enabledRegions: Set<string>;
  readonly inactiveStsRegions: ReadonlySet<string>;
  /** What somebody has set up of AWS Config, by region. */
  readonly configSetups: Map<string, { readonly recorder?: string; readonly deliveryChannel?: string }>;
}

export interface SamlProvider {
  readonly arn: string;
  readonly createdAt: number;
  /** The metadata. */
  readonly document: string;
}

export interface Unit {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly parentId: string;
  /** With Control Tower: accounts can be enrolled into it, and its mandatory SCP binds. */
  readonly registered: boolean;
  readonly governedBy?: 'ConfigBaseline' | 'controls';
  /** As it stands at the beginning. Default: the newest. */
  readonly baselineVersion?: string;
  readonly tags: Map<string, string>;
}

export interface Creation {
  readonly id: string;
  readonly accountName: string;
  readonly email: string;
  readonly requestedAt: number;
  readonly completesAt: number;
  state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  completedAt: number | null;
  accountId: string | null;
  govCloudAccountId: string | null;
  failureReason: string | null;
}

/** A handshake that an account is invited by. */
export interface Invitation {
  readonly id: string;
  readonly accountId: string;
  /** As it was invited. */
  readonly target: { readonly Id: string; readonly Type: 'ACCOUNT' | 'EMAIL' };
  readonly notes: string | undefined;
  readonly tags: readonly (readonly [string, string])[];
  readonly requestedAt: number;
  readonly expiresAt: number;
  state: 'OPEN' | 'ACCEPTED' | 'EXPIRED';
}

export interface Role {
  readonly id: string;
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  readonly createdAt: number;
  readonly description: string | null;
  readonly maxSessionSeconds: number;
  readonly tags: Map<string, string>;
  trust: Propagating;
  boundary: Boundary;
  /** Keyed by policy ARN. */
  readonly attached: Map<string, { readonly name: string; readonly effectiveAt: number }>;
  /** Keyed by policy name. */
  readonly inline: Map<string, Propagating>;
}

/** A permissions boundary by the ARN of its policy, and the one that still binds until its removal has propagated. */
export interface Boundary {
  readonly arn: string | null;
  readonly previous: string | null;
  readonly effectiveAt: number;
}

export interface ManagedPolicy {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly description: string | null;
  readonly createdAt: number;
  updatedAt: number;
  /** Keyed by id, `v1` and on; numbers are never used twice. */
  readonly versions: Map<string, PolicyVersion>;
  nextVersion: number;
  defaultVersionId: string;
  /** The document of the default version. */
  inForce: Propagating;
}

export interface PolicyVersion {
  readonly id: string;
  readonly document: string;
  readonly createdAt: number;
}

/** A policy document: what IAM answers at once, and what AWS acts on until the change has propagated. */
export interface Propagating {
  readonly document: string;
  readonly effectiveAt: number;
  /** Acted on until then; null where there was none. */
  readonly previous: string | null;
}

export interface Session {
  readonly accountId: string;
  readonly roleName: string;
  readonly roleArn: string;
  readonly arn: string;
  readonly roleId: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly expiresAt: number;
}

/** The baseline that an account inherits from its unit. */
export interface InheritedBaseline {
  readonly unitId: string;
  status: 'UNDER_CHANGE' | 'SUCCEEDED' | 'FAILED';
  /** Absent: that of its unit. */
  readonly version?: string | undefined;
  /** The last operation on it. Absent: it is older than what Control Tower remembers. */
  readonly operationId?: string;
}

/** Of the baseline of a unit, for all its accounts; or of that of one account, by the Account Factory. */
export interface BaselineOperation {
  readonly id: string;
  readonly type: 'RESET_ENABLED_BASELINE' | 'UPDATE_ENABLED_BASELINE' | 'ENABLE_BASELINE';
  /** A unit or an account. */
  readonly targetId: string;
  readonly startedAt: number;
  endedAt: number | null;
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  message: string | null;
}

export interface ControlTowerWork {
  readonly setup: LandingZoneSetup;
  /**
   * Accounts of a failed enrollment that has been taken back, in which the next creation of AWSControlTowerExecution is
   * refused.
   */
  readonly refusesRoleIn: Set<string>;
  /** Keyed by id, oldest first. */
  readonly operations: Map<string, BaselineOperation>;
  /** What the Account Factory is at or has been at, keyed by `rec-…`. */
  readonly accountOperations: ReadonlyMap<string, ProductRecord>;
  /** The versions of units that do not have the newest, or were updated since the beginning. */
  readonly unitVersions: Map<string, string>;
}
