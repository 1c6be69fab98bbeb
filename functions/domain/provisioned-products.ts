import { RejectedError } from './errors';

/** What a provisioned product of the Account Factory tells, as far as that decides anything. */
export interface ProductStanding {
  readonly id: string;
  readonly name: string;
  readonly status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED' | 'ERROR';
  /** Whether any operation on it has ever succeeded: then it is repaired, otherwise taken back. */
  readonly hasSucceeded: boolean;
}

export const isHealthy = ({ status, hasSucceeded }: ProductStanding): boolean => status === 'AVAILABLE' || hasSucceeded;

/**
 * Of all products of one account, the one that stands for its enrollment: whatever is being changed is waited for; else the healthy one, whoever has
 * made it; else one that never succeeded, our own before those of others.
 *
 * @evidence reported "github aws-ia/terraform-aws-control_tower_account_factory#241": a product without a successful record is not the account's
 * @throws RejectedError where two are healthy: which one moves the account, nobody can tell
 */
export function chosenProduct<Product extends ProductStanding>(
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

function rivals(accountId: string, products: readonly ProductStanding[]): RejectedError {
  const named = products.map(({ name, id }) => `${name} (${id})`).join(' and ');
  return new RejectedError(
    `Account ${accountId} has ${products.length} healthy provisioned products: ${named}. One account has one.`,
    'Find out in the Service Catalog console which one manages the account, and ask AWS Support to delete the other: terminating it would unenroll ' +
      'the account. Then replay this run.',
  );
}
