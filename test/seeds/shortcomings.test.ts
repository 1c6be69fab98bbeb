import type { SimulationReport } from '../../sandbox/simulation/simulation-report';
import { isExpected, shortcomingsOf } from './shortcomings';

const good: SimulationReport = {
  seed: 1,
  tenants: 3,
  vended: 3,
  closed: 0,
  failed: 0,
  kills: 2,
  killedStates: ['TagAccount'],
  accountsPerTenantMax: 1,
  lostRequests: 0,
  quotaBreaches: 0,
  selfMadeThrottles: 0,
  writesOnUnchangedRun: 0,
  virtualSeconds: 10,
  apiCalls: 9,
  violations: [],
  faults: [],
  killedFunctions: [],
  replays: 0,
  executions: 3,
  changesByHand: 0,
  failedRuns: 0,
  throttledFunctions: 0,
};

describe('the shortcomings of a simulation', () => {
  it('are none where every invariant holds and every tenant is vended', () => {
    expect(shortcomingsOf(good)).toEqual([]);
  });

  it.each<[string, Partial<SimulationReport>]>([
    ['vended: 2 of 3', { vended: 2 }],
    ['failed: 1', { failed: 1 }],
    ['kills: none, so that nothing was tried', { kills: 0 }],
    ['accountsPerTenantMax: 2', { accountsPerTenantMax: 2 }],
    ['accountsPerTenantMax: 0', { accountsPerTenantMax: 0 }],
    ['lostRequests: 1', { lostRequests: 1 }],
    ['quotaBreaches: 1', { quotaBreaches: 1 }],
    ['selfMadeThrottles: 4', { selfMadeThrottles: 4 }],
    ['writesOnUnchangedRun: 1', { writesOnUnchangedRun: 1 }],
    [
      'a name has one tenant (second 7): two',
      { violations: [{ invariant: 'a name has one tenant', seen: 'two', at: 7 }] },
    ],
  ])('tell of %s', (shortcoming, change) => {
    expect(shortcomingsOf({ ...good, ...change })).toEqual([shortcoming]);
  });
});

describe('a seed with an open violation', () => {
  it.each([
    { what: 'that violation alone', shortcomings: ['a slot is looked at (second 7): nobody'], isGood: true },
    { what: 'another one, too', shortcomings: ['a slot is looked at (second 7): nobody', 'failed: 1'], isGood: false },
    { what: 'none any more: it is no longer open', shortcomings: [], isGood: false },
  ])('does what is known of it with $what: $isGood', ({ shortcomings, isGood }) => {
    expect(isExpected(shortcomings, 'a slot is looked at')).toBe(isGood);
  });

  it('is none where nothing is open', () => {
    expect([isExpected([]), isExpected(['failed: 1'])]).toEqual([true, false]);
  });
});
