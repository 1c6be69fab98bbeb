import { readFileSync } from 'node:fs';
import manifest from '../../package.json';
import { codeIn, rowsOf } from './pages';

const PAGE = 'docs/dependencies.md';
const dependencies: Readonly<Record<string, string>> = { ...manifest.dependencies, ...manifest.devDependencies };

const rows = rowsOf(PAGE, 'package').map(([name = '', ...cells]) => ({ name: codeIn(name)[0] ?? '', cells }));

describe('docs/dependencies.md', () => {
  it('has one line for each dependency, and no other', () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(dependencies).toSorted());
  });

  it.each(rows.map(({ name, cells }) => [name, cells.at(-1)]))('tells the licence of %s: %s', (name, licence) => {
    const { license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { license?: string };

    expect(licence).toBe(license);
  });

  it.each(rows.map(({ name, cells }) => [name, cells[0]]))('tells the version line of %s: %s', (name, version) => {
    expect(dependencies[name]).toMatch(new RegExp(`^\\^${version?.replaceAll('.', '[.]')}[.]`, 'u'));
  });

  it('says what each is for, and why this one', () => {
    expect(rows.filter(({ cells }) => cells.some((cell) => cell === ''))).toEqual([]);
  });

  it('lists under production what is deployed, and nothing else', () => {
    const [production = ''] = readFileSync(PAGE, 'utf8').split('\n## Development');

    expect(rows.map(({ name }) => name).filter((name) => production.includes(`| \`${name}\` |`))).toEqual(
      Object.keys(manifest.dependencies).toSorted(),
    );
  });
});
