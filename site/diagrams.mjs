import { renderMermaidSVG } from 'beautiful-mermaid';

/** One style for all pictures, in the theme: it follows its colors, and asks no other host for a font. */
const STYLE = /<style>.*?<\/style>/su;

/**
 * Draws the diagrams of the pages when the site is built. The text stays in the page for GitHub, which draws it, too.
 */
export function diagramsPlugin({ renderer }) {
  const fence = renderer.rules.fence;
  renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info.trim() === 'mermaid' ? pictureOf(tokens, index) : fence(tokens, index, ...rest);
}

function pictureOf(tokens, index) {
  const heading = tokens.slice(0, index).findLast(({ type }) => type === 'heading_open');
  const title = heading === undefined ? 'the page' : tokens[tokens.indexOf(heading) + 1].content;
  const label = `Diagram: ${title.replaceAll(/["<>&`]/gu, '')}`;
  const svg = renderMermaidSVG(tokens[index].content, { bg: 'var(--vp-c-bg)', fg: 'var(--vp-c-text-1)' })
    .replace(STYLE, '')
    .replace('<svg ', `<svg role="img" aria-label="${label}" `);
  // Large ones scroll, by keyboard, too; others fit the page.
  const [, width = ''] = / width="([\d.]+)"/u.exec(svg) ?? [];
  const kind = Number(width) < 1400 ? 'diagram fits' : 'diagram';
  return `<div class="${kind}" role="region" aria-label="${label}, scrollable" tabindex="0" v-pre>${svg}</div>\n`;
}
