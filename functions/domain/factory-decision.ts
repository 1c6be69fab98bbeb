import type { Governance } from './governance';
import { isHealthy, type ProductStanding } from './provisioned-products';

/**
 * What the Account Factory is to do about an account.
 *
 * - `nothing`: it is enrolled, in its unit.
 * - `wait`: Control Tower is at work, on the product where there is one.
 * - `provision`, `update`: enroll it; repair its enrollment, or move it.
 * - `takeBack`: terminate what never succeeded, so that it can be enrolled again.
 * - `refuse`: what would have to be done could take the account out of Control Tower, or nobody can do it.
 */
export type FactoryDecision = 'nothing' | 'wait' | 'provision' | 'update' | 'takeBack' | Refusal;

/** `unmovable`: governed without a healthy product. `doubtful`: a failed product of others, on an account that may be governed. */
export type Refusal = 'shared' | 'unmovable' | 'doubtful';

export interface FactorySituation {
  readonly governance: Governance;
  /** The one that stands for the enrollment, if any. */
  readonly product: ProductStanding | undefined;
  /** Whether we have provisioned it. */
  readonly isOwn: boolean;
  readonly isInPlace: boolean;
  /** Whether the Account Factory has enrolled it through this product, into this unit, and ended well, by our own ledger. */
  readonly hasAsked: boolean;
}

/**
 * A governed account is never taken back: terminating any product of it unenrolls it, stale ones included. Governance decides what is enrolled, and the
 * product by what it is changed. The whole table stands in docs/furnishing.md.
 *
 * @evidence documented controltower/userguide/unmanage-account: terminating takes an enrolled account to the root, without its role
 * @evidence documented controltower/userguide/baseline-api-examples: what an account has from its unit is changed by the unit or by Account Factory
 */
export function factoryDecision(situation: FactorySituation): FactoryDecision {
  const { governance, product, isOwn, isInPlace } = situation;
  if (governance === 'shared') return 'shared';
  if (product?.status === 'UNDER_CHANGE' || governance === 'changing') return 'wait';
  if (product !== undefined && isHealthy(product)) return withHealthy(situation, product);
  if (governance === 'enrolled') return isInPlace ? 'nothing' : 'unmovable';
  if (product === undefined) return 'provision';
  return isOwn || governance === 'none' ? 'takeBack' : 'doubtful';
}

/** A product outlives the enrollment of its account; an update enrolls it again. It is asked once: Control Tower's own answer decides then. */
function withHealthy(
  { governance, isInPlace, hasAsked }: FactorySituation,
  { status }: ProductStanding,
): FactoryDecision {
  if (status !== 'AVAILABLE' || !isInPlace) return 'update';
  return governance === 'none' && !hasAsked ? 'update' : 'nothing';
}
