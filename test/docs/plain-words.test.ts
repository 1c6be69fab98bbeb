import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Words that had a private meaning here, or that no engineer would write. `test/docs/words.yml` has them for the pages,
 * with more that `npm run lint:prose` finds.
 */
const UNWANTED = /\b(?:furnish\w*|rehears\w*|scenes?|meddl\w*|surroundings|whoever|anew)\b/giu;

const FOLDERS = ['functions', 'infra', 'sandbox', 'command', 'operator', 'packages', 'bench', 'statemachines'];

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && /\.(?:ts|json|yaml)$/u.test(one.name))
    .map((one) => path.join(one.parentPath, one.name));

describe('the words of the code', () => {
  it.each(FOLDERS)('are those of the field: %s', (folder) => {
    const files = filesIn(folder);
    const found = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(UNWANTED)].map(([word]) => `${file}: ${word}`),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(found).toEqual([]);
  });
});
