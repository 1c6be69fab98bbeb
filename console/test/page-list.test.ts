import { readFileSync } from 'node:fs';
import path from 'node:path';

import { PAGES } from '../browser/page-list';

const sourceOf = (file: string): string => readFileSync(path.join(import.meta.dirname, '../src', file), 'utf8');

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, one]) => one ?? '');

const hashes = PAGES.map(({ hash }) => new URL(hash, 'http://console'));

describe('the list of pages that a browser looks at', () => {
  const routes = matches(sourceOf('app.tsx'), /<Route path="(\/[^"]*)"/gu);
  const tabs = matches(sourceOf('components/run-tabs.tsx'), /^ {4}\['(\w+)', '/gmu).slice(1);

  it('is found in the source', () => {
    expect(routes.length).toBeGreaterThan(10);
    expect(tabs.length).toBeGreaterThan(4);
  });

  it.each(routes)('has %s', (route) => {
    const pattern = new RegExp(`^${route.replaceAll(/:\w+/gu, '[^/]+')}$`, 'u');
    expect(hashes.filter(({ pathname }) => pattern.test(pathname))).not.toEqual([]);
  });

  it.each(tabs)('has the tab %s of a vending', (tab) => {
    expect(hashes.filter(({ searchParams }) => searchParams.get('tab') === tab)).toHaveLength(1);
  });
});
