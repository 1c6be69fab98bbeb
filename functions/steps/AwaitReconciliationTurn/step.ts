import { RECONCILIATION } from '../../domain/queue/lanes';
import type { Step } from '../../domain/run/step-context';
import type { LaneQueue } from '../../ports/lane-queue';
import { awaitTurn, neverOver } from '../await-turn';

export interface AwaitReconciliationTurnPorts {
  readonly queue: LaneQueue;
}

/**
 * Runs over accounts that are known go through one lane, so that hundreds of updates at once throttle nobody. The slot
 * belongs to the run and is freed at its end.
 */
export const awaitReconciliationTurn = (ports: AwaitReconciliationTurnPorts): Step =>
  awaitTurn(ports, () => ({ lane: RECONCILIATION, isOver: neverOver }));
