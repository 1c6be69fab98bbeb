import { stackSetLane } from '../../domain/lanes';
import type { TenantRecord } from '../../domain/ledger-records';
import { areOurOperationsOver } from '../../domain/stack-instance-work';
import { plannedRemoval, recordsOf, type StackSetRemoval } from '../../domain/stack-set-removal';
import { noTurnNeeded, turnReport } from '../../domain/turn-report';
import type { Step } from '../../domain/vending';
import { isInstanceOf } from '../../domain/wanted-stack-set';
import type { LaneQueue } from '../../ports/lane-queue';
import type { StackSets } from '../../ports/stack-sets';

export interface AwaitWithdrawalTurnPorts {
  readonly queue: LaneQueue;
  readonly stackSets: Pick<StackSets, 'operationOf'>;
  /** The stack set of this iteration. */
  readonly removal: string;
}

/**
 * Waits for a turn to ask CloudFormation to remove instances of a stack set that the account has no more use for. The lane is the one in which
 * others wait to have it rolled out.
 *
 * A second run of this state keeps its place, or finds the turn that it has; once the instances are gone, it needs none.
 */
export function awaitWithdrawalTurn({ queue, stackSets, removal }: AwaitWithdrawalTurnPorts): Step {
  return async (vending) => {
    const planned = plannedRemoval(vending, removal);
    const lane = stackSetLane(planned);
    if (recordsOf(vending.tenant.stackInstances, planned).length === 0) {
      await queue.pass();
      return noTurnNeeded(`The instances of ${planned.name} are removed.`);
    }
    return turnReport(await queue.join(lane, isOverIn(stackSets, planned)), lane.name);
  };
}

const isOverIn =
  (stackSets: AwaitWithdrawalTurnPorts['stackSets'], planned: StackSetRemoval) =>
  ({ stackInstances }: TenantRecord): Promise<boolean> =>
    areOurOperationsOver(
      stackInstances.filter((record) => isInstanceOf(record, planned)),
      (id) => stackSets.operationOf(planned, id),
    );
