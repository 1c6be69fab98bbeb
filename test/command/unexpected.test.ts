import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';

const COMMAND = path.join(projectRoot, 'command', 'account-vending.cjs');

/** Runs the command while something throws outside of everything that it waits for. */
const ranWith = (thrown: string) =>
  spawnSync(process.execPath, ['--import', `data:text/javascript,setImmediate(()=>{${thrown}})`, COMMAND, '--help'], {
    encoding: 'utf8',
    cwd: projectRoot,
  });

describe('an error that nobody has expected', () => {
  it.each([
    { where: 'in a callback', thrown: 'throw new Error("nobody expected this")' },
    { where: 'in a promise that nobody awaits', thrown: 'Promise.reject(new Error("nobody expected this"))' },
  ])('ends the command with 2, as docs/commands.md says, and is printed: $where', ({ thrown }) => {
    const { status, stderr } = ranWith(thrown);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining('nobody expected this') as string,
    });
  });
});
