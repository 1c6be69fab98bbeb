import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { type ConsoleAnswer, textAnswer } from './console-answer';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** A file of the built page. A path never leaves the folder: there are two folders below it, and no other. */
export async function bundledFile(bundle: string, pathname: string): Promise<ConsoleAnswer> {
  const name = pathname === '/' || pathname === '' ? 'index.html' : pathname.slice(1);
  const type = TYPES[path.extname(name)];
  if (type === undefined || !/^(?:(?:assets|docs)\/)?[\w.-]+$/u.test(name)) return textAnswer(404, NOT_THERE);
  const content = await readFile(path.join(bundle, name)).catch(() => null);
  if (content === null) return textAnswer(404, NOT_THERE);
  // The name of an asset changes with its content.
  const cache = name.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
  return { status: 200, headers: { 'content-type': type, 'cache-control': cache }, body: new Uint8Array(content) };
}

const NOT_THERE = 'There is no such file in the console. Reload the page; after an update, build it again.';
