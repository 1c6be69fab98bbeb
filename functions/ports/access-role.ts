import type { MemberEntry } from './member-account';

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
