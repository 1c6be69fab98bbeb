import type { Lane } from '../domain/queue/lanes';
import type { TenantRecord } from '../domain/records/ledger-records';

/** How a state that waits for a turn asks for it. */
export interface LaneQueue {
  /** The state needs no turn: it goes on at once. */
  pass(): Promise<void>;

  /**
   * Stands in the lane, and goes on as soon as it is its turn: now or later. A second call of the same run keeps its
   * place.
   *
   * @param isOver whether the operation of a tenant that has held a slot for long is over; its slot is taken back then
   * @returns whether the state goes on now
   */
  join(lane: Lane, isOver: (holder: TenantRecord) => Promise<boolean>): Promise<boolean>;
}

/** How steps give back what their tenant has in a lane. */
export interface LaneTurns {
  /**
   * The operation is over, or is not going to be asked for. The next run gets in. A second call frees nothing more.
   */
  free(lane: Lane): Promise<void>;

  /** Whether somebody waits for a slot of this lane right now. Writes nothing. */
  isAwaited(lane: Lane): Promise<boolean>;

  /** AWS takes any number of operations at once in this lane, or does not. Written down if it is news. */
  setLimit(lane: Lane, unlimited: boolean): Promise<void>;
}
