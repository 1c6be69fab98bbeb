import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** As GitHub makes anchors, because the pages are read there, too. */
export const slugOf = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/&[a-z]+;/gu, '')
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** Folders that stand for a page. */
const FOLDERS = { 'docs/adr': 'docs/adr/0001-record-decisions.md' };

const isPage = (file) => /^(?:docs\/.*|[^/]*)\.md$/u.test(file) && existsSync(file);

/** Files that the site serves beside its pages. */
const isServed = (file) => /^docs\/(?:\w+\.json|(?:schema|policies)\/.*\.\w+)$/u.test(file);

/**
 * Links to files of the repository that are no pages lead to the repository, or, where its address is not known, to
 * nowhere: the text stays.
 */
export function linksPlugin(markdown, repository) {
  markdown.core.ruler.push('links-of-repository', ({ tokens, env }) => {
    const from = path.dirname(env.relativePath ?? '');
    // The home page and generated pages have moved; their links begin at the root of the repository.
    const base = env.relativePath === 'index.md' || from === 'reference' ? '' : from;
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        if (token.type !== 'link_open') continue;
        const href = token.attrGet('href') ?? '';
        if (/^(?:[a-z]+:|#|\/)/u.test(href)) continue;
        token.attrSet('href', hrefOf(href, base, repository));
      }
    }
  });
}

function hrefOf(href, base, repository) {
  const [link, anchor] = href.split('#');
  const file = path.join(base, link).replace(/\/$/u, '');
  const page = FOLDERS[file] ?? file;
  const behind = anchor === undefined ? '' : `#${anchor}`;
  if (page === 'README.md') return `/index.md${behind}`;
  if (isPage(page) || isServed(page)) return `/${page}${behind}`;
  if (!existsSync(file)) return href;
  const kind = statSync(file).isDirectory() ? 'tree' : 'blob';
  return repository === undefined ? '#' : `${repository}/${kind}/main/${file}${behind}`;
}
