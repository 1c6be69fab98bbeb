import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { codeIn, pageOf } from './pages';

/** Every test file that `npm test` or `npm run test:deep` runs, from the project's root. */
const { stdout } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--listTests', '--json'], {
  cwd: projectRoot,
  encoding: 'utf8',
  env: { ...process.env, TEST_DEEP: '1' },
});
const run = new Set((JSON.parse(stdout) as readonly string[]).map((file) => path.relative(projectRoot, file)));

/** And what `npm run test:deep` runs besides. */
const isExamination = (file: string): boolean =>
  pageOf('test/deep/parts.ts').includes(`from './${path.basename(file, '.ts')}'`) && path.dirname(file) === 'test/deep';

interface Row {
  readonly text: string;
  readonly proofs: readonly string[];
}

/** The rows of all tables: a column says what proves each, or a line behind the table what proves all of it. */
function provedRows(page: string): readonly Row[] {
  const blocks = pageOf(page)
    .split(/\n\n+/u)
    .filter((block) => !block.startsWith('<!--'));
  return blocks.flatMap((block, index) => {
    if (!block.startsWith('|')) return [];
    const [head = '', , ...rows] = block.split('\n');
    const [, ofAll = ''] = /^Proof of each row: (.*)/u.exec(blocks[index + 1] ?? '') ?? [];
    const hasColumn = head.endsWith('| proof |');
    return rows.map((text) => {
      const [cell = ''] = text.split(/(?<!\\)\|/u).slice(-2);
      return { text, proofs: codeIn(hasColumn ? cell : ofAll) };
    });
  });
}

describe.each(['docs/iam.md', 'docs/iam-unused.md', 'docs/security.md'])('each row of the tables in %s', (page) => {
  const rows = provedRows(page);

  it('names the test that proves it', () => {
    expect(rows.filter(({ proofs }) => proofs.length === 0).map(({ text }) => text)).toEqual([]);
    expect(rows.length).toBeGreaterThan(20);
  });

  it('names a test that is run', () => {
    const named = new Set(rows.flatMap(({ proofs }) => proofs));

    expect([...named].filter((file) => !run.has(file) && !isExamination(file))).toEqual([]);
  });
});

describe('a table of these pages', () => {
  it('is nothing without a block of its own, in which it is found', () => {
    for (const page of ['docs/iam.md', 'docs/security.md']) {
      const tables = [...pageOf(page).matchAll(/^\|(?:-+\|)+$/gmu)].length;
      const found = pageOf(page)
        .split(/\n\n+/u)
        .filter((block) => block.startsWith('|')).length;
      expect([page, found]).toEqual([page, tables]);
    }
  });
});
