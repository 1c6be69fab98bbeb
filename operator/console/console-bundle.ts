import { existsSync } from 'node:fs';
import path from 'node:path';

/** What `npm run build:console` writes. */
const BUNDLE = path.resolve(import.meta.dirname, '../../console/dist');

/** One sentence for people. */
export const NOT_BUILT = 'The console is not built yet: npm run build:console builds it, in about half a minute.';

/** The folder of the built page; null: it is not built. */
export const consoleBundle = (): string | null => (existsSync(path.join(BUNDLE, 'index.html')) ? BUNDLE : null);
