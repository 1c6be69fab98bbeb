/**
 * A Markdown text with another block between two marks: a table or a picture that a command has made.
 *
 * @throws Error when the marks are not there
 */
export function withBlock(markdown: string, [first, last]: readonly [string, string], block: string): string {
  const begin = markdown.indexOf(first);
  const end = markdown.indexOf(last, begin);
  if (begin < 0 || end < 0)
    throw new Error(`The text has no place for the block. Put "${first}" and "${last}" into it.`);
  return `${markdown.slice(0, begin + first.length)}\n\n${block}\n\n${markdown.slice(end)}`;
}
