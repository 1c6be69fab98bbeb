import type { VendingDetail } from '../api/client';
import { isUnderWay } from './statuses';
import { between, durationText } from './times';

type Standing = Pick<VendingDetail, 'status' | 'stoppedAt' | 'timeline' | 'lane'>;

/** What a run does or waits for now, and for how long: `DeployStackInstances, 13 s`. Null: nothing is under way. */
export function nowText({ status, stoppedAt, timeline, lane }: Standing, now: Date): string | null {
  if (!isUnderWay(status) || stoppedAt !== null) return null;
  if (lane !== null) return `waiting in the lane ${lane.name}, position ${lane.position}, ${since(lane.since, now)}`;
  const at = timeline.findLast(({ finishedAt }) => finishedAt === null);
  if (at === undefined) return null;
  const { state, remark, startedAt } = at;
  return `${state}${remark === null ? '' : ` (${remark.replace(/\.$/u, '')})`}, ${since(startedAt, now)}`;
}

const since = (instant: string, now: Date): string => durationText(between(instant, now));

/** How long the run of a vended tenant has taken: `44 s`. Null: it is not vended, or nothing was recorded. */
export function tookText({
  status,
  statusChangedAt,
  timeline,
}: Pick<VendingDetail, 'status' | 'statusChangedAt' | 'timeline'>): string | null {
  const [first] = timeline.map(({ startedAt }) => startedAt).toSorted();
  return status !== 'VENDED' || first === undefined ? null : durationText(between(first, statusChangedAt));
}
