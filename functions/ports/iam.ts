import type { RegionSetup } from '../domain/enrollment/enrollment-obstacles';

/** What is done inside a member account, with its access role. */
export interface MemberAccess {
  /**
   * Whether the access role can be assumed. AWS answers the same AccessDenied for "not yet" and "never": only a time
   * budget tells them apart.
   */
  canEnter(entry: MemberEntry): Promise<boolean>;
}

export interface MemberEntry {
  readonly accountId: string;
  /** The administrator role that CreateAccount left there. */
  readonly accessRole: string;
}

export interface MemberAlias {
  /** The account's alias, or null. */
  read(entry: MemberEntry): Promise<string | null>;
  /**
   * Sets the alias; AWS overwrites the one there was.
   *
   * @throws RejectedError when another AWS account, anywhere, has this alias
   */
  set(entry: MemberEntry, alias: string): Promise<void>;
  /** Takes the alias away. One that is gone already is no fault. */
  remove(entry: MemberEntry, alias: string): Promise<void>;
}

/** How a role differs that is there without the permissions boundary that is asked for, or with another one. */
export const SET_BOUNDARY = 'set its permissions boundary';

/**
 * How a role differs that trusts its account as a whole, as earlier releases made it, and is to trust some roles of
 * that account alone.
 */
export const TRUSTS_TOO_MANY = 'took its trust from all but the roles that work by it';

export interface MemberRoles {
  hasRole(entry: MemberEntry, roleName: string): Promise<boolean>;

  /** What `ensureRole` would change, in its words; empty when all is as wanted. */
  differences(entry: MemberEntry, role: WantedRole): Promise<readonly string[]>;

  /**
   * Makes a role be there with this trust and these managed policies, and writes nothing when it is.
   *
   * @returns what had to be changed, in words; empty when all was as wanted
   * @throws RejectedError when a service control policy forbids it
   */
  ensureRole(entry: MemberEntry, role: WantedRole): Promise<readonly string[]>;
}

export interface WantedRole {
  readonly name: string;
  /** The account that is trusted: the whole of it, unless it says which of its roles. */
  readonly trustedAccountId: string;
  /** The roles of that account that are trusted. Absent: any that the account allows. */
  readonly trustedRoleArns?: readonly string[];
  readonly managedPolicyArns: readonly string[];
  /**
   * False: it is one of AWS, which is not bounded. Absent: it has the boundary that roles in member accounts are to
   * have.
   */
  readonly hasBoundary?: boolean;
}

/** The access role itself, from inside its account: what it may do, and taking it away. */
export interface AccessRole {
  listRights(entry: MemberEntry): Promise<AccessRoleRights>;
  putInlinePolicy(entry: MemberEntry, policy: InlinePolicy): Promise<void>;
  /** The ARN of its permissions boundary, or null. */
  boundaryOf(entry: MemberEntry): Promise<string | null>;
  putBoundary(entry: MemberEntry, policyArn: string): Promise<void>;
  /** Makes a managed policy of the account; one of this name that is there stays as it is. */
  makePolicy(entry: MemberEntry, policy: InlinePolicy): Promise<void>;
  /** What a managed policy of the account says. */
  readPolicy(entry: MemberEntry, policyArn: string): Promise<PolicyReading>;
  /** "Not there" is success. */
  detachPolicy(entry: MemberEntry, policyArn: string): Promise<void>;
  /** "Not there" is success. */
  deleteInlinePolicy(entry: MemberEntry, policyName: string): Promise<void>;
}

export interface AccessRoleRights {
  readonly attachedPolicyArns: readonly string[];
  readonly inlinePolicyNames: readonly string[];
}

/** `unreadable`: AWS refuses it, which it does as long as the policy that allows it is not known everywhere. */
export type PolicyReading =
  | { readonly found: 'absent' | 'unreadable' }
  /** JSON text of the default version. */
  | { readonly found: 'there'; readonly document: string };

export interface InlinePolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}

/** SAML providers and the roles that they let people have, in member accounts. "Already so" is success everywhere. */
export interface SamlAccess {
  /** The metadata of the provider; undefined where there is no such provider. */
  findProvider(entry: MemberEntry, arn: string): Promise<string | undefined>;
  createProvider(entry: MemberEntry, provider: { readonly name: string; readonly metadata: string }): Promise<void>;
  updateProvider(entry: MemberEntry, provider: { readonly arn: string; readonly metadata: string }): Promise<void>;
  deleteProvider(entry: MemberEntry, arn: string): Promise<void>;

  findRole(entry: MemberEntry, name: string): Promise<SamlRole | undefined>;
  createRole(
    entry: MemberEntry,
    role: { readonly name: string; readonly path: string; readonly trust: string },
  ): Promise<void>;
  setTrust(entry: MemberEntry, name: string, trust: string): Promise<void>;
  /** Puts the permissions boundary on it that roles in member accounts are to have. */
  setBoundary(entry: MemberEntry, name: string): Promise<void>;
  attachPolicy(entry: MemberEntry, roleName: string, policyArn: string): Promise<void>;
  detachPolicy(entry: MemberEntry, roleName: string, policyArn: string): Promise<void>;
  /** Its managed policies have to be detached before. */
  deleteRole(entry: MemberEntry, name: string): Promise<void>;
}

export interface SamlRole {
  readonly path: string;
  /** The trust policy, as JSON. */
  readonly trust: string;
  readonly policyArns: readonly string[];
  /** Whether it is without the permissions boundary that roles in member accounts are to have; absent: no. */
  readonly lacksBoundary?: boolean;
}

/** What an action is tried on. Everything, and without tags, unless it is said. */
export interface RightsSubject {
  readonly resourceArn: string;
  /** Tags that the resource has. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What the policies of a role allow, as IAM itself simulates it, and whom the role trusts. */
export interface GrantedRights {
  /** Its trust policy as JSON text; undefined where there is no such role. */
  trustOf(roleArn: string): Promise<string | undefined>;

  /** Returns those of these actions that the policies of the role do not allow. */
  missing(roleArn: string, actions: readonly string[], subject?: RightsSubject): Promise<readonly string[]>;
}

/** What a member account has set up in one of its regions, as its access role sees it. */
export interface RegionSetups {
  /** What the access role may not see is taken for absent: who enrolls the account sees more. */
  of(entry: MemberEntry, region: string): Promise<RegionSetup>;
}
