import type { ListedProduct } from '../domain/enrollment/provisioned-products';

/** Control Tower's Account Factory, as Service Catalog offers it. */
export interface AccountFactory {
  /**
   * What has to be there before anything can be provisioned.
   *
   * @returns the newest active version that is not deprecated, and a launch path for us
   * @throws RejectedError when there is no such product
   */
  describeProduct(productId: string): Promise<AccountFactoryProduct>;

  /**
   * Every provisioned product of an account, of any creator: stale ones, and those of other people, among them.
   */
  productsOf(accountId: string): Promise<readonly ProvisionedProduct[]>;

  /**
   * The one of them that stands for the enrollment; without any, the one of this name that does not know its account.
   *
   * @throws RejectedError where two are healthy
   */
  findByAccount(accountId: string, ownName?: string | null): Promise<ProvisionedProduct | undefined>;

  /**
   * A provisioned product whose first operation has failed may not know its account: it is found by its name, letter by
   * letter.
   */
  findByName(name: string): Promise<ProvisionedProduct | undefined>;

  /**
   * Starts an operation. The same token answers the same record. `busy`: Control Tower works on as many accounts as it
   * can, or on itself.
   */
  provision(request: EnrollmentRequest): Promise<StartedOperation>;
  /** Sends only the organizational unit, if it is not empty; the other parameters stay as they are. */
  update(product: ProvisionedProduct, request: EnrollmentRequest): Promise<StartedOperation>;
  /**
   * Takes back a failed enrollment. On a healthy product it would take the account out of Control Tower.
   *
   * @throws TransientError when it is gone already, which a search does not show at once
   */
  terminate(product: ProvisionedProduct, token: string): Promise<StartedOperation>;

  describeRecord(recordId: string): Promise<OperationRecord>;
}

export interface AccountFactoryProduct {
  /** Null when no version is active and not deprecated. */
  readonly artifactId: string | null;
  /** Null when the portfolio is not open to us. Where several are, one is as good as another, and has to be named. */
  readonly launchPathId: string | null;
}

export interface ProvisionedProduct {
  readonly id: string;
  readonly name: string;
  readonly status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED' | 'ERROR';
  readonly lastRecordId: string | null;
  /** Null as long as it does not know its account. */
  readonly accountId: string | null;
  /** Whether any operation on it has ever succeeded: then it is repaired, otherwise taken back. */
  readonly hasSucceeded: boolean;
}

export interface EnrollmentRequest {
  readonly productId: string;
  readonly artifactId: string;
  readonly launchPathId: string;
  /** Also the name of a new provisioned product: letters, digits and `._-`. */
  readonly token: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export type StartedOperation = { readonly recordId: string } | 'busy';

export interface OperationRecord {
  readonly state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  /** Control Tower was working on too many accounts and has done nothing. */
  readonly wasBusy: boolean;
  /** What Control Tower says about a failure. */
  readonly error: string | null;
}

/** Reads who may use a product of Service Catalog, and what has become of it. */
export interface ProductAccess {
  /** Portfolios that hold the product; undefined when there is no such product. */
  portfoliosOf(productId: string): Promise<readonly Portfolio[] | undefined>;

  /** ARNs of the principals that a portfolio is open to; an IAM_PATTERN may have wildcards. */
  principalsOf(portfolioId: string): Promise<readonly string[]>;

  /** Everything that anybody has provisioned of the product and not terminated. */
  provisionedOf(productId: string): Promise<readonly ListedProduct[]>;
}

export interface Portfolio {
  readonly id: string;
  readonly name: string;
}
