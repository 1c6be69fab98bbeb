import { RejectedError } from '../base/errors';
import type { Governance } from './governance';
import { isHealthy, type ProductStatus } from './provisioned-products';

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
  readonly product: ProductStatus | undefined;
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
 * docs/adr/0033-governance-decides.md.
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
  { status }: ProductStatus,
): FactoryDecision {
  if (status !== 'AVAILABLE' || !isInPlace) return 'update';
  return LACKING.has(governance) && !hasAsked ? 'update' : 'nothing';
}

/** Without the guardrails of its unit, although its product is in order. */
const LACKING: ReadonlySet<Governance> = new Set(['none', 'elsewhere', 'failed']);

interface Refused {
  readonly accountId: string;
  /** The unit that the account is to be in. */
  readonly unitId: string;
  readonly product: ProductStatus | undefined;
}

/**
 * Why the Account Factory is asked for nothing, and what a person can do in the console of Control Tower, which can do
 * more.
 */
export function factoryRefusal(refusal: Refusal, { accountId, unitId, product }: Refused): RejectedError {
  switch (refusal) {
    case 'shared':
      return serviceIntegrationAccount(accountId);
    case 'unmovable':
      return new RejectedError(
        `Control Tower governs account ${accountId} outside ${unitId}, and the account has no healthy provisioned product that could move it.`,
        `In the console of Control Tower move the account to ${unitId} and choose "Update account", or re-register the organizational unit that it is ` +
          'in, which gives the account a product; then replay this run. Moved by us, it would be drift.',
      );
    case 'doubtful':
      return new RejectedError(
        `The provisioned product ${product?.name ?? ''} of account ${accountId} never succeeded, somebody else has made it, and Control Tower may govern the ` +
          'account. Terminating the product could unenroll it.',
        'Look at the account in the console of Control Tower. Where it is not enrolled, terminate that product in the Service Catalog console; where it ' +
          'is, choose "Update account". Then replay this run.',
      );
  }
}

/**
 * @evidence documented controltower/userguide/special-accounts: the landing zone manages these accounts, and no
 *   organizational unit does
 */
export const serviceIntegrationAccount = (accountId: string): RejectedError =>
  new RejectedError(
    `Account ${accountId} is a service integration account of Control Tower, such as audit or log archive: the landing zone alone manages it.`,
    'Give the tenant another account: send its desired state without platformTenantId, or with the id of an account of its own.',
  );
