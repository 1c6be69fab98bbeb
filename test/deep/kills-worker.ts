import * as z from 'zod';

import { runMain } from '../../sandbox/commands/run-main';
import { makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { StorySchema } from './kills-end';
import { killsOf } from './kills';
import { tell } from './outcome';

const ArgumentsSchema = z.tuple([StorySchema, z.coerce.number(), z.coerce.number()]);

/**
 * `kills-worker.ts vending 0 7`: the first of seven parts of all kills in a vending. Tells what it sees, and a line of
 * JSON last.
 */
async function work(args: readonly string[]): Promise<number> {
  const [story, slice, slices] = ArgumentsSchema.parse(args);
  tell(JSON.stringify(await killsOf(story, await makeFixture(), slice, slices)));
  return 0;
}

runMain(() => work(process.argv.slice(2)));
