import { runMain } from '../../sandbox/commands/run-main';
import { sumOf, twoAtATime } from '../deep/outcome';
import { CHECKS, generateOnce, scriptTask } from './checks';

/** `npm run check`: all checks, two at a time. */
async function check(): Promise<number> {
  await generateOnce();
  return sumOf(await twoAtATime(CHECKS.map(scriptTask))).failed === 0 ? 0 : 1;
}

runMain(check);
