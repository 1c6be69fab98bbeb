import { readFileSync } from 'node:fs';

import { measuredNight } from '../../sandbox/price/measured-night';
import { priceOfNight } from '../../sandbox/price/price-of-night';
import { makeGround } from '../../sandbox/simulation/ground';

/** On a busy machine. */
jest.setTimeout(240_000);

describe('the price of a night', () => {
  it('stands in docs/second-runs.md as it is measured (else: npm run night-price)', async () => {
    const table = priceOfNight(await measuredNight(await makeGround()));
    expect(readFileSync('docs/second-runs.md', 'utf8')).toContain(table);
  });

  it('grows with all that a tenant takes', () => {
    const usage = { stateTransitions: 1, invocations: 0, ledgerReads: 0, ledgerWrites: 0, queueRequests: 0, events: 0 };
    expect(priceOfNight(usage)).toContain('| Step Functions, state transitions | 1.0 | 0.025 |');
    expect(priceOfNight({ ...usage, invocations: 100 })).toContain('| Lambda, calls | 100.0 | 0.020 |');
    expect(priceOfNight({ ...usage, invocations: 100 })).toContain('| a night | | 0.38 |');
  });
});
