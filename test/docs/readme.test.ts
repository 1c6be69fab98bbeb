import { readFileSync } from 'node:fs';
import path from 'node:path';

import { scripts } from '../../package.json';
import { projectRoot } from '../../sandbox/environment';
import { blocksOf, codeIn, pageOf, rowsOf } from './pages';

const README = 'README.md';
const RUN_BY_NPM_CI = 'postinstall';

describe('the README', () => {
  it('begins with the two commands that show the most, before anything else', () => {
    const [first] = blocksOf(README);
    const before = pageOf(README).split('```')[0] ?? '';

    expect(first?.text.match(/npm ci && npm [\w ]*\w/gu)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
    expect(before.split('\n').length).toBeLessThan(12);
  });

  it('says on its first screen that nothing has run on real AWS', () => {
    expect(pageOf(README).split('\n').slice(0, 20).join('\n')).toContain('Nothing here has run on real AWS yet');
  });
});

describe('what has to be green before a change lands', () => {
  const read = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');

  it('is what the README and docs/commands.md name', () => {
    const commands = read('.ci/run')
      .split('\n')
      .map((line) => line.trim().replace(/ -- .*/u, ''))
      .filter((line) => line.startsWith('npm '));

    expect(commands).toEqual(['npm ci', 'npm test', 'npm run test:deep']);
  });

  it('is run by GitHub, too', () => {
    expect(read('.github/workflows/ci.yml')).toMatch(/^ +- run: \.ci\/run$/mu);
  });
});

describe('docs/commands.md', () => {
  it('lists every command, and no other', () => {
    const listed = rowsOf('docs/commands.md', 'command').flatMap((cells) =>
      cells.flatMap(codeIn).flatMap((code) => /^npm (?:run )?([\w:-]+)$/u.exec(code)?.[1] ?? []),
    );

    const named = Object.keys(scripts).filter((name) => name !== RUN_BY_NPM_CI);
    expect(new Set(listed)).toEqual(new Set(named));
  });
});
