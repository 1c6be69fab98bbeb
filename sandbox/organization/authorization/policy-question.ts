export interface NamedPolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}

/** One level of the path from the root to the account, with its service control policies. */
export interface ScpLevel {
  readonly id: string;
  readonly policies: readonly NamedPolicy[];
}

export interface Question {
  readonly principalArn: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccountId: string;
  readonly conditions: Readonly<Record<string, string | readonly string[]>>;
  readonly identityPolicies: readonly NamedPolicy[];
  /** The permissions boundary of the principal. */
  readonly boundary?: NamedPolicy;
  readonly sessionPolicy?: string;
  readonly resourcePolicy?: string;
  readonly scpLevels: readonly ScpLevel[];
  /** The levels of the resource's account, with its resource control policies. */
  readonly rcpLevels?: readonly ScpLevel[];
}
