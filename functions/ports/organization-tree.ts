/** The tree of organizational units, and the place of an account in it. */
export interface OrganizationTree {
  /** Undefined when there is no such OU. The root (`r-…`) is always there. */
  describeOrganizationalUnit(id: string): Promise<OrganizationalUnit | undefined>;

  /**
   * The OU or root directly above an account or OU.
   *
   * @throws TransientError while a new account is not visible yet
   */
  parentOf(childId: string): Promise<string>;

  /** The root (`r-…`) above a unit; a root is its own. */
  rootAbove(unitId: string): Promise<string>;

  /** Whether the OU `ancestorId` is somewhere above a unit; no unit is below itself. */
  isBelow(unitId: string, ancestorId: string): Promise<boolean>;

  /** "Already there" is success. */
  moveAccount(move: { readonly accountId: string; readonly from: string; readonly to: string }): Promise<void>;
}

export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
  /** Null for the root, which is not asked for. */
  readonly arn: string | null;
}
