import { readFileSync } from 'node:fs';
import path from 'node:path';

import { pages } from './pages';

const sidebar = readFileSync('site/sidebar.mjs', 'utf8');
const pagesOfDocs = pages.filter((page) => path.dirname(page) === 'docs').map((page) => path.basename(page, '.md'));

describe('the site of the documentation', () => {
  it.each(pagesOfDocs)('has a place for %s, and one alone', (name) => {
    expect(sidebar.split(`'${name}'`)).toHaveLength(2);
  });
});
