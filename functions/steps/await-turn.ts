import type { Lane } from '../domain/queue/lanes';
import type { WantedInstances } from '../domain/queue/lane-records';
import type { TenantRecord } from '../domain/records/ledger-records';
import type { Step, StepContext } from '../domain/run/step-context';
import type { LaneQueue, LaneTurns } from '../ports/lane-queue';
import { outcomesOf } from './outcome';

const { done, goTo } = outcomesOf('AwaitTurn');

/** What one of the states that wait for a turn decides. */
export type TurnDecision =
  /** It needs no turn, and says why. */
  | { readonly notNeeded: string }
  | {
      readonly lane: Lane;
      /** Whether the operation of a tenant that has held a slot for long is over; its slot is taken back then. */
      readonly isOver: (holder: TenantRecord) => Promise<boolean>;
      /** What the operation of another run may do along. */
      readonly wanted?: WantedInstances | null;
    };

export interface AwaitTurnPorts {
  readonly queue: LaneQueue;
  readonly turns?: Pick<LaneTurns, 'free'>;
}

/**
 * Waits for a turn in a lane, or goes on at once where none is needed. A second run keeps its place, or finds the turn
 * that it has.
 *
 * @param slotsLeft the lanes in which the tenant has a slot that it needs no longer; they are freed first
 */
export const awaitTurn =
  (
    { queue, turns }: AwaitTurnPorts,
    decide: (context: StepContext) => TurnDecision,
    slotsLeft: (context: StepContext) => readonly Lane[] = () => [],
  ): Step =>
  async (context) => {
    for (const lane of slotsLeft(context)) await turns?.free(lane);
    const decision = decide(context);
    if ('notNeeded' in decision) {
      await queue.pass();
      return done(decision.notNeeded);
    }
    const { lane, isOver, wanted = null } = decision;
    return (await queue.join(lane, isOver, wanted))
      ? done(`It has its turn (${lane.name}).`)
      : goTo('token', `It waits for its turn (${lane.name}).`);
  };

/** The slot belongs to a run, and ends with it, whatever AWS says. */
export const neverOver = (): Promise<boolean> => Promise.resolve(false);
