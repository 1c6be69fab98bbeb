import type { RolloutRecord, RolloutTold } from './rollout';

/** What is told of a rollout, in the words of the bus. */
export type RolloutEventType =
  | 'Rollout Started'
  | 'Rollout Wave Ended'
  | 'Rollout Paused'
  | 'Rollout Stopped'
  | 'Rollout Ended';

/** How a rollout stands, without its tenants: `GET /rollouts/{id}/tenants` has those. */
export function toldRollout(record: RolloutRecord, by: string | null, now: Date): RolloutTold {
  const { id, kind, status, fromHash, targetHash, wave, changing, unchanged } = record;
  const { done, failed, overtaken, unexpected, reason } = record;
  return {
    rolloutId: id,
    kind,
    status,
    fromHash,
    targetHash,
    wave,
    changing,
    unchanged,
    done,
    failed,
    overtaken,
    unexpected,
    running: runningOf(record),
    reason,
    by,
    at: now.toISOString(),
  };
}

/** The tenants, or the accounts, that something is under way for. */
export const runningOf = ({ running, landingZone }: Pick<RolloutRecord, 'running' | 'landingZone'>): number =>
  running.length + (landingZone?.operation?.accounts ?? 0);

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

/** One operation of Control Tower works on a thousand accounts. */
const STUCK_OPERATION_MILLISECONDS = 12 * 3_600_000;

/** Whether a run or an operation of it has begun or ended, or it has come on in a list. */
export const hasMoved = (before: RolloutRecord, after: RolloutRecord): boolean =>
  before.cursor !== after.cursor ||
  before.running.join() !== after.running.join() ||
  before.landingZone?.operation?.id !== after.landingZone?.operation?.id ||
  (after.landingZone !== undefined && before.after !== after.after);

/** Since when none of its runs has ended, and no other has begun. */
export const movedAtOf = (before: RolloutRecord, after: RolloutRecord, now: Date): string => {
  const isKnown = before.movedAt !== undefined && before.status === after.status;
  return isKnown && !hasMoved(before, after) && before.wave === after.wave ? before.movedAt : now.toISOString();
};

/** Whether runs, or an operation of Control Tower, are under way, and nothing has moved for hours. */
export const isStuck = (record: RolloutRecord, now: Date): boolean =>
  record.status === 'RUNNING' &&
  runningOf(record) > 0 &&
  record.movedAt !== undefined &&
  now.getTime() - Date.parse(record.movedAt) >
    (record.kind === 'landing-zone' ? STUCK_OPERATION_MILLISECONDS : STUCK_MILLISECONDS);
