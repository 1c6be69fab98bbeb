import type { VendingDetail } from '../../functions/api/responses';
import type { ScreenContext } from '../command-context';
import { isUnderWay, progressOf } from './progress';
import { vendingText } from './vending-text';

const PAUSE_SECONDS = 5;

/**
 * Polls until nothing is under way and nothing waits. A terminal shows the picture as it changes; elsewhere each change
 * is a line.
 *
 * @returns the last answer, which the caller prints
 */
export async function watchVending(look: () => Promise<VendingDetail>, context: ScreenContext): Promise<VendingDetail> {
  const show = context.screen.isTerminal ? picturesOn(context) : linesOn(context);
  for (;;) {
    const detail = await look();
    const goesOn = isUnderWay(detail) || detail.waitingSequence !== null;
    show(goesOn ? detail : null);
    if (!goesOn) return detail;
    await context.pause(PAUSE_SECONDS);
  }
}

/** Null: removes the last picture, since the result replaces it. */
type Show = (detail: VendingDetail | null) => void;

function picturesOn({ notify, screen, now }: ScreenContext): Show {
  let height = 0;
  return (detail) => {
    // What has left the screen at its top cannot be drawn over.
    const lines = detail === null ? [] : vendingText(detail, screen, now()).slice(1 - screen.rows);
    const back = height === 0 ? '' : `\u001B[${height}A\u001B[0J`;
    notify(`${back}${lines.map((line) => `${line}\n`).join('')}`);
    height = lines.length;
  };
}

function linesOn({ notify, now }: ScreenContext): Show {
  let shown = '';
  return (detail) => {
    const line = detail === null ? shown : lineOf(detail);
    if (line !== shown) notify(`${now().toISOString()}  ${line}\n`);
    shown = line;
  };
}

function lineOf(detail: VendingDetail): string {
  const at = progressOf(detail).find(({ mark }) => mark === 'now' || mark === 'waits');
  const remark = at?.entry?.remark ?? null;
  const position = detail.lane === null ? null : `position ${detail.lane.position} in the lane ${detail.lane.name}`;
  return [detail.status, at?.state, remark, position].filter((part) => part != null).join('  ');
}
