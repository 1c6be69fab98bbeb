import { stackSetLane } from '../../domain/queue/lanes';
import type { TenantRecord } from '../../domain/records/ledger-records';
import type { Step } from '../../domain/run/step-context';
import {
  isInstanceOf,
  type PlannedStackSet,
  plannedStackSet,
  wantedInstances,
} from '../../domain/stack-sets/wanted-stack-set';
import type { LaneQueue } from '../../ports/lane-queue';
import type { StackSets } from '../../ports/stack-sets';
import { awaitTurn } from '../await-turn';
import { areOperationsOver } from '../stack-set-rollout';

export interface AwaitStackSetTurnPorts {
  readonly queue: LaneQueue;
  readonly stackSets: Pick<StackSets, 'operationOf'>;
  /** The stack set of this iteration. */
  readonly stackSet: string;
  /** From when on the roles of the account count everywhere. */
  readonly rolesCountFrom: (now: Date) => Date;
}

/**
 * Waits for a turn to ask CloudFormation for an operation of the stack set. An account whose instances are current, as
 * far as the ledger knows, needs none, unless DeployStackInstances has found that something is to be changed.
 */
export const awaitStackSetTurn = (ports: AwaitStackSetTurnPorts): Step =>
  awaitTurn(ports, (context) => {
    const planned = plannedStackSet(context, ports.stackSet);
    const lane = stackSetLane(planned);
    return isCurrent(context.tenant, planned) && !context.tenant.turnsNeeded.includes(lane.name)
      ? { notNeeded: `The ledger knows the instances of ${planned.name} as current.` }
      : {
          lane,
          isOver: areOperationsOver(ports.stackSets, planned),
          wanted: wantedInstances(context, planned, ports.rolesCountFrom(context.now)),
        };
  });

const isCurrent = ({ stackInstances }: TenantRecord, planned: PlannedStackSet): boolean =>
  planned.regions.every((region) =>
    stackInstances.some((one) => isInstanceOf(one, planned) && one.region === region && one.phase === 'current'),
  );
