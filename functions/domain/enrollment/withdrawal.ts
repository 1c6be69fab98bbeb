import { RejectedError } from '../base/errors';
import type { Governance, Registration } from './governance';
import { isHealthy, type ProductStatus } from './provisioned-products';

/**
 * What takes an account out of Control Tower next.
 *
 * - `nothing`: nothing governs it, and no provisioned product is left of it.
 * - `wait`: the Account Factory is at work on the product.
 * - `terminate`: the product, which unenrolls the account, or is a leftover.
 * - `move`: out of the units of Control Tower, upon which it lets the account go.
 * - `await`: Control Tower has been told by a move, and is at it.
 * - `refuse`: only a person can unenroll it, in the console.
 */
export type Withdrawal<Product extends ProductStatus> =
  | { readonly next: 'nothing' | 'move' | 'await' | 'refuse' }
  | { readonly next: 'wait' | 'terminate'; readonly product: Product };

export interface WithdrawalSituation<Product extends ProductStatus> {
  readonly governance: Governance;
  /** All of the account, of any creator. */
  readonly products: readonly Product[];
  /** Control Tower lets go what is moved out of its units. */
  readonly followsMoves: boolean;
  /** The account is in no unit of Control Tower. */
  readonly isOutside: boolean;
}

/**
 * Whatever way the account was enrolled, it ends with nothing that governs it and without a product: those that are
 * left of closed accounts are in the way of updates of the landing zone. Where moves are followed, the move comes
 * first, and the products are what AWS leaves behind.
 *
 * @evidence documented controltower/userguide/delete-account: an account has to be unenrolled before it is closed
 * @evidence documented controltower/userguide/unmanage-account: without automatic enrollment by the console, or by
 *   terminating its product
 * @evidence documented controltower/userguide/account-auto-enrollment: by a move to the root or an unregistered unit;
 *   products are not terminated
 * @evidence documented controltower/userguide/troubleshooting: the product of a closed account has to be deleted before
 *   the landing zone is updated
 */
export function withdrawal<Product extends ProductStatus>({
  governance,
  products,
  followsMoves,
  isOutside,
}: WithdrawalSituation<Product>): Withdrawal<Product> {
  const changing = products.find(({ status }) => status === 'UNDER_CHANGE');
  if (changing !== undefined) return { next: 'wait', product: changing };
  const product = products.find(isHealthy) ?? products[0];
  if (governance === 'changing') return { next: 'await' };
  if (followsMoves && !isOutside) return { next: 'move' };
  if (followsMoves && governance !== 'none') return { next: 'await' };
  if (product !== undefined) return { next: 'terminate', product };
  return { next: governance === 'none' ? 'nothing' : 'refuse' };
}

/** A unit in which Control Tower looks after nothing. From landing zone 4.0 on it does not say more of such a unit. */
export const isOutsideControlTower = (registration: Registration): boolean =>
  registration === 'absent' || registration === 'untold';

/** Neither a product nor a move would do it, and AWS has no call that does. */
export const unmanageByHand = (accountId: string, closes = true): RejectedError =>
  new RejectedError(
    `Control Tower governs account ${accountId}, and there is no provisioned product by which it could be unenrolled: it ${closes ? 'was not closed' : 'stays as it is'}.`,
    'In the console of Control Tower choose Organization, the account, and "Unmanage"; or turn automatic enrollment of accounts on in the settings ' +
      'of the landing zone. Then replay this run.',
  );

/** A place from which Control Tower would not let the account go. */
export const governedDestination = (unitId: string): RejectedError =>
  new RejectedError(
    `The organizational unit ${unitId} (suspendedOrgUnitId) is governed by Control Tower, or does not exist: moved there, the account would not be unenrolled.`,
    'Set enrollmentConfiguration.suspendedOrgUnitId in platform.json to a unit that is not registered with Control Tower, or leave it out, which ' +
      'means the root; deploy VendingStack, and replay this run.',
  );
