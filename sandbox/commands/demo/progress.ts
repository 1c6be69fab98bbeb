import type { StepRecord } from '../../../functions/domain/records/ledger-records';
import type { OrderStatus, Watch } from './vend';

/** From here on it is worth saying how long a state has taken. */
const LONG_SECONDS = 5;

/** The output for progress. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  /** How many characters a line has, where that is known. */
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Shows how orders go: one line each that is rewritten on a terminal, one new line per change elsewhere. */
export function progressOn(screen: Screen): Watch {
  return screen.isTTY === true ? liveProgress(screen) : plainProgress(screen);
}

function plainProgress(screen: Screen): Watch {
  const shown = new Map<OrderStatus['order'], string>();
  return (statuses, now) => {
    for (const status of statuses) {
      const line = `${nameOf(status)}  ${stepOf(status)}`;
      if (shown.get(status.order) === line) continue;
      shown.set(status.order, line);
      screen.write(`${elapsed(status, now)}  ${line}\n`);
    }
  };
}

function liveProgress(screen: Screen): Watch {
  let lines = 0;
  return (statuses, now) => {
    const shown = statuses.map((status) => `${elapsed(status, now)}  ${nameOf(status)}  ${trailOf(status, now)}`);
    const text = shown.map((line) => `${fitting(line, screen)}\n`).join('');
    // Up over what was written before, and clear to the end of the screen.
    screen.write(`${lines === 0 ? '' : `\u001B[${lines}A\u001B[0J`}${text}`);
    lines = statuses.length;
  };
}

function elapsed({ startedAt, endedAt }: OrderStatus, now: Date): string {
  const seconds = ((endedAt ?? now).getTime() - startedAt.getTime()) / 1000;
  return `${seconds.toFixed(1).padStart(7)} s`;
}

function nameOf({ detail, order }: OrderStatus): string {
  const name = detail === null ? order.source : `${detail.workspaceIdentifier}.${detail.projectIdentifier}`;
  return `${name} (by ${order.trigger})`.padEnd(32);
}

/** The newest state, with the number of polls if it is a loop. */
function stepOf({ detail, status }: OrderStatus): string {
  const step = detail?.timeline.at(-1);
  if (step === undefined || status === 'VENDED' || status === 'FAILED') return status;
  return step.finishedAt === null ? `${step.state}: ${step.remark ?? 'goes on'}` : `${step.state} done`;
}

/** All states so far, the newest by name and with its time when it is a long one, the others as marks. */
function trailOf(status: OrderStatus, now: Date): string {
  const timeline = status.detail?.timeline ?? [];
  const done = timeline.filter(({ finishedAt }) => finishedAt !== null).length;
  return `${'●'.repeat(done)} ${stepOf(status)}${timeOf(timeline.at(-1), status.endedAt ?? now)}`;
}

function timeOf(step: StepRecord | undefined, now: Date): string {
  if (step?.finishedAt !== null) return '';
  const seconds = Math.floor((now.getTime() - Date.parse(step.startedAt)) / 1000);
  return seconds < LONG_SECONDS ? '' : ` (${seconds} s)`;
}

/** A line that wrapped would be two, and going up over it would not find its beginning. */
function fitting(line: string, { columns }: Screen): string {
  return columns === undefined || line.length <= columns ? line : `${line.slice(0, columns - 1)}…`;
}
