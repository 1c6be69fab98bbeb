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

/**
 * `unmovable`: governed without a healthy product. `doubtful`: a failed product of others, on an account that may be
 * governed.
 */
export type Refusal = 'shared' | 'unmovable' | 'doubtful';

export interface FactorySituation {
  readonly governance: Governance;
  /** The one that stands for the enrollment, if any. */
  readonly product: ProductStanding | undefined;
  /** Whether we have provisioned it. */
  readonly isOwn: boolean;
  readonly isInPlace: boolean;
  /**
   * Whether the last operation on the product is our own, into this unit, since the account was last found in order.
   */
  readonly hasAsked: boolean;
}

/**
 * A governed account is never taken back: terminating any product of it unenrolls it, stale ones included. Governance
 * decides what is enrolled, and the product by what it is changed. The whole table stands in
 * docs/provisioning-order.md.
 *
 * @evidence documented controltower/userguide/unmanage-account: terminating takes an enrolled account to the root,
 *   without its role
 * @evidence documented controltower/userguide/baseline-api-examples: what an account has from its unit is changed by
 *   the unit or by Account Factory
 */
export function factoryDecision(situation: FactorySituation): FactoryDecision {
  const { governance, product } = situation;
  if (governance === 'shared') return 'shared';
  if (product?.status === 'UNDER_CHANGE' || governance === 'changing') return 'wait';
  if (product !== undefined && isHealthy(product)) return withHealthy(situation, product);
  return withoutHealthy(situation);
}

function withoutHealthy({ governance, product, isOwn, isInPlace }: FactorySituation): FactoryDecision {
  if (governance === 'elsewhere') return 'unmovable';
  if (governance === 'enrolled') return isInPlace ? 'nothing' : 'unmovable';
  if (product === undefined) return 'provision';
  return isOwn || governance === 'none' ? 'takeBack' : 'doubtful';
}

/**
 * A product outlives the enrollment of its account. An update enrolls the account again, in the unit where it is. It is
 * asked for once: Control Tower's own answer decides then.
 *
 * @evidence documented controltower/userguide/governance-drift: updating the provisioned product resolves what a move
 *   by hand has done
 * @evidence documented controltower/userguide/updating-account-factory-accounts: until then the account keeps controls
 *   of its former unit
 */
function withHealthy(
  { governance, isInPlace, hasAsked }: FactorySituation,
  { status }: ProductStanding,
): FactoryDecision {
  if (status !== 'AVAILABLE' || !isInPlace) return 'update';
  return LACKING.has(governance) && !hasAsked ? 'update' : 'nothing';
}

/** Without the guardrails of its unit, although its product is in order. */
const LACKING: ReadonlySet<Governance> = new Set(['none', 'elsewhere', 'failed']);
