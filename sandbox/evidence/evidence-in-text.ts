/** One belief about AWS, as it stands beside the code that models it. */
export interface EvidenceLine {
  readonly place: string;
  readonly text: string;
}

/** In a comment alone; elsewhere the word is a word. */
const MARK = '@evidence';
const IN_COMMENT = /^\s*(?:\/\*\*|\*|\/\/) @evidence\b/u;

/** A long belief goes on in the lines below it, each indented by two more. */
export const evidenceIn = (file: string, lines: readonly string[]): readonly EvidenceLine[] =>
  lines.flatMap((line, index) =>
    IN_COMMENT.test(line)
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
