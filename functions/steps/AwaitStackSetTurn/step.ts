import { stackSetLane } from '../../domain/lanes';
import type { TenantRecord } from '../../domain/ledger-records';
import { noTurnNeeded, turnReport } from '../../domain/turn-report';
import type { Step } from '../../domain/vending';
import { isInstanceOf, type PlannedStackSet, plannedStackSet } from '../../domain/wanted-stack-set';
import { areOurOperationsOver } from '../../domain/stack-instance-work';
import type { LaneQueue } from '../../ports/lane-queue';
import type { StackSets } from '../../ports/stack-sets';

export interface AwaitStackSetTurnPorts {
  readonly queue: LaneQueue;
  readonly stackSets: Pick<StackSets, 'operationOf'>;
  /** The stack set of this iteration. */
  readonly stackSet: string;
}

/**
 * Waits for a turn to ask CloudFormation for an operation of the stack set. An account whose instances are current, as far as the ledger knows,
 * needs none, unless DeployStackInstances has found that something is to be changed.
 *
 * A second run of this state keeps its place, or finds the turn that it has.
 */
export function awaitStackSetTurn({ queue, stackSets, stackSet }: AwaitStackSetTurnPorts): Step {
  return async (vending) => {
    const planned = plannedStackSet(vending, stackSet);
    const lane = stackSetLane(planned);
    if (isCurrent(vending.tenant, planned) && !vending.tenant.turnsNeeded.includes(lane.name)) {
      await queue.pass();
      return noTurnNeeded(`The ledger knows the instances of ${planned.name} as current.`);
    }
    return turnReport(await queue.join(lane, isOverIn(stackSets, planned)), lane.name);
  };
}

const isCurrent = ({ stackInstances }: TenantRecord, planned: PlannedStackSet): boolean =>
  planned.regions.every((region) =>
    stackInstances.some((one) => isInstanceOf(one, planned) && one.region === region && one.phase === 'current'),
  );

const isOverIn =
  (stackSets: AwaitStackSetTurnPorts['stackSets'], planned: PlannedStackSet) =>
  ({ stackInstances }: TenantRecord): Promise<boolean> =>
    areOurOperationsOver(
      stackInstances.filter((record) => isInstanceOf(record, planned)),
      (id) => stackSets.operationOf(planned, id),
    );
