import { runMain } from '../../sandbox/commands/run-main';
import { makeGround } from '../../sandbox/simulation/ground';
import { killsOf } from './kills';
import { tell } from './outcome';

/** `kills-worker.ts 0 7`: the first of seven parts of all kills. Tells what it sees, and a line of JSON last. */
async function work([slice = 0, slices = 1]: readonly number[]): Promise<number> {
  tell(JSON.stringify(await killsOf(await makeGround(), slice, slices)));
  return 0;
}

runMain(() => work(process.argv.slice(2).map(Number)));
