/** What an organization has, as far as a first configuration depends on it. */
export interface FoundOrganization {
  readonly partition: string;
  /** Of the profile, or as given: where the application is to run. */
  readonly region: string;
  readonly organizationId: string;
  readonly management: { readonly id: string; readonly email: string };
  readonly automationAccountId: string;
  readonly meshcloudAccountId: string;
  /** Parents before their children; without the root. */
  readonly units: readonly FoundUnit[];
  readonly accounts: readonly { readonly id: string; readonly unitId: string | null }[];
  /** Services with trusted access: `sso.amazonaws.com`. Null: the profile may not see them. */
  readonly trustedServices: readonly string[] | null;
  /** Null: none was found. */
  readonly controlTower: FoundControlTower | null;
  /** Null: none was found. */
  readonly identityCenter: FoundIdentityCenter | null;
  /** Roles that other stacks have made, by the context of the CDK app that keeps them. */
  readonly keptRoles: readonly KeptRole[];
  /** Names of the automation account's own stack sets in the region, self-managed ones. */
  readonly stackSets: readonly string[];
  /** Regions in which Control Tower and IAM Identity Center were looked for. */
  readonly searchedRegions: readonly string[];
}

export type KeptRole = 'costExplorerRole' | 'stackSetAdministrationRole';

export interface FoundUnit {
  readonly id: string;
  readonly name: string;
  /** Names from the root down, its own last. */
  readonly path: readonly string[];
  /** The baseline by which Control Tower governs it; null: none. */
  readonly baseline: string | null;
}

export interface FoundControlTower {
  readonly region: string;
  readonly version: string;
  readonly enrollsByItself: boolean;
  readonly sharedAccountIds: readonly string[];
  /** Null: Service Catalog has no Account Factory there. */
  readonly accountFactory: FoundAccountFactory | null;
}

export interface FoundAccountFactory {
  readonly productId: string;
  /** How many provisioned products a role of Account Factory for Terraform has made. */
  readonly productsOfAft: number;
}

export interface FoundIdentityCenter {
  readonly region: string;
  readonly arn: string;
  readonly identityStoreId: string;
  readonly permissionSets: readonly { readonly arn: string; readonly name: string }[];
  /** The account that administers it beside the management account; null: none. */
  readonly delegatedAdministratorId: string | null;
}
