import { existsSync } from 'node:fs';
import path from 'node:path';

/** What `npm run build:console` writes, and where the packed command has it. */
const BUNDLES = ['../../console/dist', '../console'].map((folder) => path.resolve(import.meta.dirname, folder));

/** One sentence for people. */
export const NOT_BUILT = 'The console is not built yet: npm run build:console builds it, in about half a minute.';

/** The folder of the built page; null: it is not built. */
export const consoleBundle = (): string | null =>
  BUNDLES.find((folder) => existsSync(path.join(folder, 'index.html'))) ?? null;
