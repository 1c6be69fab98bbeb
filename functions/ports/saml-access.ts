import type { MemberEntry } from './member-account';

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
