import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { scripts } from '../../package.json';
import { pageOf, pages } from './pages';

/** The links of a page that lead to files of this project, from its root. */
const linksOf = (page: string): readonly (readonly [file: string, anchor: string | undefined])[] =>
  [...withoutBlocks(page).matchAll(/\]\(([^)\s]+)\)/gu)]
    .map(({ 1: link = '' }) => link)
    .filter((link) => !/^(?:https?|mailto):/u.test(link))
    .map((link) => {
      const [file = '', anchor] = link.split('#');
      return [file === '' ? page : path.join(path.dirname(page), file), anchor] as const;
    });

const withoutBlocks = (page: string): string => pageOf(page).replaceAll(/^```.*?^```$/gmsu, '');

/** As GitHub makes them: small letters, hyphens for spaces, no other signs. */
const anchorsOf = (page: string): readonly string[] =>
  [...withoutBlocks(page).matchAll(/^#+ (.+)$/gmu)].map(({ 1: heading = '' }) =>
    heading
      .replaceAll(/&\w+;/gu, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the links of the documentation', () => {
  it.each(pages)('lead to files that are there: %s', (page) => {
    expect(linksOf(page).filter(([file]) => !existsSync(file))).toEqual([]);
  });

  it.each(pages)('lead to headings that are there: %s', (page) => {
    const toHeadings = linksOf(page).filter(([file, anchor]) => anchor !== undefined && statSync(file).isFile());

    expect(toHeadings.filter(([file, anchor]) => !anchorsOf(file).includes(anchor ?? ''))).toEqual([]);
  });

  it('are found at all', () => {
    expect(linksOf('README.md').length).toBeGreaterThan(10);
  });
});

describe('the pages that code names', () => {
  const FOLDERS = '{command,console/src,functions,infra,operator,packages/*/src,sandbox}';
  const files = globSync(`${FOLDERS}/**/*.{ts,tsx}`).filter((file) => !file.includes('node_modules'));
  const named = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/gu)].map(([page]) => ({ file, page })),
  );

  it('are there, with the heading that they name', () => {
    const isThere = (link: string): boolean => {
      const [page = '', anchor] = link.split('#');
      return existsSync(page) && (anchor === undefined || anchorsOf(page).includes(anchor));
    };

    expect(named.length).toBeGreaterThan(30);
    expect(named.filter(({ page }) => !isThere(page))).toEqual([]);
  });
});

describe('the commands of the documentation', () => {
  it.each(pages)('are scripts of package.json: %s', (page) => {
    const named = [...pageOf(page).matchAll(/npm (?:run (?:--silent )?)([\w:-]+)/gu)].map(({ 1: name = '' }) => name);

    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
