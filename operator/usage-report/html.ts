const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that cannot become markup. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

export interface HtmlTable {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first of each is its name; what is no column of words is an amount. */
  readonly rows: readonly (readonly string[])[];
  readonly foot: readonly string[];
  /** Columns of words, the first among them. */
  readonly words: number;
}

/** A table that a screen reader can read cell by cell, and that scrolls where the screen is narrower. */
export function htmlTable({ caption, head, rows, foot, words }: HtmlTable): string {
  const cells = (texts: readonly string[]): string => texts.map((text, i) => cell(text, i, words)).join('');
  const headCells = head.map((text, i) => `<th scope="col"${classOf(i, words)}>${escaped(text)}</th>`);
  return scrolled(
    caption,
    `<table>
<caption>${escaped(caption)}</caption>
<thead><tr>${headCells.join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}</tbody>
<tfoot><tr>${cells(foot)}</tr></tfoot>
</table>`,
  );
}

/** Can be reached and moved with the keyboard, too. */
const scrolled = (label: string, content: string): string =>
  `<div class="scrolled" role="region" tabindex="0" aria-label="${escaped(label)}">${content}</div>`;

const cell = (text: string, column: number, words: number): string =>
  column === 0 ? `<th scope="row">${escaped(text)}</th>` : `<td${classOf(column, words)}>${escaped(text)}</td>`;

const classOf = (column: number, words: number): string => (column < words ? '' : ' class="amount"');
