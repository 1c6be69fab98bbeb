import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import MarkdownIt, { type Token } from 'markdown-it';

import { slugOf } from '../../site/links.mjs';

const DOCS = path.join(import.meta.dirname, '../../docs');
const FOLDER = path.join(import.meta.dirname, '../dist/docs');
const STYLE = 'document.css';

/** The pages of this release beside the console, for its links: each as `docs/NAME.html`. */
function writeDocuments(): void {
  const names = readdirSync(DOCS).flatMap((file) => (file.endsWith('.md') ? [path.basename(file, '.md')] : []));
  const pageOf = renderer(names);
  mkdirSync(FOLDER, { recursive: true });
  cpSync(path.join(import.meta.dirname, STYLE), path.join(FOLDER, STYLE));
  for (const name of names) {
    writeFileSync(path.join(FOLDER, `${name}.html`), pageOf(name, readFileSync(path.join(DOCS, `${name}.md`), 'utf8')));
  }
}

/** Markdown with the anchors of GitHub and of the site, as a page without scripts. */
function renderer(names: readonly string[]): (name: string, markdown: string) => string {
  const markdown = new MarkdownIt({ html: true, linkify: true });
  markdown.linkify.set({ fuzzyLink: false });
  const { rules } = markdown.renderer;
  rules['fence'] = (tokens, index) =>
    `<pre tabindex="0"><code>${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}</code></pre>\n`;
  rules['table_open'] = () => '<table tabindex="0">\n';
  return (name, text) => {
    const tokens = markdown.parse(text, {});
    addAnchors(tokens);
    const body = markdown.renderer
      .render(tokens, markdown.options, {})
      .replaceAll(/<a href="(?<href>[^"]*)"[^>]*>(?<words>.*?)<\/a>/gsu, (_link, href: string, words: string) =>
        linked(words, href, names),
      )
      .replaceAll(/<img [^>]*alt="(?<alt>[^"]*)"[^>]*>/gu, '<em>$<alt></em>');
    const title = /^# (?<title>.*)$/mu.exec(text)?.groups?.['title'] ?? name;
    return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="stylesheet" href="./${STYLE}" />
    <title>${title.replaceAll('`', '')} - Account vending</title>
  </head>
  <body>
    <main>
${body}
    </main>
  </body>
</html>
`;
  };
}

/** A second heading of the same words has a number behind its anchor. */
function addAnchors(tokens: readonly Token[]): void {
  const uses = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const slug = slugOf((tokens[index + 1]?.children ?? []).map(({ content }) => content).join(''));
    const used = uses.get(slug) ?? 0;
    uses.set(slug, used + 1);
    token.attrSet('id', used === 0 ? slug : `${slug}-${used}`);
    token.attrSet('tabindex', '-1');
  }
}

/** What is no page of these leads nowhere here: its words stay. */
function linked(words: string, href: string, names: readonly string[]): string {
  if (href.startsWith('#')) return `<a href="${href}">${words}</a>`;
  if (/^https?:/u.test(href)) return `<a href="${href}" target="_blank" rel="noreferrer">${words}</a>`;
  const page = names.find((name) => href.split('#')[0] === `${name}.md`);
  return page === undefined ? words : `<a href="./${href.replace('.md', '.html')}">${words}</a>`;
}

writeDocuments();
