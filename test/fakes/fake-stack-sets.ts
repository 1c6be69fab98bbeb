import { TransientError } from '../../functions/domain/base/errors';
import type { OperationStatus } from '../../functions/domain/stack-sets/stack-instance-work';
import type {
  StackInstance,
  StackInstanceRemoval,
  StackInstanceRequest,
  StackSetDescription,
  StackSets,
} from '../../functions/ports/stack-sets';

type Kind = 'create' | 'update' | 'delete';

/**
 * One stack set and its instances in one account, one operation at a time. It keeps to operation ids: the same id and
 * request is the same operation, the same id with another request is refused. Nothing goes on by itself: a test ends
 * each operation.
 */
export class FakeStackSets implements StackSets {
  description: StackSetDescription | undefined = {
    declaredParameters: ['AccountId', 'Stage'],
    takesManyOperations: false,
    valuelessParameters: [],
    isSelfManaged: true,
    executionRoleName: 'AWSCloudFormationStackSetExecutionRole',
    administrationRoleArn: 'arn:aws:iam::333333333333:role/AWSCloudFormationStackSetAdministrationRole',
  };
  readonly instances = new Map<string, StackInstance>();
  /** With which parameters, by region. */
  readonly overrides = new Map<string, Readonly<Record<string, string>>>();
  /** Each operation that was accepted, oldest first. */
  readonly operations: { readonly kind: Kind; readonly request: StackInstanceRemoval }[] = [];
  /** Somebody else's operation is at work. */
  isBusy = false;
  /** It does as it is asked, and the caller never learns it. */
  losesAnswer = false;
  /** What AWS says of operations that it knows, by id. */
  readonly ends = new Map<string, OperationStatus>();
  /** Regions whose instances the list does not show yet. */
  readonly hidden = new Set<string>();
  lists = 0;

  /** The template declares these parameters and no others. */
  declare(declaredParameters: readonly string[]): void {
    if (this.description !== undefined) this.description = { ...this.description, declaredParameters };
  }

  /** `create eu-central-1,eu-west-1`, … */
  get asked(): readonly string[] {
    return this.operations.map(({ kind, request }) => `${kind} ${request.regions.join(',')}`);
  }

  get operationIds(): readonly string[] {
    return this.operations.map(({ request }) => request.operationId);
  }

  /** The last operation ends in these regions, by default in all of them. */
  end(changes: Partial<StackInstance> = {}, regions = this.operations.at(-1)?.request.regions ?? []): void {
    for (const region of regions) {
      this.set(region, { status: 'CURRENT', detailedStatus: 'SUCCEEDED', ...changes });
    }
  }

  /** Somebody else works on the instance, or AWS does. */
  set(region: string, changes: Partial<StackInstance>): void {
    const instance = this.instances.get(region) ?? {
      region,
      status: 'OUTDATED',
      detailedStatus: 'PENDING',
      reason: null,
      lastOperationId: 'foreign',
    };
    this.instances.set(region, { ...instance, ...changes });
  }

  describe(): Promise<StackSetDescription | undefined> {
    return Promise.resolve(this.description);
  }

  listInstances(): Promise<readonly StackInstance[]> {
    this.lists += 1;
    return Promise.resolve([...this.instances.values()].filter(({ region }) => !this.hidden.has(region)));
  }

  overridesOf(_: unknown, _accountId: string, region: string): Promise<Readonly<Record<string, string>>> {
    return Promise.resolve(this.overrides.get(region) ?? {});
  }

  operationOf(_: unknown, operationId: string): Promise<OperationStatus> {
    return Promise.resolve(this.ends.get(operationId) ?? 'unknown');
  }

  createInstances(request: StackInstanceRequest): Promise<'started' | 'busy'> {
    return this.#start('create', request);
  }

  updateInstances(request: StackInstanceRequest): Promise<'started' | 'busy'> {
    const isMissing = request.regions.some((region) => !this.instances.has(region));
    return isMissing ? Promise.reject(new Error('StackInstanceNotFoundException')) : this.#start('update', request);
  }

  deleteInstances(request: StackInstanceRemoval): Promise<'started' | 'busy'> {
    return this.#start('delete', request);
  }

  /** The last removal has ended well. */
  vanish(regions = this.operations.at(-1)?.request.regions ?? []): void {
    for (const region of regions) this.instances.delete(region);
  }

  #start(kind: Kind, request: StackInstanceRemoval): Promise<'started' | 'busy'> {
    const known = this.operations.find((operation) => operation.request.operationId === request.operationId);
    if (known !== undefined) {
      return JSON.stringify(known) === JSON.stringify({ kind, request })
        ? Promise.resolve('started')
        : Promise.reject(new Error('OperationIdAlreadyExistsException'));
    }
    if (this.isBusy) return Promise.resolve('busy');
    this.operations.push({ kind, request });
    for (const region of request.regions) {
      if ('parameters' in request) this.overrides.set(region, (request as StackInstanceRequest).parameters);
      this.set(region, { status: 'OUTDATED', detailedStatus: 'RUNNING', lastOperationId: request.operationId });
    }
    return this.losesAnswer
      ? Promise.reject(new TransientError('The connection was reset.'))
      : Promise.resolve('started');
  }
}
