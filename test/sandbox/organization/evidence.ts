import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One belief about AWS, as it stands beside the code that models it. */
export interface EvidenceLine {
  readonly place: string;
  readonly text: string;
}

const MARK = '@evidence';

/** Where beliefs about AWS stand: the model, and the code that acts upon them. */
export const evidenceLines = (folders: readonly string[]): readonly EvidenceLine[] =>
  folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
    )
    .filter((file) => file.endsWith('.ts'))
    .flatMap(linesOf);

const linesOf = (file: string): readonly EvidenceLine[] => evidenceIn(file, readFileSync(file, 'utf8').split('\n'));

/** A long belief goes on in the lines below it, each indented by two more. */
export const evidenceIn = (file: string, lines: readonly string[]): readonly EvidenceLine[] =>
  lines.flatMap((line, index) =>
    line.includes(MARK)
      ? [{ place: `${file}:${index + 1}`, text: [partOf(line), ...continuation(lines.slice(index + 1))].join(' ') }]
      : [],
  );

const partOf = (line: string): string =>
  line
    .slice(line.indexOf(MARK))
    .replace(/ \*\/$/u, '')
    .trim();

function continuation(lines: readonly string[]): readonly string[] {
  const texts = lines.map((line) => /^\s*(?:\*|\/\/) {3,}(\S.*)$/u.exec(line)?.[1]);
  const end = texts.indexOf(undefined);
  return texts.slice(0, end < 0 ? texts.length : end).map((text = '') => text.trim());
}

/** `@evidence <class> <source>: <claim>`; the source is one word, or stands in quotes. */
const FORM = /^@evidence (recorded|example|documented|reported|assumed) (?:"[^"]+"|\S+): \S.+$/u;

/**
 * What is wrong with one line, in words; undefined where nothing is. A belief that nobody has a source for says what
 * would decide it.
 */
export function evidenceFault({ text }: Pick<EvidenceLine, 'text'>): string | undefined {
  const [, kind] = FORM.exec(text) ?? [];
  if (kind === undefined) return 'is not "@evidence <class> <source>: <claim>"';
  if (kind === 'assumed' && !/\(decided by: .+\)$/u.test(text))
    return 'is assumed and does not say "(decided by: ...)"';
  return undefined;
}
