/** What an action is tried on. Everything, and without tags, unless it is said. */
export interface RightsSubject {
  readonly resourceArn: string;
  /** Tags that the resource has. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What the policies of a role allow, as IAM itself simulates it. */
export interface GrantedRights {
  /** Whether there is such a role. */
  hasRole(roleArn: string): Promise<boolean>;
  /** Of these actions, those that the policies of the role do not allow. */
  missing(roleArn: string, actions: readonly string[], subject?: RightsSubject): Promise<readonly string[]>;
}
