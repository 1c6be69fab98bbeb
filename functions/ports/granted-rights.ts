/** What the policies of a role allow, as IAM itself simulates it. */
export interface GrantedRights {
  /** Of these actions, those that the role's policies do not allow on everything. */
  missing(actions: readonly string[]): Promise<readonly string[]>;
}
