import type { VendingDetail } from '../../functions/api/responses';
import { type WorkflowName, isWaiting } from '../../functions/domain/base/workflow-facts';
import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { type Route, routeOf, tasksAfter, tasksAhead, tasksBefore, tasksOf } from './workflow-route';

type Entry = VendingDetail['timeline'][number];

/** `skipped`: this run does not come there, or did not. `ended`: begun, and left when the run was ended. */
export type Mark = 'done' | 'now' | 'waits' | 'failed' | 'skipped' | 'ahead' | 'ended';

/** One task of the workflow, as this run stands to it. */
export interface ProgressRow {
  readonly mark: Mark;
  readonly state: string;
  /** What it does, in the words of the state machine. */
  readonly comment: string | null;
  /** Null where it has not been entered. */
  readonly entry: Entry | null;
}

const ROUTES: Readonly<Record<WorkflowName, Route>> = {
  'vend-account': routeOf(vendAccount),
  'close-account': routeOf(closeAccount),
};

type Standing = Pick<VendingDetail, 'workflow' | 'status' | 'timeline' | 'lane'> &
  Partial<Pick<VendingDetail, 'stoppedAt'>>;

/**
 * How far a run has come: every task of its workflow in the order of the state machine. None where nothing has begun.
 */
export function progressOf(told: Standing): readonly ProgressRow[] {
  const { workflow } = told;
  if (workflow === null || told.timeline.length === 0) return [];
  const route = ROUTES[workflow];
  const timeline = tasksIn(route, told.timeline);
  const detail = { ...told, timeline };
  const ahead = aheadOf(route, detail);
  const at = placeOf(route, detail);
  // Mostly no run comes there, and only those of a landing zone in shadow mode may.
  const known = tasksOf(route).filter((state) => state !== SHADOW_STATE || timeline.some((one) => one.state === state));
  // A run of an earlier release may have been in states that are not there any more.
  const gone = timeline.map(({ state }) => state).filter((state) => !known.includes(state));
  return [...known, ...gone].map((state) => {
    const entry = timeline.find((one) => one.state === state) ?? null;
    const mark = state === at ? markAt(detail, state) : markOf(detail, entry, ahead.has(state));
    return { mark, state, comment: route.get(state)?.comment ?? null, entry };
  });
}

const SHADOW_STATE = 'CompleteShadow';

/** Whether something still happens by itself. */
export const isUnderWay = ({ status }: Pick<VendingDetail, 'status'>): boolean => UNDER_WAY.has(status);

const UNDER_WAY: ReadonlySet<VendingDetail['status']> = new Set(['ACCEPTED', 'QUEUED', 'RUNNING', 'AWAITING_APPROVAL']);

const OVER: ReadonlySet<VendingDetail['status']> = new Set(['VENDED', 'CLOSED', 'SUPERSEDED', 'REJECTED', 'SHADOWED']);

/** What has ended in a state that no function carries out, such as a wait, has ended in the task before it. */
function tasksIn(route: Route, timeline: Standing['timeline']): Standing['timeline'] {
  return timeline.reduce<Standing['timeline']>((entries, entry) => {
    if (route.get(entry.state)?.isTask !== false) return [...entries, entry];
    const before = new Set(tasksBefore(route, entry.state));
    const task = entries.findLast(({ state }) => before.has(state));
    if (task === undefined) return [...entries, entry];
    return entries.map((one) => (one === task ? { ...one, finishedAt: null, error: entry.error } : one));
  }, []);
}

/** The state that was entered last: one that is not finished, or the newest end. */
function lastOf({ status, timeline }: Pick<Standing, 'status' | 'timeline'>): Entry | undefined {
  const open = timeline.filter(({ finishedAt }) => finishedAt === null);
  const failed = status === 'FAILED' ? open.findLast(({ error }) => error !== null) : undefined;
  if (failed !== undefined) return failed;
  return openOrNewest(open.at(-1), timeline);
}

function openOrNewest(open: Entry | undefined, timeline: Standing['timeline']): Entry | undefined {
  return open ?? timeline.toSorted((one, other) => ((one.finishedAt ?? '') < (other.finishedAt ?? '') ? -1 : 1)).at(-1);
}

function aheadOf(route: Route, { status, timeline }: Standing): ReadonlySet<string> {
  const last = lastOf({ status, timeline });
  return last === undefined || OVER.has(status) ? new Set() : tasksAhead(route, last.state);
}

/**
 * A timeline gets an entry when an attempt of a state has ended: the run is in the state behind the newest entry, if
 * only one can follow.
 */
function placeOf(route: Route, { status, timeline }: Standing): string | undefined {
  const last = lastOf({ status, timeline });
  if (last === undefined || OVER.has(status)) return undefined;
  if (last.finishedAt === null) return last.state;
  const [next, ...others] = tasksAfter(route, last.state);
  return others.length === 0 ? next : undefined;
}

function markAt({ status, lane, stoppedAt = null }: Standing, state: string): Mark {
  if (status === 'FAILED') return 'failed';
  if (stoppedAt !== null) return 'ended';
  return lane !== null || isWaiting(state) ? 'waits' : 'now';
}

function markOf({ status, stoppedAt = null }: Standing, entry: Entry | null, isAhead: boolean): Mark {
  if (entry === null) return isAhead ? 'ahead' : 'skipped';
  if (entry.finishedAt !== null) return 'done';
  return OVER.has(status) || status === 'FAILED' || stoppedAt !== null ? 'ended' : 'now';
}
