const BEGIN = '<!-- drawn by sandbox/commands/draw-workflow.ts: begin -->';
const END = '<!-- drawn: end -->';

/**
 * A Markdown text with another picture between its two marks.
 *
 * @throws Error when the marks are not there
 */
export function withPicture(markdown: string, mermaid: string): string {
  const begin = markdown.indexOf(BEGIN);
  const end = markdown.indexOf(END, begin);
  if (begin < 0 || end < 0)
    throw new Error(`The text has no place for the picture. Put "${BEGIN}" and "${END}" into it.`);
  return `${markdown.slice(0, begin + BEGIN.length)}\n\n\`\`\`mermaid\n${mermaid}\n\`\`\`\n\n${markdown.slice(end)}`;
}
