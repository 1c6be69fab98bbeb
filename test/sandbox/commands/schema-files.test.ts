import { readFileSync } from 'node:fs';
import path from 'node:path';
import { schemaFiles } from '../../../sandbox/commands/schema-files';
import { projectRoot } from '../../../sandbox/environment';

describe('generated files', () => {
  it.each(Object.entries(schemaFiles()))('%s is what the schemas say (else: npm run generate)', (file, content) => {
    expect(readFileSync(path.join(projectRoot, file), 'utf8')).toBe(content);
  });
});
