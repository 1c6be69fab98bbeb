import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../environment';
import { generatedFiles } from './generated/generated-files';

/** Writes what follows from the table of the steps, after a row has changed. */
for (const [name, text] of Object.entries(generatedFiles())) {
  writeFileSync(path.join(projectRoot, name), text);
  process.stdout.write(`${name}\n`);
}
