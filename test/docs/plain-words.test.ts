import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { handWrittenWords } from './hand-written-words';
import { pageOf } from './pages';

/** Words that had a private meaning here, or that no engineer would write. The glossary has those of the field. */
const UNWANTED = /\b(?:furnish\w*|rehears\w*|scenes?|meddl\w*|surroundings|whoever|anew)\b/giu;

/** Turns of phrase that read translated. */
const NOT_ON_PAGES =
  /\b(?:(?:is|are) to go|the begin|secret word|in vain|thereof|told apart|gone by now|as one likes|so to speak)\b/giu;

const FOLDERS = ['functions', 'infra', 'sandbox', 'command', 'operator', 'packages', 'bench', 'statemachines', 'docs'];
const PAGES = ['README.md', 'CONTRIBUTING.md'];

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && /\.(?:ts|md|json|yaml)$/u.test(one.name))
    .map((one) => path.join(one.parentPath, one.name));

describe('the words of code and documents', () => {
  it.each([...FOLDERS, ...PAGES])('are those of the field: %s', (where) => {
    const files = FOLDERS.includes(where) ? filesIn(where) : [where];
    const found = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(UNWANTED)].map(([word]) => `${file}: ${word}`),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(found).toEqual([]);
  });

  it.each(handWrittenWords().map(([page]) => page))('are plain on each page: %s', (page) => {
    expect(pageOf(page).match(NOT_ON_PAGES) ?? []).toEqual([]);
  });
});
