import { globSync } from 'node:fs';
import path from 'node:path';

import { pageOf } from './pages';

const records = globSync('docs/adr/*.md').toSorted();

describe('the decisions', () => {
  it('are found', () => {
    expect(records).not.toEqual([]);
  });

  it.each(records)('have the number of their file in their title: %s', (file) => {
    expect(pageOf(file)).toMatch(new RegExp(`^# ${Number(path.basename(file).slice(0, 4))}\\. \\S`, 'u'));
  });
});
