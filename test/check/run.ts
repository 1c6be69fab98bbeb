import { runMain } from '../../sandbox/commands/run-main';
import { doAll, sumOf } from '../deep/outcome';
import { CHECKS, generateOnce, scriptTask } from './checks';

/** `npm run check`: all checks, two at a time. */
async function check(): Promise<number> {
  await generateOnce();
  return sumOf(await doAll(CHECKS.map(scriptTask))).failed === 0 ? 0 : 1;
}

runMain(check);
