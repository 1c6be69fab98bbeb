import { benchConfiguration } from '../../../bench/bench-configuration';
import { type NightMeasures, nightMeasures } from '../../../bench/night/night-measures';
import { observeNight } from '../../../bench/night/observe-night';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';

const TENANTS = 45;

/** On a busy machine. */
jest.setTimeout(120_000);

describe('a night that is simulated', () => {
  let measures: NightMeasures;

  beforeAll(async () => {
    await loadPolicyTables();
    measures = nightMeasures(await observeNight(TENANTS, 1, benchConfiguration()));
  });

  it('gives every tenant a run, and neither writes nor throttles itself', () => {
    expect(measures).toMatchObject({ tenants: TENANTS, throttles: 0, writes: 0 });
  });

  it('lets one in every second, so that no call of a run is made twice in one', () => {
    expect(measures.seconds).toBeGreaterThanOrEqual(TENANTS);
    // Twenty at once, every twenty seconds, and the last run's own time.
    expect(measures.seconds).toBeLessThan(TENANTS + 60);
    const once = measures.apis.filter(({ callsPerTenant }) => callsPerTenant === 1);
    expect(once.map(({ name }) => name)).toContain('organizations:ListParents');
    expect(once.filter(({ mostInSecond }) => mostInSecond > 1)).toEqual([]);
  });
});
