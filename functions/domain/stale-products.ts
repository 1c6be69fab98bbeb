/** A provisioned product of the Account Factory, as far as it tells whether it still stands for an account. */
export interface ListedProduct {
  readonly name: string;
  readonly status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED' | 'ERROR';
  /** Null as long as it does not know its account. */
  readonly accountId: string | null;
  readonly hasSucceeded: boolean;
  /** Null where AWS does not say. */
  readonly createdAt: Date | null;
}

export interface StaleProduct {
  readonly product: ListedProduct;
  /** `left-behind`: its account is closed or gone. */
  readonly why: 'left-behind' | 'never-succeeded' | 'failed';
}

/** The listing of accounts shows a young one late. */
const YOUNG_MILLISECONDS = 60 * 60 * 1000;

/**
 * Products that stand for nothing, or for an enrollment that has failed. One that is being worked on is judged when that is over.
 *
 * @param openAccountIds accounts of the organization that are not closed
 */
export function staleProducts(
  products: readonly ListedProduct[],
  openAccountIds: ReadonlySet<string>,
  now: Date,
): readonly StaleProduct[] {
  const whyOf = ({ accountId, createdAt, hasSucceeded, status }: ListedProduct): StaleProduct['why'] | undefined => {
    const isYoung = createdAt !== null && now.getTime() - createdAt.getTime() < YOUNG_MILLISECONDS;
    if (status === 'UNDER_CHANGE') return undefined;
    if (accountId !== null && !openAccountIds.has(accountId) && !isYoung) return 'left-behind';
    if (!hasSucceeded) return 'never-succeeded';
    return status === 'AVAILABLE' ? undefined : 'failed';
  };
  return products.flatMap((product) => {
    const why = whyOf(product);
    return why === undefined ? [] : [{ product, why }];
  });
}
