import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../sandbox/environment';
import { readMutations } from './mutation';

const mutations = readMutations(path.join(projectRoot, 'test', 'mutations'));
const testFiles = globSync('test/**/*.test.ts', { cwd: projectRoot });

/** That each is noticed takes `npm run test:deep -- mutations`; that it could be is seen here, at once. */
describe.each(mutations.map((mutation) => [mutation.name, mutation] as const))('the mutation %s', (_, mutation) => {
  it('fits the code', () => {
    const { stderr } = spawnSync('git', ['apply', '--check', mutation.file], { cwd: projectRoot, encoding: 'utf8' });

    expect(stderr).toBe('');
  });

  it('names tests that there are', () => {
    const absent = mutation.tests.filter((test) => !testFiles.some((file) => file.includes(test.path)));

    expect(absent).toEqual([]);
  });
});
