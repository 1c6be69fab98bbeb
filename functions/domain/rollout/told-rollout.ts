import type { RolloutRecord, RolloutTold } from './rollout';

/** What is told of a rollout, in the words of the bus. */
export type RolloutEventType =
  'Rollout Started' | 'Rollout Wave Ended' | 'Rollout Paused' | 'Rollout Stopped' | 'Rollout Ended';

/** How a rollout stands, without its tenants: `GET /rollouts/{id}/tenants` has those. */
export function toldRollout(record: RolloutRecord, by: string | null, now: Date): RolloutTold {
  const { id, status, fromHash, targetHash, wave, changing, unchanged } = record;
  const { done, failed, overtaken, unexpected, running, reason } = record;
  return {
    ...{ rolloutId: id, status, fromHash, targetHash, wave, changing, unchanged },
    ...{ done, failed, overtaken, unexpected, running: running.length, reason, by, at: now.toISOString() },
  };
}

/** What a part of a rollout has come to that is told, in the order in which it came about. */
export const eventsOfPart = (before: RolloutRecord, after: RolloutRecord): readonly RolloutEventType[] => [
  ...(after.wave > before.wave ? (['Rollout Wave Ended'] as const) : []),
  ...(after.status === before.status ? [] : endsOf(after)),
];

const endsOf = ({ status }: RolloutRecord): readonly RolloutEventType[] => {
  if (status === 'STOPPED') return ['Rollout Stopped'];
  return status === 'ENDED' ? ['Rollout Ended'] : [];
};

/** Longer than anything that a run waits for: enrollments and stack sets take minutes, and come one after the other. */
const STUCK_MILLISECONDS = 3 * 3_600_000;

/** Since when none of its runs has ended, and no other has begun. */
export const movedAtOf = (before: RolloutRecord, after: RolloutRecord, now: Date): string => {
  const hasMoved = before.cursor !== after.cursor || before.running.join() !== after.running.join();
  const isKnown = before.movedAt !== undefined && before.status === after.status;
  return isKnown && !hasMoved && before.wave === after.wave ? before.movedAt : now.toISOString();
};

/** Whether runs are under way, and nothing has moved for hours. */
export const isStuck = ({ status, running, movedAt }: RolloutRecord, now: Date): boolean =>
  status === 'RUNNING' &&
  running.length > 0 &&
  movedAt !== undefined &&
  now.getTime() - Date.parse(movedAt) > STUCK_MILLISECONDS;
