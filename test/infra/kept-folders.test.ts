import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { hashOfFiles } from '../../infra/hash-of-files';
import { keptFolder } from '../../infra/kept-folders';

describe('what is kept by a key', () => {
  let parent: string;

  beforeEach(() => {
    parent = mkdtempSync(path.join(tmpdir(), 'account-vending-kept-'));
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  const fill = jest.fn((folder: string) => {
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'word'), 'made');
  });

  const daysOld = (key: string, days: number): void => {
    const then = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
    utimesSync(path.join(parent, key), then, then);
  };

  it('is made once', () => {
    fill.mockClear();
    const folders = [keptFolder(parent, 'a', fill), keptFolder(parent, 'a', fill)];

    expect(fill).toHaveBeenCalledTimes(1);
    expect(folders.map((folder) => readFileSync(path.join(folder, 'word'), 'utf8'))).toEqual(['made', 'made']);
    expect(readdirSync(parent)).toEqual(['a']);
  });

  it('is not there when it could not be made', () => {
    expect(() =>
      keptFolder(parent, 'a', () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(existsSync(path.join(parent, 'a'))).toBe(false);
  });

  it('is what another process has made in the meantime', () => {
    const slow = (folder: string): void => {
      keptFolder(parent, 'a', (other) => {
        fill(`${other}-other`);
        fill(path.join(parent, 'a'));
        rmSync(`${other}-other`, { recursive: true });
        fill(other);
      });
      fill(folder);
    };
    expect(readFileSync(path.join(keptFolder(parent, 'a', slow), 'word'), 'utf8')).toBe('made');
    expect(readdirSync(parent)).toEqual(['a']);
  });

  it('is removed when nobody has used it for an hour, but for the newest four', () => {
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) keptFolder(parent, key, fill);
    for (const [index, key] of ['a', 'b', 'c', 'd', 'e'].entries()) daysOld(key, 9 - index);
    keptFolder(parent, 'a', fill);
    keptFolder(parent, 'g', fill);

    expect(readdirSync(parent).toSorted()).toEqual(['a', 'e', 'f', 'g']);
  });
});

describe('the hash of content', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'account-vending-hash-'));
    mkdirSync(path.join(root, 'code/inner'), { recursive: true });
    writeFileSync(path.join(root, 'code/inner/a'), 'one');
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const hash = (words?: readonly string[]): string => hashOfFiles(root, ['code'], words);

  it('stays the same for the same files, and in another folder', () => {
    const before = hash();
    expect(hash()).toBe(before);
    expect(hashOfFiles(path.join(root, 'code', '..'), ['code'])).toBe(before);
  });

  it('differs when a file is changed, renamed or added, and with other words', () => {
    const found = [hash(), hash(['word'])];
    writeFileSync(path.join(root, 'code/inner/a'), 'two');
    found.push(hash());
    writeFileSync(path.join(root, 'code/b'), '');
    found.push(hash());
    rmSync(path.join(root, 'code/b'));
    writeFileSync(path.join(root, 'code/c'), '');
    found.push(hash());

    expect(new Set(found).size).toBe(found.length);
  });
});
