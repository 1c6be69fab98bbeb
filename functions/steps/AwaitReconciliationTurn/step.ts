import { RECONCILIATION } from '../../domain/lanes';
import { turnReport } from '../../domain/turn-report';
import type { Step } from '../../domain/vending';
import type { LaneQueue } from '../../ports/lane-queue';

export interface AwaitReconciliationTurnPorts {
  readonly queue: LaneQueue;
}

/**
 * Runs over accounts that are known pass one lane, so that hundreds of updates at once throttle nobody. The slot belongs to the run and is given back
 * at its end.
 *
 * A second run of this state keeps its place, or finds the turn that it has.
 */
export function awaitReconciliationTurn({ queue }: AwaitReconciliationTurnPorts): Step {
  return async () => turnReport(await queue.join(RECONCILIATION, () => Promise.resolve(false)), RECONCILIATION.name);
}
