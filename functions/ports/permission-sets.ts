/** The permission sets of IAM Identity Center. */
export interface PermissionSets {
  /** The ARNs of all of them; undefined where the configured instance is not there. */
  list(): Promise<readonly string[] | undefined>;
}
