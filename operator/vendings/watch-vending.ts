import type { VendingDetail } from '../../functions/api/responses';
import type { DrawnSurroundings } from '../command-surroundings';
import { isUnderWay, progressOf } from './progress';
import { storyOf } from './vending-story';

const PAUSE_SECONDS = 5;

/**
 * Looks until nothing is under way and nothing waits. A terminal shows the picture as it changes; elsewhere each change is a line.
 *
 * @returns how it stood then, which is for the caller to say
 */
export async function watchVending(
  look: () => Promise<VendingDetail>,
  surroundings: DrawnSurroundings,
): Promise<VendingDetail> {
  const show = surroundings.screen.isTerminal ? picturesOn(surroundings) : linesOn(surroundings);
  for (;;) {
    const detail = await look();
    const goesOn = isUnderWay(detail) || detail.waitingSequence !== null;
    show(goesOn ? detail : null);
    if (!goesOn) return detail;
    await surroundings.pause(PAUSE_SECONDS);
  }
}

/** Null: the last picture goes, since the result takes its place. */
type Show = (detail: VendingDetail | null) => void;

function picturesOn({ tell, screen, now }: DrawnSurroundings): Show {
  let height = 0;
  return (detail) => {
    // What has left the screen at its top cannot be drawn over.
    const lines = detail === null ? [] : storyOf(detail, screen, now()).slice(1 - screen.rows);
    const back = height === 0 ? '' : `\u001B[${height}A\u001B[0J`;
    tell(`${back}${lines.map((line) => `${line}\n`).join('')}`);
    height = lines.length;
  };
}

function linesOn({ tell, now }: DrawnSurroundings): Show {
  let shown = '';
  return (detail) => {
    const line = detail === null ? shown : lineOf(detail);
    if (line !== shown) tell(`${now().toISOString()}  ${line}\n`);
    shown = line;
  };
}

function lineOf(detail: VendingDetail): string {
  const at = progressOf(detail).find(({ mark }) => mark === 'now' || mark === 'waits');
  const remark = at?.entry?.remark ?? null;
  const position = detail.lane === null ? null : `position ${detail.lane.position} in the lane ${detail.lane.name}`;
  return [detail.status, at?.state, remark, position].filter((part) => part != null).join('  ');
}
