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

/** How a role differs that trusts its account as a whole, as earlier releases made it, and is to trust some roles of that account alone. */
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
  /** Of that account. Absent: whoever that account lets. */
  readonly trustedRoleArns?: readonly string[];
  readonly managedPolicyArns: readonly string[];
  /** False: it is one of AWS, which is not bounded. Absent: it has the boundary that roles in member accounts are to have. */
  readonly hasBoundary?: boolean;
}
