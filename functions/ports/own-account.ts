/** The AWS account that this application runs in. */
export interface OwnAccount {
  /**
   * Its id, by AWS's own word.
   *
   * @throws TransientError when AWS does not answer
   */
  id(): Promise<string>;
}

/** What this application runs on there. */
export interface OwnRuntime {
  region(): Promise<string>;

  /** The role of the calling function: `arn:aws:iam::111111111111:role/vending-RunPreflight`. */
  roleArn(): Promise<string>;

  /**
   * How many functions run at once in this account and region, of which nobody has reserved any; and how many others
   * have reserved.
   */
  concurrency(): Promise<{ readonly unreserved: number; readonly reserved: number }>;
}

/** A host that functions call besides those of what the application itself is made of, and for what. */
export interface CalledHost {
  readonly host: string;
  readonly purpose: string;
}

/** The roles of the other accounts that trust us. */
export interface ServiceRoles {
  /**
   * Whether the role lets us in. AWS answers "no such role", "not trusted" and "another ExternalId" in the same words,
   * so a no tells nothing more. The session that is made may do nothing.
   *
   * @param externalId `agreed`: the one of the secret; `none`: as somebody who does not know it
   */
  canEnter(roleArn: string, externalId: 'agreed' | 'none'): Promise<boolean>;
}
