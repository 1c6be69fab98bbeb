import { RejectedError } from '../base/errors';

/** What a provisioned product of the Account Factory tells, as far as that decides anything. */
export interface ProductStatus {
  readonly id: string;
  readonly name: string;
  readonly status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED' | 'ERROR';
  /** Whether any operation on it has ever succeeded: then it is repaired, otherwise taken back. */
  readonly hasSucceeded: boolean;
}

export const isHealthy = ({ status, hasSucceeded }: ProductStatus): boolean => status === 'AVAILABLE' || hasSucceeded;

/**
 * The product that stands for the enrollment of an account: one that is being changed is waited for; else the healthy
 * one, of any creator; else one that never succeeded, our own before those of others.
 *
 * @evidence documented "botocore servicecatalog.ProvisionedProductDetail LastSuccessfulProvisioningRecordId": the
 *   record of the last request that succeeded; without one, none has
 * @evidence reported "github aws-ia/terraform-aws-control_tower_account_factory, service_catalog.py of aft_common": of
 *   the products of an account it takes one with a successful record; without one, the account never was provisioned
 * @throws RejectedError where two are healthy: which one moves the account, nobody can tell
 */
export function chosenProduct<Product extends ProductStatus>(
  accountId: string,
  products: readonly Product[],
  ownName: string | null,
): Product | undefined {
  const inOrder = products.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const changing = inOrder.find(({ status }) => status === 'UNDER_CHANGE');
  if (changing !== undefined) return changing;
  const healthy = inOrder.filter(isHealthy);
  if (healthy.length > 1) throw rivals(accountId, healthy);
  return healthy[0] ?? inOrder.find(({ name }) => name === ownName) ?? inOrder[0];
}

function rivals(accountId: string, products: readonly ProductStatus[]): RejectedError {
  const named = products.map(({ name, id }) => `${name} (${id})`).join(' and ');
  return new RejectedError(
    `Account ${accountId} has ${products.length} healthy provisioned products: ${named}. One account has one.`,
    'Find out in the Service Catalog console which one manages the account, and ask AWS Support to delete the other: terminating it would unenroll ' +
      'the account. Then replay this run.',
  );
}

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
 * Products that stand for nothing, or for an enrollment that has failed. One that is being worked on is judged when
 * that is over.
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
