import type { MemberEntry } from './member-account';

/** The access role itself, from inside its account: what it may do, and taking it away. */
export interface AccessRole {
  listRights(entry: MemberEntry): Promise<AccessRoleRights>;
  putInlinePolicy(entry: MemberEntry, policy: InlinePolicy): Promise<void>;
  /** "Not there" is success. */
  detachPolicy(entry: MemberEntry, policyArn: string): Promise<void>;
  /** "Not there" is success. */
  deleteInlinePolicy(entry: MemberEntry, policyName: string): Promise<void>;
}

export interface AccessRoleRights {
  readonly attachedPolicyArns: readonly string[];
  readonly inlinePolicyNames: readonly string[];
}

export interface InlinePolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}
