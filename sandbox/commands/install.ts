import { ensureOwnPackages } from './own-packages';
import { runMain } from './run-main';

/** In front of a script of package.json that needs packages of its own: `tsx sandbox/commands/install.ts site`. */
async function main(folders: readonly string[]): Promise<number> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  for (const folder of folders) await ensureOwnPackages(folder, { log });
  return 0;
}

runMain(() => main(process.argv.slice(2)));
