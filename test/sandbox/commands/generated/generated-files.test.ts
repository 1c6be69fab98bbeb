import { readFileSync } from 'node:fs';
import { generatedFiles } from '../../../../sandbox/commands/generated/generated-files';

describe('what is written from the table of the steps', () => {
  it.each(Object.entries(generatedFiles()))('is up to date, by `npm run generate`: %s', (file, text) => {
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
