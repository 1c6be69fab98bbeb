import { stackSetLane } from '../../domain/queue/lanes';
import { plannedRemoval, recordsOf } from '../../domain/stack-sets/stack-set-removal';
import type { Step } from '../../domain/run/step-context';
import type { LaneQueue } from '../../ports/lane-queue';
import type { StackSets } from '../../ports/stack-sets';
import { awaitTurn } from '../await-turn';
import { areOperationsOver } from '../stack-set-rollout';

export interface AwaitWithdrawalTurnPorts {
  readonly queue: LaneQueue;
  readonly stackSets: Pick<StackSets, 'operationOf'>;
  /** The stack set of this iteration. */
  readonly removal: string;
}

/**
 * Waits for a turn to ask CloudFormation to remove instances of a stack set that the account has no more use for. The
 * lane is the one in which others wait to have it rolled out. Once the instances are gone, no turn is needed.
 */
export const awaitWithdrawalTurn = (ports: AwaitWithdrawalTurnPorts): Step =>
  awaitTurn(ports, (context) => {
    const planned = plannedRemoval(context, ports.removal);
    return recordsOf(context.tenant.stackInstances, planned).length === 0
      ? { notNeeded: `The instances of ${planned.name} are removed.` }
      : { lane: stackSetLane(planned), isOver: areOperationsOver(ports.stackSets, planned) };
  });
