import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../environment';
import { schemaFiles } from './schema-files';

/** Regenerates the JSON Schemas and the OpenAPI document after a schema has changed. */
for (const [file, content] of Object.entries(schemaFiles())) {
  writeFileSync(path.join(projectRoot, file), content);
  process.stdout.write(`${file}\n`);
}
