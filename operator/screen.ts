import { styleText } from 'node:util';

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
 * A text in lines of no more than `columns` characters, cut between words where that is possible; the lines after the
 * first are indented by `hanging`.
 */
export function folded(text: string, columns: number, hanging: number): readonly string[] {
  const indent = ' '.repeat(hanging);
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    let rest = lines.length === 0 ? line : `${indent}${line}`;
    while (rest.length > columns) {
      const space = rest.lastIndexOf(' ', columns);
      const end = rest.slice(0, space).trim() === '' || space <= hanging ? columns : space;
      lines.push(rest.slice(0, end).trimEnd());
      rest = `${indent}${rest.slice(end).trimStart()}`;
    }
    lines.push(rest);
  }
  return lines;
}
