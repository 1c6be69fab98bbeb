import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { contracts } from './contracts';

/** `npm run compare:contracts -- save FILE` before a change, `-- check FILE` after it: what others hold is equal. */
const [command, file] = process.argv.slice(2);
if ((command !== 'save' && command !== 'check') || file === undefined) {
  process.stderr.write('Usage: npm run compare:contracts -- (save|check) FILE\n');
  process.exit(1);
}
const now = await contracts();
if (command === 'save') {
  writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
} else {
  const before = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const differing = Object.entries(now).filter(([name, content]) => !isDeepStrictEqual(before[name], content));
  for (const [name] of differing) process.stdout.write(`differs: ${name}\n`);
  if (differing.length > 0) {
    writeFileSync(`${file}.now`, `${JSON.stringify(now, null, 2)}\n`);
    process.stdout.write(`See: diff ${file} ${file}.now\n`);
    process.exit(1);
  }
  process.stdout.write(`equal: ${Object.keys(now).join(', ')}\n`);
}
