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

  /** Of these actions, those that the policies of the role do not allow. */
  missing(roleArn: string, actions: readonly string[], subject?: RightsSubject): Promise<readonly string[]>;
}
