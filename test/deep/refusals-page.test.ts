import { readFileSync } from 'node:fs';

import { REFUSALS_PAGE, refusalRows } from './refusals-page';

describe('protocol/mutations.md', () => {
  it('says of each mutation what it breaks, and what refuses it', () => {
    const told = readFileSync(REFUSALS_PAGE, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));

    // After a mutation is added, changed or removed, `npm run generate` writes the page.
    expect(told).toEqual(refusalRows());
    expect(told).not.toEqual([]);
  });
});
