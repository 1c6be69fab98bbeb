import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { earlierTenants } from '../../../operator/apply/earlier-tenants';
import { gitHistory } from '../../../operator/apply/git-history';
import { GitFolder } from './git-folder';

const UUIDS = [1, 2, 3].map((n) => `7d0c1b1e-0000-4000-8000-00000000000${n}`);
const [ONE = '', TWO = '', THREE = ''] = UUIDS;
const tenant = (uuid: string): string => `tenant: { metadata: { uuid: ${uuid} } }\n`;
const at = (time: string): number => Date.parse(time);

describe('the history of a folder', () => {
  let folder: GitFolder;

  beforeEach(() => {
    folder = new GitFolder();
  });

  afterEach(() => {
    folder.delete();
  });

  const sequenceOf = (file: string): number | undefined =>
    gitHistory(folder.accounts)?.commits.findLast(({ files }) => files.includes(file))?.sequence;

  it('says when the branch got a file, and not when it was written', () => {
    folder.write('a.yaml', 'a: 1');
    folder.commit('2026-11-01T00:00:00Z');
    folder.git('checkout', '--quiet', '-b', 'request');
    folder.write('a.yaml', 'a: 2');
    folder.write('new ü.yaml', 'b: 1');
    folder.commit('2026-11-02T00:00:00Z');
    folder.git('checkout', '--quiet', 'main');
    folder.write('other.yaml', 'c: 1');
    folder.commit('2026-11-03T00:00:00Z');
    folder.git('-c', 'user.date=2026-11-04T00:00:00Z', 'merge', '--quiet', '--no-ff', '--message', 'merged', 'request');

    expect(sequenceOf('a.yaml')).toBe(at('2026-11-04T00:00:00Z'));
    expect(sequenceOf('new ü.yaml')).toBe(at('2026-11-04T00:00:00Z'));
    expect(sequenceOf('other.yaml')).toBe(at('2026-11-03T00:00:00Z'));
    expect(gitHistory(folder.accounts)?.uncommitted).toEqual(new Set());
  });

  it('rises from commit to commit, also within a second and where a clock goes wrong', () => {
    for (const time of ['2026-11-02T00:00:00Z', '2026-11-02T00:00:00Z', '2026-11-01T00:00:00Z']) {
      folder.write('a.yaml', `a: ${Math.random()}`);
      folder.commit(time);
    }

    const first = at('2026-11-02T00:00:00Z');
    expect(gitHistory(folder.accounts)?.commits.map(({ sequence }) => sequence)).toEqual([first, first + 1, first + 2]);
  });

  it('knows what is not committed, in this folder alone', () => {
    folder.write('a.yaml', 'a: 1');
    folder.write('b.yaml', 'b: 1');
    folder.commit('2026-11-01T00:00:00Z');
    folder.write('a.yaml', 'a: 2');
    folder.write('sub/c.yaml', 'c: 1');
    folder.write('../beside.yaml', 'd: 1');

    expect(gitHistory(folder.accounts)?.uncommitted).toEqual(new Set(['a.yaml', 'sub/c.yaml']));
  });

  it('knows tenants that were taken out with a file or out of one, and not those that were moved', () => {
    folder.write('a.yaml', tenant(ONE));
    folder.write('b.yaml', `${tenant(TWO)}---\n${tenant(THREE)}`);
    folder.commit('2026-11-01T00:00:00Z');
    folder.write('b.yaml', tenant(TWO));
    folder.remove('a.yaml');
    folder.write('moved.yaml', tenant(ONE));
    folder.commit('2026-11-02T00:00:00Z');
    folder.remove('b.yaml');
    folder.commit('2026-11-03T00:00:00Z');
    const history = gitHistory(folder.accounts);

    const earlier = earlierTenants(folder.accounts, history ?? { commits: [], uncommitted: new Set() }, new Set([ONE]));
    expect(earlier.map(({ tenantUuid, file, at: gone }) => [tenantUuid, file, gone.toISOString()])).toEqual([
      [TWO, 'b.yaml', '2026-11-03T00:00:00.000Z'],
      [THREE, 'b.yaml', '2026-11-02T00:00:00.000Z'],
    ]);
  });

  it('is none outside of a repository, and empty before the first commit', () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'no-repository-'));
    folder.write('a.yaml', 'a: 1');

    expect(gitHistory(outside)).toBeUndefined();
    expect(gitHistory(folder.accounts)).toEqual({ commits: [], uncommitted: new Set(['a.yaml']) });
    rmSync(outside, { recursive: true });
  });

  it('is refused where it was cut off', () => {
    folder.write('a.yaml', 'a: 1');
    folder.commit('2026-11-01T00:00:00Z');
    folder.write('a.yaml', 'a: 2');
    folder.commit('2026-11-02T00:00:00Z');
    const clone = mkdtempSync(path.join(tmpdir(), 'clone-'));
    spawnSync('git', ['clone', '--quiet', '--depth', '1', `file://${folder.root}`, clone]);

    expect(() => gitHistory(path.join(clone, 'accounts'))).toThrow(/is cut off.* fetch-depth: 0/u);
    rmSync(clone, { recursive: true });
  });
});
