import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { tell } from '../deep/outcome';
import { slowest } from './slowest';

/** `npm run test:slowest`: the ten test files that took longest, each in its latest run. */
function tellSlowest(): Promise<number> {
  const file = path.join(projectRoot, '.cache', 'test-times.json');
  const times = existsSync(file) ? z.record(z.string(), z.number()).parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const lines = slowest(times, (name) => existsSync(path.join(projectRoot, name)));
  for (const line of lines) tell(line);
  if (lines.length === 0) tell('No test has run here yet. Run `npm test` first.');
  return Promise.resolve(lines.length === 0 ? 1 : 0);
}

runMain(tellSlowest);
