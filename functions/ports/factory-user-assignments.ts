/** What the Account Factory has given its user itself, in the accounts that it has worked on. */
export interface FactoryUserAssignments {
  inAccount(accountId: string): Promise<readonly FactoryUserAssignment[]>;
  /** Undefined where there is no IAM Identity Center in the region. */
  everywhere(): Promise<readonly FactoryUserAssignment[] | undefined>;
}

export interface FactoryUserAssignment {
  readonly accountId: string;
  readonly userId: string;
  readonly permissionSetArn: string;
}
