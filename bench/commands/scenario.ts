import { runMain } from '../../sandbox/commands/run-main';
import { scenarioCalled } from '../bench-arguments';
import { benchConfiguration } from '../bench-configuration';
import { resultOf } from '../scenario-result';

/** One scenario, in a process of its own: its result as JSON. */
async function main([name = '', seed = '']: readonly string[]): Promise<number> {
  const result = await resultOf(scenarioCalled(name), Number(seed), benchConfiguration());
  process.stdout.write(JSON.stringify(result));
  return 0;
}

runMain(() => main(process.argv.slice(2)));
