import { readFileSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { withResults } from '../conformance/conformance-page';
import { explanationFaults } from '../conformance/explained';
import { compareWithEmulators } from '../conformance/run-against';

describe('docs/conformance.md', () => {
  it('counts what the model and two emulators answer', async () => {
    const results = await compareWithEmulators();
    expect(explanationFaults('moto', results.moto)).toEqual([]);
    expect(explanationFaults('ministack', results.ministack)).toEqual([]);
    const page = readFileSync(path.join(projectRoot, 'docs/conformance.md'), 'utf8');
    expect(withResults(page, results)).toBe(page);
  });
});
