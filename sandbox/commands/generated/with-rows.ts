/**
 * A Markdown text with other rows in the table that has this heading.
 *
 * @throws Error when there is no such table
 */
export function withRows(markdown: string, heading: string, rows: readonly string[]): string {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (start < 0) throw new Error(`The page has no table with the heading "${heading}". Put its first two lines back.`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return [...lines.slice(0, start + 2), ...rows, ...lines.slice(end)].join('\n');
}
