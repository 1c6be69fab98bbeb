import { spawn } from 'node:child_process';

import { bundledFile } from './bundled-file';
import { runMain } from './run-main';
import { simulateArguments } from './simulate-arguments';

const FILE = 'sandbox/commands/simulation-process.ts';

/** `npm run simulate`: many tenants, virtual time, everything that goes wrong; exits 1 if an invariant breaks. */
async function main(args: readonly string[]): Promise<number> {
  // What is wrong with them is said at once.
  simulateArguments(args);
  const child = spawn(process.execPath, [await bundledFile(FILE), ...args], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
}

runMain(() => main(process.argv.slice(2)));
