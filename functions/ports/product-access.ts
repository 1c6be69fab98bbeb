import type { ListedProduct } from '../domain/stale-products';

/** Who may use a product of Service Catalog, and what has become of it. */
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
