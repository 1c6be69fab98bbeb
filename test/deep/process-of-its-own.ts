import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import type * as z from 'zod';

import { bundledFile } from '../../sandbox/commands/bundled-file';
import { projectRoot } from '../../sandbox/environment';
import { tell } from './outcome';

/**
 * Runs one of our files in a process of its own, and passes on its lines as they come. A line of JSON is its result.
 *
 * @throws Error when it has not come to its end
 */
export async function inProcessOfItsOwn<Schema extends z.ZodType>(
  file: string,
  args: readonly string[],
  schema: Schema,
): Promise<z.output<Schema>> {
  const child = spawn(process.execPath, [await bundledFile(file), ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let end: string | null = null;
  for await (const line of createInterface(child.stdout)) {
    if (/^[[{]/.test(line)) end = line;
    else tell(line);
  }
  if ((await ended) !== 0 || end === null) throw new Error(`${file} ${args.join(' ')} has not come to its end.`);
  return schema.parse(JSON.parse(end));
}
