import * as z from 'zod';

import type { Call } from '../organization/call-log';
import { openAccount } from '../organization/organization-planting';
import type { OrganizationState } from '../organization/organization-state';
import type { ProductRecord, ProvisionedProduct } from '../organization/services/service-catalog/account-factory-state';
import { type Chance, chanceFor } from './chance';
import { ForeignProducts } from './foreign-products';
import type { SimulationOptions } from './simulation-options';

const MINUTE = 60_000;

const RequestSchema = z.object({ AccountName: z.string() });

const RecordSchema = z.object({ Id: z.string() });

/** As many of Control Tower's places as strangers leave to us at least. */
const PLACES_LEFT = 1;

/** What marks the work of strangers in the model's records. */
export const STRANGER = 'stranger';

/**
 * Other people who work in the same organization: on its stack sets, in its Account Factory. Their work begins now and then, takes a while and
 * ends well.
 */
export class Strangers {
  readonly #options: SimulationOptions;
  readonly #state: () => OrganizationState;
  readonly #chance: Chance;
  #operations = 0;
  readonly #tainted = new Set<string>();
  readonly #products: ForeignProducts;

  constructor(options: SimulationOptions, state: () => OrganizationState) {
    this.#options = options;
    this.#state = state;
    this.#chance = chanceFor(options.seed, 'strangers');
    this.#products = new ForeignProducts(options, state);
  }

  /** Comes to work, to be called every ten minutes. */
  work(now: number): void {
    const { faults } = this.#options;
    if (faults.has('stack-set-busy') && this.#chance.happens(0.3)) this.#occupyStackSet(now);
    if (faults.has('factory-busy') && this.#chance.happens(0.4)) this.#occupyFactory(now);
  }

  /**
   * A product is found tainted by whoever comes back to it: somebody has changed what Control Tower manages, just after its end was seen. At most
   * once for each product, and never where nobody would look again: a run without a change would have to repair it.
   */
  taintAfter(call: Call): void {
    this.#products.plantAfter(call);
    const { callerFunction, operation, input } = call;
    if (!this.#options.faults.has('factory-tainted')) return;
    if (callerFunction !== 'CheckEnrollment' || operation !== 'DescribeRecord') return;
    const product = this.#productOf(RecordSchema.safeParse(input).data?.Id);
    if (product?.status !== 'AVAILABLE' || this.#tainted.has(product.id)) return;
    this.#tainted.add(product.id);
    if (this.#chance.happens(0.15)) product.status = 'TAINTED';
  }

  #productOf(recordId = ''): ProvisionedProduct | undefined {
    const { accountFactory } = this.#state();
    const record = accountFactory?.records.get(recordId);
    return accountFactory?.provisionedProducts.get(record?.provisionedProductId ?? '');
  }

  /** Somebody asks AWS for an account of the same name: names are not unique, and requests are found by their names. */
  nameAfter({ operation, callerFunction, input, at }: Call): void {
    if (operation !== 'CreateAccount' || callerFunction === null) return;
    if (!this.#options.faults.has('namesakes') || !this.#chance.happens(0.3)) return;
    const { AccountName: name } = RequestSchema.parse(input);
    const state = this.#state();
    const number = ++this.#operations;
    const id = String(900_000_000_000 + number);
    const email = `${STRANGER}+${number}@elsewhere.example`;
    const { rootId: parentId } = state.seed;
    openAccount(state, {
      ...{ id, name, email, parentId, joinedMethod: 'INVITED', joinedAt: at, listedFrom: at },
      ...{ tags: [], accessRole: null },
    });
    const request = `car-${STRANGER}${String(number).padStart(8, '0')}`;
    state.creations.set(request, {
      ...{ id: request, accountName: name, email, requestedAt: at, completesAt: at, completedAt: at },
      ...{ state: 'SUCCEEDED', accountId: id, govCloudAccountId: null, failureReason: null },
    });
  }

  #occupyStackSet(now: number): void {
    const { agenda, stackSets } = this.#state();
    const [first, ...others] = [...stackSets.values()];
    if (first === undefined) return;
    const stackSet = this.#chance.oneOf([first, ...others]);
    if ([...stackSet.operations.values()].some(({ status }) => status === 'RUNNING' || status === 'QUEUED')) return;
    const id = `${STRANGER}-${++this.#operations}`;
    const operation = { id, action: 'UPDATE', request: '', instanceKeys: [], createdAt: now } as const;
    stackSet.operations.set(id, { ...operation, status: 'RUNNING', endedAt: null });
    agenda.plan(now + this.#chance.between(5, 30) * MINUTE, (at) => {
      stackSet.operations.set(id, { ...operation, status: 'SUCCEEDED', endedAt: at });
    });
  }

  #occupyFactory(now: number): void {
    const { agenda, accountFactory, limits } = this.#state();
    const running = [...(accountFactory?.records.values() ?? [])].filter(isRunning);
    const room = limits.concurrentAccountOperations - PLACES_LEFT - running.length;
    if (room <= 0) return;
    const record = strangersRecord(`rec-${STRANGER}-${++this.#operations}`, now);
    accountFactory?.records.set(record.id, record);
    agenda.plan(now + this.#chance.between(15, 45) * MINUTE, () => {
      record.status = 'SUCCEEDED';
    });
  }
}

const isRunning = ({ status }: ProductRecord): boolean => status === 'CREATED' || status === 'IN_PROGRESS';

function strangersRecord(id: string, now: number): ProductRecord {
  return {
    ...{
      id,
      token: id,
      request: '',
      artifactId: '',
      pathId: '',
      createdAt: now,
      updatedAt: now,
      error: null,
      outputs: [],
    },
    ...{ provisionedProductId: `pp-${STRANGER}`, provisionedProductName: STRANGER, sessionArn: '', roleArn: '' },
    type: 'PROVISION_PRODUCT',
    status: 'IN_PROGRESS',
  };
}
