import { readFileSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { conformancePage } from '../conformance/conformance-page';
import { explanationFaults } from '../conformance/explained';
import { runAgainst } from '../conformance/run-against';

describe('docs/conformance.md', () => {
  it('is what the model and two emulators answer', async () => {
    const began = Date.now();
    const results = {
      model: await runAgainst('model'),
      moto: await runAgainst('moto'),
      ministack: await runAgainst('ministack'),
    };
    expect(explanationFaults('moto', results.moto)).toEqual([]);
    expect(explanationFaults('ministack', results.ministack)).toEqual([]);
    expect(readFileSync(path.join(projectRoot, 'docs/conformance.md'), 'utf8')).toBe(`${conformancePage(results)}\n`);
    expect(Date.now() - began).toBeLessThan(300_000);
  });
});
