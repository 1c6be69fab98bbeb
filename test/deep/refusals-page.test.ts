import { readFileSync } from 'node:fs';

import { REFUSALS_PAGE, refusalRows } from './refusals-page';

describe('protocol/mutations.md', () => {
  it('says of each mutation what it breaks, and what refuses it', () => {
    const told = readFileSync(REFUSALS_PAGE, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));

    // A mutation that is new is added by `npm run generate`; one that has changed or is gone is found here.
    expect(refusalRows()).toEqual(expect.arrayContaining(told));
    expect(told.length).toBeGreaterThanOrEqual(50);
  });
});
