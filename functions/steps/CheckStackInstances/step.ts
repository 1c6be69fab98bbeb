import { RejectedError } from '../../domain/base/errors';
import type { StackInstanceRecord } from '../../domain/records/account-records';
import { regionHint } from '../../domain/places/partitions';
import { type OperationStatus, MAX_FAILURES } from '../../domain/stack-sets/stack-instance-work';
import { accountOf, type Step, type StepContext } from '../../domain/run/step-context';
import {
  type PlannedStackSet,
  plannedStackSet,
  type RegionStatus,
  standings,
} from '../../domain/stack-sets/wanted-stack-set';
import type { TenantRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import type { StackSets } from '../../ports/stack-sets';
import { changeRecords, DEPLOY, followOperations, isLost } from '../stack-set-rollout';

export interface CheckStackInstancesPorts {
  readonly repository: TenantRepository;
  readonly stackSets: Pick<StackSets, 'listInstances' | 'operationOf'>;
  readonly turns: LaneTurns;
  /** The stack set of this iteration. */
  readonly stackSet: string;
}

/**
 * Are the account's instances of a stack set current? Progress is read from the instances, where they name our
 * operation; where they do not, from the operation itself. `goTo('request')` sends the workflow back to
 * DeployStackInstances, which decides what is left. A second run answers at once.
 *
 * @throws RejectedError with the instance's own reason, when it has failed several times; or when it takes longer than
 * its budget
 */
export function checkStackInstances(ports: CheckStackInstancesPorts): Step {
  return async (begun) => {
    const stackSet = plannedStackSet(begun, ports.stackSet);
    const seen = await ports.stackSets.listInstances(stackSet, accountOf(begun).id);
    const { vending: context, ends } = await withEnds(ports, begun, stackSet, standings(begun, stackSet, seen));
    const instances = standings(context, stackSet, seen).map((instance) => judgeUnseen(context, instance, ends));
    const isDone = isAllCurrent(instances);
    const ended = isDone ? instances.flatMap(({ asked }) => asked ?? []) : [];
    const rejection = (region: string, reason: string) => couldNotDeploy(ports.stackSet, region, reason);
    return followOperations(ports, DEPLOY, context, { stackSet, instances, isDone, ended, rejection });
  };
}

type Ends = ReadonlyMap<string, OperationStatus>;

/**
 * What became of operations that no instance names: somebody else has worked on the instances since, or the list is
 * behind. What went well is written down as deployed, so that from then on the instance alone counts.
 *
 * @evidence documented "botocore cloudformation.DescribeStackSetOperation": its reads are strongly consistent
 * @evidence assumed "botocore cloudformation.ListStackInstances": it may be behind, since it promises nothing (decided
 *   by: lists on AWS)
 */
async function withEnds(
  ports: CheckStackInstancesPorts,
  context: StepContext,
  planned: PlannedStackSet,
  looks: readonly RegionStatus[],
): Promise<{ readonly vending: StepContext; readonly ends: Ends }> {
  const ends = new Map<string, OperationStatus>();
  const unseen = looks.filter(({ standing }) => standing === 'unseen');
  for (const id of new Set(unseen.flatMap(({ asked }) => asked?.operationId ?? []))) {
    ends.set(id, await ports.stackSets.operationOf(planned, id));
  }
  const isDeployed = (record: StackInstanceRecord): boolean =>
    unseen.some(({ asked, seen }) => asked === record && seen !== undefined) &&
    ends.get(record.operationId) === 'succeeded';
  const stackInstances = await changeRecords(ports, context, (record) =>
    isDeployed(record) ? { ...record, phase: 'current', failures: 0, pauses: 0 } : record,
  );
  return { vending: { ...context, tenant: { ...context.tenant, stackInstances: [...stackInstances] } }, ends };
}

/**
 * If no instance names the operation, the operation itself tells; one that was accepted and never shows is as good as
 * failed.
 */
function judgeUnseen(context: StepContext, instance: RegionStatus, ends: Ends): RegionStatus {
  const end = instance.standing === 'unseen' ? ends.get(instance.asked?.operationId ?? '') : undefined;
  if (end === 'failed' || end === 'running') return { ...instance, standing: end };
  return isLost(DEPLOY, context, instance) ? { ...instance, standing: 'failed' } : instance;
}

/** What is current everywhere, and the same. */
const isAllCurrent = (looks: readonly RegionStatus[]): boolean =>
  looks.every(({ standing }) => standing === 'current') &&
  new Set(looks.map(({ asked }) => asked?.contentHash)).size <= 1;

function couldNotDeploy(stackSet: string, region: string, reason: string): RejectedError {
  return new RejectedError(
    `The stack set "${stackSet}" could not be deployed in ${region}, ${MAX_FAILURES} times: ${reason}.`,
    'Mend what it names: the template, the execution role in the account (stackSetExecutionRole in platform.json has to name the role that the ' +
      "stack set uses), or the administration role's right to assume it; then replay this run." +
      regionHint(region),
  );
}
