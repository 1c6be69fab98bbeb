import { RejectedError } from '../../domain/base/errors';
import {
  instanceRemovals,
  type InstanceRemoval,
  removalsAsked,
  plannedRemoval,
  type StackSetRemoval,
} from '../../domain/stack-sets/stack-set-removal';
import type { OperationStatus } from '../../domain/stack-sets/stack-instance-work';
import { accountOf, type Step, type StepContext } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import type { StackSets } from '../../ports/stack-sets';
import { followOperations, isLost, REMOVE } from '../stack-set-rollout';

export interface CheckRemovalPorts {
  readonly repository: TenantRepository;
  readonly stackSets: Pick<StackSets, 'listInstances' | 'operationOf'>;
  readonly turns: LaneTurns;
  /** The stack set of this iteration. */
  readonly removal: string;
}

/**
 * Are the account's instances of a stack set gone? Read from our operation where there is one, otherwise from the
 * instances. `goTo('request')` sends the workflow back to RemoveStackInstances, which decides what is left. A second
 * run answers at once.
 *
 * @throws RejectedError with the instance's own reason, when CloudFormation has given it up or has failed several
 * times; or when it takes longer than its budget
 */
export function checkRemoval(ports: CheckRemovalPorts): Step {
  return async (context) => {
    const stackSet = plannedRemoval(context, ports.removal);
    const instances = (await lookAt(ports, context, stackSet)).map((look) => statusOf(context, look));
    const gone = instances.filter(({ standing }) => standing === 'gone');
    const isDone = gone.length === instances.length;
    const ended = gone.map(({ asked }) => asked);
    const rejection = (region: string, reason: string) => couldNotRemove(stackSet, region, reason);
    return followOperations(ports, REMOVE, context, { stackSet, instances, isDone, ended, rejection });
  };
}

/**
 * The operation tells first; the list is asked for what that leaves open.
 *
 * @evidence documented "botocore cloudformation.DescribeStackSetOperation": its reads are strongly consistent
 * @evidence assumed "botocore cloudformation.ListStackInstances": it may be behind, since it promises nothing (decided
 *   by: lists on AWS)
 */
async function lookAt(
  { stackSets }: CheckRemovalPorts,
  context: StepContext,
  planned: StackSetRemoval,
): Promise<readonly InstanceRemoval[]> {
  const ends = new Map<string, OperationStatus>();
  for (const id of removalsAsked(context, planned)) ends.set(id, await stackSets.operationOf(planned, id));
  const told = instanceRemovals(context, planned, [], ends);
  const isTold = told.every(({ record }) => TELLING.has(ends.get(record.operationId) ?? 'unknown'));
  if (isTold) return told;
  return instanceRemovals(context, planned, await stackSets.listInstances(planned, accountOf(context).id), ends);
}

/** Whatever the list shows, it adds nothing. */
const TELLING: ReadonlySet<OperationStatus> = new Set(['succeeded', 'waiting', 'running']);

const statusOf = (context: StepContext, { standing, record: asked, seen }: InstanceRemoval) => ({
  region: asked.region,
  asked,
  seen,
  standing: isLost(REMOVE, context, { standing, asked }) ? ('failed' as const) : standing,
});

function couldNotRemove({ name }: StackSetRemoval, region: string, reason: string): RejectedError {
  return new RejectedError(
    `The instance of stack set "${name}" in ${region} could not be removed: ${reason}.`,
    'Mend what it names (a bucket that is not empty, a resource that something else uses, the execution role in the account), or delete the ' +
      'instance with "retain stacks" in the StackSets console and its stack in the account; then replay this run.',
  );
}
