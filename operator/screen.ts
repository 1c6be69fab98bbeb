import { styleText } from 'node:util';

import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** The output of a command for people. */
export interface Screen {
  /** Whether a person watches: the output can be redrawn then, and may use characters beyond ASCII. */
  readonly isTerminal: boolean;
  /** Characters in a line. */
  readonly columns: number;
  readonly rows: number;
  readonly hasColours: boolean;
}

type Colour = Parameters<typeof styleText>[0];

/** The width of anything but a terminal: long enough for sentences, short enough for a log. */
const USUAL_COLUMNS = 100;
const USUAL_ROWS = 24;

/**
 * A stream that may be a terminal, a pipe or a file. Colours follow `NO_COLOR` and `FORCE_COLOR`, as Node reads them.
 */
export function screenOf({
  isTTY,
  columns,
  rows,
  hasColors,
}: Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors'>>): Screen {
  const isTerminal = isTTY === true;
  return {
    isTerminal,
    columns: columns ?? USUAL_COLUMNS,
    rows: rows ?? USUAL_ROWS,
    hasColours: isTerminal && hasColors?.() === true,
  };
}

/** What is said by a colour has to be said without it, too. */
export const painted = ({ hasColours }: Pick<Screen, 'hasColours'>, colour: Colour, text: string): string =>
  hasColours ? styleText(colour, text, { validateStream: false }) : text;

/**
 * A text in lines that are drawn no wider than `columns`, cut between words where that is possible; the lines after the
 * first are indented by `hanging`.
 */
export function folded(text: string, columns: number, hanging: number): readonly string[] {
  const indent = ' '.repeat(hanging);
  return text.split('\n').flatMap((line, index) => {
    const whole = index === 0 ? line : `${indent}${line}`;
    const [first = ''] = wrapped(whole, columns);
    const rest = whole.slice(first.length).trim();
    if (rest === '') return [first.trimEnd()];
    return [first.trimEnd(), ...wrapped(rest, columns - hanging).map((more) => `${indent}${more.trim()}`)];
  });
}

/** The first line is the beginning of the text, character by character. */
const wrapped = (text: string, columns: number): readonly string[] =>
  wrapAnsi(text, columns, { hard: true, trim: false }).split('\n');

/** As wide as `columns` when it is drawn: a character may take two. */
export const padded = (text: string, columns: number): string =>
  `${text}${' '.repeat(Math.max(0, columns - stringWidth(text)))}`;

/** The width of a column: of its widest cell. */
export const widthOf = (cells: readonly string[]): number => Math.max(0, ...cells.map((cell) => stringWidth(cell)));

/** Rows in columns, each as wide as what stands in it. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => widthOf(rows.map((row) => row[column] ?? '')));
  const lineOf = (row: readonly string[]): string => row.map((cell, at) => padded(cell, widths[at] ?? 0)).join('  ');
  return rows.map((row) => `${lineOf(row).trimEnd()}\n`).join('');
}
