import * as z from 'zod';

import type { Call } from '../organization/call-log';
import { openAccount } from '../organization/organization-planting';
import type { OrganizationState } from '../organization/organization-state';
import { CAREFUL } from '../organization/services/cloudformation/operation-preferences';
import type { ProductRecord, ProvisionedProduct } from '../organization/services/service-catalog/account-factory-state';
import { type Rng, rngFor } from './rng';
import { ForeignProducts } from './foreign-products';
import type { SimulationOptions } from './simulation-options';

const MINUTE = 60_000;

const RequestSchema = z.object({ AccountName: z.string() });

const RecordSchema = z.object({ Id: z.string() });

/** The minimum of Control Tower's slots that other users leave to us. */
const SLOTS_LEFT = 1;

/** Marks the operations of other users in the model's records. */
export const OTHER_USER = 'stranger';

/**
 * Other people who work in the same organization: on its stack sets, in its Account Factory. Their work begins now and
 * then, takes a while and ends well.
 */
export class OtherUsers {
  readonly #options: SimulationOptions;
  readonly #state: () => OrganizationState;
  readonly #rng: Rng;
  #operations = 0;
  readonly #tainted = new Set<string>();
  readonly #products: ForeignProducts;

  constructor(options: SimulationOptions, state: () => OrganizationState) {
    this.#options = options;
    this.#state = state;
    this.#rng = rngFor(options.seed, 'strangers');
    this.#products = new ForeignProducts(options, state);
  }

  /** Comes to work, to be called every ten minutes. */
  work(now: number): void {
    const { faults } = this.#options;
    if (faults.has('stack-set-busy') && this.#rng.happens(0.3)) this.#occupyStackSet(now);
    if (faults.has('factory-busy') && this.#rng.happens(0.4)) this.#occupyFactory(now);
  }

  /**
   * Another user changes what Control Tower manages, just after our poll has seen the end of the enrollment; the next
   * step finds the product tainted. At most once for each product, and never where no step would read it again: a run
   * without a change would have to repair it.
   */
  taintAfter(call: Call): void {
    this.#products.plantAfter(call);
    const { callerFunction, operation, input } = call;
    if (!this.#options.faults.has('factory-tainted')) return;
    if (callerFunction !== 'CheckEnrollment' || operation !== 'DescribeRecord') return;
    const product = this.#productOf(RecordSchema.safeParse(input).data?.Id);
    if (product?.status !== 'AVAILABLE' || this.#tainted.has(product.id)) return;
    this.#tainted.add(product.id);
    if (this.#rng.happens(0.15)) product.status = 'TAINTED';
  }

  #productOf(recordId = ''): ProvisionedProduct | undefined {
    const { accountFactory } = this.#state();
    const record = accountFactory?.records.get(recordId);
    return accountFactory?.provisionedProducts.get(record?.provisionedProductId ?? '');
  }

  /** Somebody asks AWS for an account of the same name: names are not unique, and requests are found by their names. */
  nameAfter({ operation, callerFunction, input, at }: Call): void {
    if (operation !== 'CreateAccount' || callerFunction === null) return;
    if (!this.#options.faults.has('namesakes') || !this.#rng.happens(0.3)) return;
    const { AccountName: name } = RequestSchema.parse(input);
    const state = this.#state();
    const number = ++this.#operations;
    const id = String(900_000_000_000 + number);
    const email = `${OTHER_USER}+${number}@elsewhere.example`;
    const { rootId: parentId } = state.seed;
    openAccount(state, {
      id,
      name,
      email,
      parentId,
      joinedMethod: 'INVITED',
      joinedAt: at,
      listedFrom: at,
      tags: [],
      accessRole: null,
    });
    const request = `car-${OTHER_USER}${String(number).padStart(8, '0')}`;
    state.creations.set(request, {
      id: request,
      accountName: name,
      email,
      requestedAt: at,
      completesAt: at,
      completedAt: at,
      state: 'SUCCEEDED',
      accountId: id,
      govCloudAccountId: null,
      failureReason: null,
    });
  }

  #occupyStackSet(now: number): void {
    const { agenda, stackSets } = this.#state();
    const [first, ...others] = [...stackSets.values()];
    if (first === undefined) return;
    const stackSet = this.#rng.oneOf([first, ...others]);
    if ([...stackSet.operations.values()].some(({ status }) => status === 'RUNNING' || status === 'QUEUED')) return;
    const id = `${OTHER_USER}-${++this.#operations}`;
    const operation = { id, action: 'UPDATE', request: '', instanceKeys: [], pace: CAREFUL, createdAt: now } as const;
    stackSet.operations.set(id, { ...operation, status: 'RUNNING', endedAt: null });
    agenda.plan(now + this.#rng.between(5, 30) * MINUTE, (at) => {
      stackSet.operations.set(id, { ...operation, status: 'SUCCEEDED', endedAt: at });
    });
  }

  #occupyFactory(now: number): void {
    const { agenda, accountFactory, limits } = this.#state();
    const running = [...(accountFactory?.records.values() ?? [])].filter(isRunning);
    const room = limits.concurrentAccountOperations - SLOTS_LEFT - running.length;
    if (room <= 0) return;
    const record = otherUsersRecord(`rec-${OTHER_USER}-${++this.#operations}`, now);
    accountFactory?.records.set(record.id, record);
    agenda.plan(now + this.#rng.between(15, 45) * MINUTE, () => {
      record.status = 'SUCCEEDED';
    });
  }
}

const isRunning = ({ status }: ProductRecord): boolean => status === 'CREATED' || status === 'IN_PROGRESS';

function otherUsersRecord(id: string, now: number): ProductRecord {
  return {
    id,
    token: id,
    request: '',
    artifactId: '',
    pathId: '',
    createdAt: now,
    updatedAt: now,
    error: null,
    outputs: [],
    provisionedProductId: `pp-${OTHER_USER}`,
    provisionedProductName: OTHER_USER,
    sessionArn: '',
    roleArn: '',
    type: 'PROVISION_PRODUCT',
    status: 'IN_PROGRESS',
  };
}
