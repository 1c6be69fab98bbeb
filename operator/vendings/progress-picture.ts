import { folded, painted, type Screen } from '../screen';
import { durationText } from '../duration-text';
import type { Mark, ProgressRow } from './progress';

type Style = readonly [sign: string, plain: string, colour: Parameters<typeof painted>[1], words: string];

/** Signs differ in shape, not in colour alone; without a terminal they are ASCII. */
const STYLES: Readonly<Record<Mark, Style>> = {
  done: ['✔', '[x]', 'green', 'done'],
  now: ['▶', '[>]', 'cyan', 'at work'],
  waits: ['◷', '[~]', 'yellow', 'waits for its turn'],
  failed: ['✘', '[!]', 'red', 'failed'],
  ended: ['■', '[#]', 'yellow', 'begun, then ended'],
  skipped: ['–', '[-]', 'dim', 'not in this run'],
  ahead: ['○', '[ ]', 'dim', 'may come'],
};

const INDENT = '  ';

/**
 * How far a run has come, state by state from the top: where it has been and how long that took, where it stands, what
 * may still come. States that it has not entered stand together.
 *
 * @param until where what has not finished ends: now, or when the run has ended
 */
export function progressPicture(rows: readonly ProgressRow[], screen: Screen, until: Date): readonly string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.filter(hasOwnLine).map(({ state }) => state.length));
  const blocks = blocksOf(rows).flatMap((block) => linesOf(block, { screen, width, until }));
  return [...blocks, ...legendOf(rows, screen)];
}

interface Drawing {
  readonly screen: Screen;
  /** The width of the names of states. */
  readonly width: number;
  readonly until: Date;
}

type Block = readonly [ProgressRow, ...ProgressRow[]];

const hasOwnLine = ({ mark }: ProgressRow): boolean => mark !== 'skipped' && mark !== 'ahead';

function blocksOf(rows: readonly ProgressRow[]): readonly Block[] {
  const blocks: [ProgressRow, ...ProgressRow[]][] = [];
  for (const row of rows) {
    const last = blocks.at(-1);
    if (last === undefined || hasOwnLine(row) || last[0].mark !== row.mark) blocks.push([row]);
    else last.push(row);
  }
  return blocks;
}

function linesOf(block: Block, drawing: Drawing): readonly string[] {
  const [row] = block;
  const { screen, width, until } = drawing;
  const words = hasOwnLine(row)
    ? `${row.state.padEnd(width)}  ${wordsOf(row, until)}`.trimEnd()
    : block.map(({ state }) => state).join(', ');
  const [first = '', ...others] = folded(
    `${INDENT}${signOf(row.mark, screen)} ${words}`,
    screen.columns,
    hanging(screen),
  );
  const [, , colour] = STYLES[row.mark];
  return [first, ...others].map((line) => painted(screen, colour, line));
}

const signOf = (mark: Mark, { isTerminal }: Screen): string => STYLES[mark][isTerminal ? 0 : 1];

const hanging = (screen: Screen): number => INDENT.length + signOf('done', screen).length + 1;

function wordsOf({ mark, comment, entry }: ProgressRow, until: Date): string {
  if (entry === null) return comment ?? '';
  const { attempts, changes, remark } = entry;
  const facts = [
    timeOf(entry, mark, until),
    ...(attempts > 1 ? [`${attempts} tries`] : []),
    ...(changes.length > 0 ? [`${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`] : []),
  ].join(', ');
  const text = remark ?? (mark === 'done' ? null : comment);
  return text === null ? facts : `${facts}: ${text}`;
}

function timeOf({ startedAt, finishedAt }: NonNullable<ProgressRow['entry']>, mark: Mark, until: Date): string {
  const end = finishedAt === null ? until.getTime() : Date.parse(finishedAt);
  const span = durationText(Math.max(0, end - Date.parse(startedAt)) / 1000);
  return mark === 'now' || mark === 'waits' ? `for ${span}` : span;
}

function legendOf(rows: readonly ProgressRow[], screen: Screen): readonly string[] {
  const shown = new Set(rows.map(({ mark }) => mark));
  const signs = Object.entries(STYLES).flatMap(([mark, [, , , words]]) =>
    [...shown].filter((one) => one === mark).map((one) => `${signOf(one, screen)} ${words}`),
  );
  return folded(`${INDENT}(${signs.join('  ')})`, screen.columns, INDENT.length + 1).map((line) =>
    painted(screen, 'dim', line),
  );
}
