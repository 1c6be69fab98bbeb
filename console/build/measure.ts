import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { filesLoadedBy, ManifestSchema } from './loaded-files';

const DIST = path.join(import.meta.dirname, '../dist');

/** What the Overview may load, in kB of gzipped JavaScript. */
const MOST_KILOBYTES = 350;

/** Says how much JavaScript the first page loads; fails where it is too much. */
function measure(): number {
  const manifest = ManifestSchema.parse(JSON.parse(readFileSync(path.join(DIST, '.vite/manifest.json'), 'utf8')));
  const files = filesLoadedBy(manifest, 'index.html').filter((file) => file.endsWith('.js'));
  const sizes = files.map((file) => gzipSync(readFileSync(path.join(DIST, file))).length / 1000);
  const sum = Math.round(sizes.reduce((total, size) => total + size, 0));
  process.stdout.write(`The Overview loads ${sum} kB of JavaScript, gzipped, in ${files.length} files.\n`);
  if (sum <= MOST_KILOBYTES) return 0;
  process.stderr.write(`That is more than ${MOST_KILOBYTES} kB: load what a page needs when it is opened.\n`);
  return 1;
}

process.exitCode = measure();
