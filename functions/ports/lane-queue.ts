import type { Lane } from '../domain/queue/lanes';
import type { WantedInstances } from '../domain/queue/lane-records';
import type { TenantRecord } from '../domain/records/ledger-records';
import type { TenantRepository } from './repositories';

/** How a state that waits for a turn asks for it. */
export interface LaneQueue {
  /** The state needs no turn: it goes on at once. */
  pass(): Promise<void>;

  /**
   * Stands in the lane, and goes on as soon as it is its turn: now or later. A second call of the same run keeps its
   * place.
   *
   * @param isOver whether the operation of a tenant that has held a slot for long is over; its slot is taken back then
   * @param wanted what the operation of another run may do along; null: it has to be an operation of its own
   * @returns whether the state goes on now
   */
  join(
    lane: Lane,
    isOver: (holder: TenantRecord) => Promise<boolean>,
    wanted: WantedInstances | null,
  ): Promise<boolean>;
}

/** Another run that waits in a lane. */
export interface Companion {
  readonly tenant: TenantRecord;
  readonly wanted: WantedInstances;
}

/** Those whom one operation of AWS can serve together with the run that asks for it. */
export interface Companions {
  /** The first of those who wait in the lane, as far as they can be served along. Writes nothing. */
  waitingIn(lane: Lane, most: number): Promise<readonly Companion[]>;

  /** What is written about one of them. */
  repositoryOf(tenantUuid: string): Pick<TenantRepository, 'update'>;

  /** They go on without a slot, since AWS is at work for them. Those who wait no longer are passed over. */
  letIn(lane: Lane, tenantUuids: readonly string[]): Promise<void>;
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
