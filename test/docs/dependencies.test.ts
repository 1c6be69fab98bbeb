import { readFileSync } from 'node:fs';
import console from '../../console/package.json';
import client from '../../packages/client/package.json';
import manifest from '../../package.json';
import lockfile from '../../package-lock.json';
import site from '../../site/package.json';
import siteLockfile from '../../site/package-lock.json';
import mutants from '../mutants/package.json';
import mutantsLockfile from '../mutants/package-lock.json';
import { codeIn, rowsOf } from './pages';

const PAGE = 'docs/dependencies.md';
const dependencies: Readonly<Record<string, string>> = { ...manifest.dependencies, ...manifest.devDependencies };

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
}

const lockedIn = (file: {
  readonly packages: Readonly<Record<string, Locked>>;
}): readonly (readonly [string, Locked])[] => Object.entries(file.packages);

const locked = lockedIn(lockfile);
const allLocked = [...locked, ...lockedIn(siteLockfile), ...lockedIn(mutantsLockfile)];

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
    expect(dependencies[name]).toMatch(new RegExp(`^(?:npm:[a-z]+@)?\\^${version?.replaceAll('.', '[.]')}[.]`, 'u'));
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

describe.each<[string, string, Readonly<Record<string, string>>, typeof locked]>([
  ['console', 'console', { ...console.dependencies, ...console.devDependencies }, locked],
  ['client', 'packages/client', client.dependencies, locked],
  ['site', 'site', site.devDependencies, lockedIn(siteLockfile)],
  ['mutants', 'test/mutants', mutants.devDependencies, lockedIn(mutantsLockfile)],
])('the %s in docs/dependencies.md', (kind, folder, packages, inLockFile) => {
  const listed = rowsOf(PAGE, `${kind} package`).map(([name = '', ...cells]) => ({
    name: codeIn(name)[0] ?? '',
    cells,
  }));

  it('has one line for each of its packages, and no other', () => {
    expect(listed.map(({ name }) => name).toSorted()).toEqual(Object.keys(packages).toSorted());
    expect(listed.filter(({ cells }) => cells.some((cell) => cell === ''))).toEqual([]);
  });

  it.each(listed.map(({ name, cells }) => [name, cells[0], cells.at(-1)] as const))(
    'tells the version line and the licence of %s: %s, %s',
    (name, version, licence) => {
      const folders: readonly string[] = [`${folder}/node_modules/${name}`, `node_modules/${name}`];
      const { license } = inLockFile.find(([one]) => folders.includes(one))?.[1] ?? {};

      expect(license).toBe(licence);
      expect(packages[name]).toMatch(new RegExp(`^\\^${version?.replaceAll('.', '[.]')}[.]`, 'u'));
    },
  );
});

describe('the lock files', () => {
  it('name no registry, so that npm asks the one of whoever installs', () => {
    expect(allLocked.filter(([, { resolved }]) => resolved?.startsWith('http'))).toEqual([]);
  });
});

describe('the copyleft packages of docs/dependencies.md', () => {
  /** A choice that another licence is part of is no obligation. */
  const copyleft = allLocked.flatMap(([folder, { license = '', dev = false }]) =>
    license.includes('GPL') && !license.includes(' OR ')
      ? [{ name: folder.replace(/^.*node_modules\//u, ''), license, dev }]
      : [],
  );

  it('are those of the lock files', () => {
    const listed = rowsOf(PAGE, 'copyleft package').map(([name = '', , license]) => ({
      name: codeIn(name)[0],
      license,
    }));

    expect(listed).toEqual(copyleft.map(({ name, license }) => ({ name, license })));
    expect(listed).not.toEqual([]);
  });

  it('are for development alone', () => {
    expect(copyleft.filter(({ dev }) => !dev)).toEqual([]);
  });

  it('can be told, since every package says its licence', () => {
    const silent = allLocked.filter(
      ([folder, { license, link }]) => folder !== '' && license === undefined && link !== true,
    );
    // A lock file leaves out a licence in the field that packages had for it before 2014.
    const former = silent.map(([folder]) => [folder, formerLicences(folder)] as const);

    expect(
      former.filter(([, licences]) => licences.length === 0 || licences.some((one) => one.includes('GPL'))),
    ).toEqual([]);
  });
});

function formerLicences(folder: string): readonly string[] {
  const { licenses = [] } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
    readonly licenses?: readonly { readonly type: string }[];
  };
  return licenses.map(({ type }) => type);
}

describe('the Python packages of docs/dependencies.md', () => {
  const listed = rowsOf(PAGE, 'Python package').map(([name = '', file = '']) => [codeIn(name)[0], codeIn(file)[0]]);
  const linesOf = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n');

  it.each(['sandbox', 'test/local-aws', 'test/contract/terraform'])('are those of %s/requirements.in', (folder) => {
    const named = linesOf(`${folder}/requirements.in`).flatMap(
      (line) => /^([\w-]+)(?:\[\w+\])?==/u.exec(line)?.[1] ?? [],
    );

    expect(listed.flatMap(([name, file]) => (file === `${folder}/requirements.in` ? [name] : []))).toEqual(named);
  });

  it.each(['sandbox', 'test/local-aws', 'test/contract/terraform'])(
    'are pinned with the hashes of all that they bring: %s',
    (folder) => {
      const pinned = linesOf(`${folder}/requirements.txt`)
        .join('\n')
        .split(/\n(?=[\w.-]+(?:\[|==))/u)
        .slice(1);

      expect(pinned.length).toBeGreaterThan(2);
      expect(pinned.filter((block) => !/--hash=sha256:[\da-f]{64}/u.test(block))).toEqual([]);
      for (const line of linesOf(`${folder}/requirements.in`).filter((each) => /^\w/u.test(each))) {
        expect(pinned.map((block) => block.split(' ')[0])).toContain(line.replace(/\[\w+\]/u, ''));
      }
    },
  );
});
