import * as z from 'zod';

import type { Call } from '../organization/call-log';
import type { OrganizationState } from '../organization/organization-state';
import type { ProvisionedProduct } from '../organization/services/service-catalog/account-factory-state';
import { plantProduct } from '../organization/services/service-catalog/plant-product';
import { type Chance, chanceFor } from './chance';
import type { SimulationOptions } from './simulation-options';

const MINUTE = 60_000;

const RecordSchema = z.object({ Id: z.string() });

/** One thing that other people have done to the products of an account that is enrolled. */
type Deed = (parts: {
  readonly state: OrganizationState;
  readonly product: ProvisionedProduct;
  readonly accountId: string;
  readonly chance: Chance;
  readonly at: number;
}) => void;

/**
 * What a landing zone that has been in use for years has in its Service Catalog. Each account gets one of these at most, when our own look has seen the
 * end of its enrollment, so that a later state of the same run, or the next run, comes upon it.
 */
export class ForeignProducts {
  readonly #options: SimulationOptions;
  readonly #state: () => OrganizationState;
  readonly #chance: Chance;
  readonly #visited = new Set<string>();

  constructor(options: SimulationOptions, state: () => OrganizationState) {
    this.#options = options;
    this.#state = state;
    this.#chance = chanceFor(options.seed, 'foreign products');
  }

  plantAfter({ callerFunction, operation, input, at }: Call): void {
    if (!this.#options.faults.has('foreign-products')) return;
    if (callerFunction !== 'CheckEnrollment' || operation !== 'DescribeRecord') return;
    const state = this.#state();
    const product = productOf(state, RecordSchema.safeParse(input).data?.Id ?? '');
    const accountId = product?.physicalId ?? null;
    if (product?.status !== 'AVAILABLE' || accountId === null || this.#visited.has(accountId)) return;
    this.#visited.add(accountId);
    this.#plant({ state, product, accountId, chance: this.#chance, at });
  }

  #plant(parts: Parameters<Deed>[0]): void {
    if (this.#chance.happens(0.5)) this.#chance.oneOf(DEEDS)(parts);
  }
}

function productOf({ accountFactory }: OrganizationState, recordId: string): ProvisionedProduct | undefined {
  const record = accountFactory?.records.get(recordId);
  return accountFactory?.provisionedProducts.get(record?.provisionedProductId ?? '');
}

/** Somebody has tried in vain to enroll it once more. */
const failedAttempt: Deed = ({ state, accountId, chance, at }) => {
  const status = chance.oneOf(['TAINTED', 'ERROR'] as const);
  plantProduct(state, { ...named(accountId, 'stale'), accountId, status, hasSucceeded: false, createdAt: at });
};

/** Somebody has made a second one that works, and finds out some time later that it is one too many. */
const secondProduct: Deed = ({ state, accountId, chance, at }) => {
  const { id, name } = named(accountId, 'second');
  plantProduct(state, { id, name, accountId, status: 'AVAILABLE', hasSucceeded: true, createdAt: at });
  state.agenda.plan(at + chance.between(20, 120) * MINUTE, () => {
    state.accountFactory?.provisionedProducts.delete(id);
  });
};

/** It has been provisioned by somebody else, under a name of theirs. */
const productOfOthers: Deed = ({ state, product, accountId }) => {
  product.name = named(accountId, 'theirs').name;
  const role = `${state.seed.managementAccountId}:role/Administrator`;
  product.roleArn = product.roleArn.replace(/\d{12}:role\/.*$/u, role);
  product.sessionArn = product.sessionArn.replace(/\d{12}:assumed-role\/.*$/u, `${role}/somebody`);
};

/** Its unit was registered, and somebody has deleted the product without unenrolling the account; registering the unit again gives it one of theirs. */
const governedWithoutProduct: Deed = ({ state, product, accountId, chance, at }) => {
  state.accountFactory?.provisionedProducts.delete(product.id);
  state.agenda.plan(at + chance.between(60, 240) * MINUTE, (later) => {
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

const DEEDS: readonly [Deed, ...Deed[]] = [failedAttempt, secondProduct, productOfOthers, governedWithoutProduct];
