import { withBlock } from '../../marked-block';

const MARKS = ['<!-- drawn by sandbox/commands/draw-workflow.ts: begin -->', '<!-- drawn: end -->'] as const;

/**
 * A Markdown text with another picture between its two marks.
 *
 * @throws Error when the marks are not there
 */
export const withPicture = (markdown: string, mermaid: string): string =>
  withBlock(markdown, MARKS, `\`\`\`mermaid\n${mermaid}\n\`\`\``);
