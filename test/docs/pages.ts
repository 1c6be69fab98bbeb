import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';

/** A page of the documentation, from the project's root. */
export const pageOf = (page: string): string => readFileSync(path.join(projectRoot, page), 'utf8');

/** All pages of the documentation, from the project's root. */
export const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: projectRoot }).toSorted();

/** A fenced block: three backticks, what stands behind them, the lines up to the next three. */
export interface Block {
  /** `sh`, `json`, `sh norun`, … */
  readonly info: string;
  readonly text: string;
  /** The line before the block that is not empty. */
  readonly before: string;
}

export function blocksOf(page: string): readonly Block[] {
  const text = pageOf(page);
  return [...text.matchAll(/^```([^\n`]*)\n(.*?)^```$/gmsu)].map(({ 1: info = '', 2: block = '', index }) => ({
    info: info.trim(),
    text: block,
    before: text.slice(0, index).trimEnd().split('\n').at(-1) ?? '',
  }));
}

/** The rows of the tables whose first head is `head`, cell by cell. */
export function rowsOf(page: string, head: string): readonly (readonly string[])[] {
  const lines = pageOf(page).split('\n');
  return lines.flatMap((line, index) => (line.startsWith(`| ${head} |`) ? rowsAfter(lines, index + 2) : []));
}

function rowsAfter(lines: readonly string[], start: number): readonly (readonly string[])[] {
  const end = lines.findIndex((line, index) => index >= start && !line.startsWith('|'));
  return lines.slice(start, end < 0 ? lines.length : end).map((line) =>
    line
      .split(/(?<!\\)\|/u)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands between backticks. */
export const codeIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/gu)].map(({ 1: code = '' }) => code);
