import { runMain } from '../../sandbox/commands/run-main';
import { scenarioCalled } from '../bench-arguments';
import { benchConfiguration } from '../bench-configuration';
import { seedResultOf } from '../scenario-result';

/** Some scenarios with one seed, in a process of its own: a line of JSON for each. */
async function main([seed = '', asked = '', ...names]: readonly string[]): Promise<number> {
  for (const name of names) {
    const result = await seedResultOf(scenarioCalled(name), Number(seed), benchConfiguration(), asked === 'asked');
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  return 0;
}

runMain(() => main(process.argv.slice(2)));
