import * as z from 'zod';

import type { Call } from '../organization/call-log';
import type { OrganizationState } from '../organization/organization-state';
import type { ProvisionedProduct } from '../organization/services/service-catalog/account-factory-state';
import { plantProduct } from '../organization/services/service-catalog/plant-product';
import { type Rng, rngFor } from './rng';
import type { SimulationOptions } from './simulation-options';

const MINUTE = 60_000;

const RecordSchema = z.object({ Id: z.string() });

/** One thing that other people have done to the products of an account that is enrolled. */
type Change = (parts: {
  readonly state: OrganizationState;
  readonly product: ProvisionedProduct;
  readonly accountId: string;
  readonly rng: Rng;
  readonly at: number;
}) => void;

/**
 * Changes the Service Catalog as years of use do. Each account gets at most one change, right after our own poll has
 * seen the end of its enrollment, so that a later state of the same run, or the next run, finds it.
 */
export class ForeignProducts {
  readonly #options: SimulationOptions;
  readonly #state: () => OrganizationState;
  readonly #rng: Rng;
  readonly #visited = new Set<string>();

  constructor(options: SimulationOptions, state: () => OrganizationState) {
    this.#options = options;
    this.#state = state;
    this.#rng = rngFor(options.seed, 'foreign products');
  }

  plantAfter({ callerFunction, operation, input, at }: Call): void {
    if (!this.#options.faults.has('foreign-products')) return;
    if (callerFunction !== 'CheckEnrollment' || operation !== 'DescribeRecord') return;
    const state = this.#state();
    const product = productOf(state, RecordSchema.safeParse(input).data?.Id ?? '');
    const accountId = product?.physicalId ?? null;
    if (product?.status !== 'AVAILABLE' || accountId === null || this.#visited.has(accountId)) return;
    this.#visited.add(accountId);
    this.#plant({ state, product, accountId, rng: this.#rng, at });
  }

  #plant(parts: Parameters<Change>[0]): void {
    if (this.#rng.happens(0.5)) this.#rng.oneOf(CHANGES)(parts);
  }
}

function productOf({ accountFactory }: OrganizationState, recordId: string): ProvisionedProduct | undefined {
  const record = accountFactory?.records.get(recordId);
  return accountFactory?.provisionedProducts.get(record?.provisionedProductId ?? '');
}

/** Somebody has tried in vain to enroll it once more. */
const failedAttempt: Change = ({ state, accountId, rng, at }) => {
  const status = rng.oneOf(['TAINTED', 'ERROR'] as const);
  plantProduct(state, { ...named(accountId, 'stale'), accountId, status, hasSucceeded: false, createdAt: at });
};

/** Somebody has made a second one that works, and finds out some time later that it is one too many. */
const secondProduct: Change = ({ state, accountId, rng, at }) => {
  const { id, name } = named(accountId, 'second');
  plantProduct(state, { id, name, accountId, status: 'AVAILABLE', hasSucceeded: true, createdAt: at });
  state.agenda.plan(at + rng.between(20, 120) * MINUTE, () => {
    state.accountFactory?.provisionedProducts.delete(id);
  });
};

/** It has been provisioned by somebody else, under a name of theirs. */
const productOfOthers: Change = ({ state, product, accountId }) => {
  product.name = named(accountId, 'theirs').name;
  const role = `${state.seed.managementAccountId}:role/Administrator`;
  product.roleArn = product.roleArn.replace(/\d{12}:role\/.*$/u, role);
  product.sessionArn = product.sessionArn.replace(/\d{12}:assumed-role\/.*$/u, `${role}/somebody`);
};

/**
 * Its unit was registered, and somebody has deleted the product without unenrolling the account; registering the unit
 * again gives it one of theirs.
 */
const governedWithoutProduct: Change = ({ state, product, accountId, rng, at }) => {
  state.accountFactory?.provisionedProducts.delete(product.id);
  state.agenda.plan(at + rng.between(60, 240) * MINUTE, (later) => {
    const isGoverned = state.inheritedBaselines.has(accountId);
    const hasOne = [...(state.accountFactory?.provisionedProducts.values() ?? [])].some(
      ({ physicalId }) => physicalId === accountId,
    );
    if (!isGoverned || hasOne) return;
    const { id, name } = named(accountId, 'registered');
    plantProduct(state, { id, name, accountId, status: 'AVAILABLE', hasSucceeded: true, createdAt: later });
  });
};

const named = (accountId: string, kind: string) => ({ id: `pp-${kind}${accountId}`, name: `${kind}-${accountId}` });

const CHANGES: readonly [Change, ...Change[]] = [failedAttempt, secondProduct, productOfOthers, governedWithoutProduct];
