import { spawnSync } from 'node:child_process';

import { projectRoot } from '../../../sandbox/environment';

describe('a command', () => {
  it.each([
    { does: 'ends', main: 'async () => 0', status: 0, says: /^$/ },
    { does: 'finds something wrong', main: 'async () => 3', status: 3, says: /^$/ },
    {
      does: 'is stuck',
      main: '() => new Promise(() => {})',
      status: 1,
      says: /waited for something that cannot happen/,
    },
    {
      does: 'fails',
      main: "async () => { throw new Error('no such thing'); }",
      status: 1,
      says: /no such thing\n\s+at /,
    },
  ])('that $does exits with $status', ({ main, status, says }) => {
    const ended = run(`const { runMain } = await import('./sandbox/commands/run-main'); runMain(${main});`);

    expect(ended).toEqual({ status, stderr: expect.stringMatching(says) as string });
  });
});

function run(program: string): { readonly status: number | null; readonly stderr: string } {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' });
  return { status, stderr };
}
