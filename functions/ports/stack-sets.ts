import type { OperationStatus } from '../domain/stack-sets/stack-instance-work';

/**
 * Stack sets with self-managed permissions, in the automation account. A stack set is regional: every call goes to its
 * home region.
 */
export interface StackSets {
  /** Undefined when there is no such stack set in that region. */
  describe(stackSet: StackSetKey): Promise<StackSetDescription | undefined>;

  /** The instances of one account. AWS may be a little behind: compare `lastOperationId`. */
  listInstances(stackSet: StackSetKey, accountId: string): Promise<readonly StackInstance[]>;

  /** The parameters that an instance has of its own, over those of its stack set. None where it is not there. */
  overridesOf(stackSet: StackSetKey, accountId: string, region: string): Promise<Readonly<Record<string, string>>>;

  /** How an operation is, whatever has happened to its instances since; AWS answers this consistently. */
  operationOf(stackSet: StackSetKey, operationId: string): Promise<OperationStatus>;

  /** Starts an operation. The same id and content again is the same operation. `busy`: another operation is at work. */
  createInstances(request: StackInstanceRequest): Promise<'started' | 'busy'>;
  updateInstances(request: StackInstanceRequest): Promise<'started' | 'busy'>;
  /** Takes the instances out of the stack set and deletes their stacks, with all that they hold. */
  deleteInstances(request: StackInstanceRemoval): Promise<'started' | 'busy'>;
}

export interface StackSetKey {
  readonly name: string;
  readonly homeRegion: string;
}

export interface StackSetDescription {
  /** The parameters that the template declares: only these can be overridden. */
  readonly declaredParameters: readonly string[];
  /**
   * Managed execution is active: CloudFormation takes any number of operations at once, and queues those that are in
   * each other's way.
   */
  readonly takesManyOperations: boolean;
  /** Those of them to which the stack set gives no value: each instance has to. */
  readonly valuelessParameters: readonly string[];
  /** Whether it works with roles that are made in the accounts, rather than by trust of the organization. */
  readonly isSelfManaged: boolean;
  /** The role that it assumes in the accounts. */
  readonly executionRoleName: string | null;
  /** The role of the stack set's own account by which it goes there; null: of service-managed permissions. */
  readonly administrationRoleArn: string | null;
}

export interface StackInstance {
  readonly region: string;
  readonly status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE';
  /** CloudFormation's DetailedStatus: PENDING, RUNNING, SUCCEEDED, FAILED, CANCELLED, … */
  readonly detailedStatus: string;
  readonly reason: string | null;
  readonly lastOperationId: string | null;
}

export interface StackInstanceRemoval {
  readonly stackSet: StackSetKey;
  readonly accountId: string;
  readonly regions: readonly string[];
  readonly operationId: string;
}

export interface StackInstanceRequest extends StackInstanceRemoval {
  /** Other accounts in which the same is created. A failure in one account stops no other. */
  readonly alsoIn?: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}
