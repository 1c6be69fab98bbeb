import { TransientError } from '../../functions/domain/base/errors';
import type { Governance } from '../../functions/domain/enrollment/governance';
import { chosenProduct } from '../../functions/domain/enrollment/provisioned-products';
import type {
  AccountFactory,
  AccountFactoryProduct,
  EnrollmentRequest,
  OperationRecord,
  ProvisionedProduct,
  StartedOperation,
} from '../../functions/ports/account-factory';
import type { FakeControlTower } from './fake-control-tower';
import type { FakeOrganizationTree } from './fake-organization-tree';
import { account } from './vending';

interface Operation {
  readonly kind: 'provision' | 'update' | 'terminate';
  readonly token: string;
  readonly request: string;
  readonly recordId: string;
  readonly productId: string;
  readonly parameters: EnrollmentRequest['parameters'];
}

/**
 * The Account Factory for one account. It keeps to its tokens: the same token and request is the same record, the same
 * token with another request is refused. Nothing goes on by itself: a test ends each operation, and with that the
 * account is in its OU.
 */
export class FakeAccountFactory implements AccountFactory {
  product: AccountFactoryProduct = { artifactId: 'pa-newest', launchPathId: 'lpv3-path' };
  readonly products: ProvisionedProduct[] = [];
  /** Each operation that was accepted, oldest first. */
  readonly operations: Operation[] = [];
  /** Control Tower has no place. */
  isBusy = false;
  /** It does as it is asked, and the caller never learns it. */
  losesAnswer = false;
  /** It does not even hear what it is asked. */
  isCutOff = false;
  readonly #tree: FakeOrganizationTree;
  readonly #records = new Map<string, OperationRecord>();

  readonly #controlTower: FakeControlTower | undefined;

  /** @param controlTower told of what becomes enrolled, and of what is taken back */
  constructor(tree: FakeOrganizationTree, controlTower?: FakeControlTower) {
    this.#tree = tree;
    this.#controlTower = controlTower;
  }

  /** What CloudTrail would show: `provision retail-…-1`, … */
  get asked(): readonly string[] {
    return this.operations.map(({ kind, token }) => `${kind} ${token.split('-').at(-1) ?? ''}`);
  }

  /** The last operation ends; ended well, the account is where its parameters say. */
  async end(
    state: 'SUCCEEDED' | 'FAILED',
    failure: Partial<OperationRecord> & { knows?: boolean } = {},
  ): Promise<void> {
    const operation = this.operations.at(-1);
    const index = this.products.findIndex(({ id }) => id === operation?.productId);
    const product = this.products[index];
    if (operation === undefined || product === undefined) throw new Error('Nothing is at work.');
    const { knows = true, ...rest } = failure;
    this.#records.set(operation.recordId, { state, wasBusy: false, error: null, ...rest });
    const accountId = knows ? account.id : product.accountId;
    if (state === 'SUCCEEDED') this.#governs(operation.kind === 'terminate' ? 'none' : 'enrolled');
    if (state === 'FAILED') this.products[index] = { ...product, accountId, status: 'TAINTED' };
    else if (operation.kind === 'terminate') this.products.splice(index, 1);
    else {
      this.products[index] = { ...product, accountId, status: 'AVAILABLE', hasSucceeded: true };
      await this.#place(operation.parameters['ManagedOrganizationalUnit'] ?? '');
    }
  }

  #governs(governance: Governance): void {
    if (this.#controlTower !== undefined) this.#controlTower.governance = governance;
  }

  async #place(unit: string): Promise<void> {
    const to = /\((.+)\)$/.exec(unit)?.[1] ?? '';
    const from = await this.#tree.parentOf(account.id);
    if (from !== to) this.#tree.place(account.id, to);
  }

  describeProduct(): Promise<AccountFactoryProduct> {
    return Promise.resolve(this.product);
  }

  productsOf(accountId: string): Promise<readonly ProvisionedProduct[]> {
    return Promise.resolve(this.products.filter((product) => product.accountId === accountId));
  }

  async findByAccount(accountId: string, ownName: string | null = null): Promise<ProvisionedProduct | undefined> {
    const unknowing = this.products.find((product) => product.name === ownName && product.accountId === null);
    return chosenProduct(accountId, await this.productsOf(accountId), ownName) ?? unknowing;
  }

  findByName(name: string): Promise<ProvisionedProduct | undefined> {
    return Promise.resolve(this.products.find((product) => product.name === name));
  }

  provision(request: EnrollmentRequest): Promise<StartedOperation> {
    return this.#start('provision', request.token, request, () => {
      const id = `pp-${this.products.length + 1}`;
      const made = {
        id,
        name: request.token,
        status: 'UNDER_CHANGE',
        lastRecordId: null,
        hasSucceeded: false,
        accountId: null,
      } as const;
      this.products.push(made);
      return id;
    });
  }

  update(product: ProvisionedProduct, request: EnrollmentRequest): Promise<StartedOperation> {
    return this.#start('update', request.token, request, () => product.id);
  }

  terminate(product: ProvisionedProduct, token: string): Promise<StartedOperation> {
    return this.#start('terminate', token, { parameters: {} }, () => product.id);
  }

  describeRecord(recordId: string): Promise<OperationRecord> {
    return Promise.resolve(this.#records.get(recordId) ?? { state: 'IN_PROGRESS', wasBusy: false, error: null });
  }

  #start(
    kind: Operation['kind'],
    token: string,
    request: Pick<EnrollmentRequest, 'parameters'>,
    product: () => string,
  ): Promise<StartedOperation> {
    if (this.isCutOff) return Promise.reject(new TransientError('The connection was reset.'));
    const text = JSON.stringify([kind, request]);
    const known = this.operations.find((operation) => operation.token === token);
    if (known !== undefined) {
      return known.request === text
        ? Promise.resolve({ recordId: known.recordId })
        : Promise.reject(new Error('InvalidParametersException: the token was used with other parameters.'));
    }
    if (this.isBusy) return Promise.resolve('busy');
    const recordId = `rec-${this.operations.length + 1}`;
    const productId = product();
    this.operations.push({ kind, token, request: text, recordId, productId, parameters: request.parameters });
    const index = this.products.findIndex(({ id }) => id === productId);
    const changed = this.products[index];
    if (changed !== undefined) this.products[index] = { ...changed, status: 'UNDER_CHANGE', lastRecordId: recordId };
    return this.losesAnswer
      ? Promise.reject(new TransientError('The connection was reset.'))
      : Promise.resolve({ recordId });
  }
}
