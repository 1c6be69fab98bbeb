import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { createMarkdownRenderer } from 'vitepress';

import { slugOf } from '../../site/links.mjs';

const DOCS = path.join(import.meta.dirname, '../../docs');
const FOLDER = path.join(import.meta.dirname, '../dist/docs');
const STYLE = 'document.css';

/** The pages of this release beside the console, for its links: each as `docs/NAME.html`. */
async function writeDocuments(): Promise<void> {
  const names = readdirSync(DOCS).flatMap((file) => (file.endsWith('.md') ? [path.basename(file, '.md')] : []));
  const pageOf = await renderer(names);
  mkdirSync(FOLDER, { recursive: true });
  cpSync(path.join(import.meta.dirname, STYLE), path.join(FOLDER, STYLE));
  for (const name of names) {
    writeFileSync(path.join(FOLDER, `${name}.html`), pageOf(name, readFileSync(path.join(DOCS, `${name}.md`), 'utf8')));
  }
}

/** Markdown as the site of the documentation renders it, with its anchors, as a page without scripts. */
async function renderer(names: readonly string[]): Promise<(name: string, markdown: string) => string> {
  const markdown = await createMarkdownRenderer(DOCS, {
    attrs: { disable: true },
    anchor: { slugify: slugOf },
    config: ({ renderer: { rules }, utils }) => {
      rules.fence = (tokens, index) =>
        `<pre tabindex="0"><code>${utils.escapeHtml(tokens[index]?.content ?? '')}</code></pre>\n`;
    },
  });
  const isPage = (href: string): boolean =>
    names.some((name) => new RegExp(`^(?:\\./)?${name}\\.html(?:#|$)`, 'u').test(href));
  return (name, text) => {
    const body = markdown
      .render(text, { relativePath: `${name}.md`, path: path.join(DOCS, `${name}.md`), cleanUrls: false })
      .replaceAll(/ ?<a class="header-anchor".*?<\/a>/gsu, '')
      // What is no page of these leads nowhere here: its words stay.
      .replaceAll(/<a href="(?<href>[^"]*)"[^>]*>(?<words>.*?)<\/a>/gsu, (link, href: string, words: string) =>
        /^(?:https?:|#)/u.test(href) || isPage(href) ? link : words,
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

await writeDocuments();
