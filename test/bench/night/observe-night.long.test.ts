import { benchConfiguration } from '../../../bench/bench-configuration';
import { type NightMeasures, nightMeasures } from '../../../bench/night/night-measures';
import { observeNight } from '../../../bench/night/observe-night';
import { quietReport } from '../../../bench/night/quiet-report';
import type { DriftReport } from '../../../functions/ports/outcome-publisher';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';

const TENANTS = 45;

/** On a busy machine. */
describe('a night that is simulated', () => {
  let measures: NightMeasures;

  beforeAll(async () => {
    await loadPolicyTables();
    measures = nightMeasures(await observeNight(TENANTS, 1, benchConfiguration()));
  });

  it('compares every tenant, and neither writes nor throttles itself', () => {
    expect(measures).toMatchObject({ tenants: TENANTS, throttles: 0, writes: 0 });
  });

  it('compares four in a second, which is four fifths of what AWS answers', () => {
    // Four at once in the beginning; in the end, the two pauses between the parts of a night.
    expect(measures.seconds).toBeGreaterThanOrEqual((TENANTS - 4) / 4 + 10);
    expect(measures.seconds).toBeLessThan(TENANTS / 4 + 12);
    const parents = measures.apis.find(({ name }) => name === 'organizations:ListParents');
    expect(parents).toMatchObject({ callsPerTenant: 1 });
    expect(measures.apis.filter(({ mostInSecond, quotaBurst }) => mostInSecond > quotaBurst)).toEqual([]);
  });

  it('asks the same for each tenant, however many there are and whether they are copies', async () => {
    const more = nightMeasures(await observeNight(110, 1, benchConfiguration()));
    // Copies share a session with the account that they were copied from.
    const callsOf = ({ apis }: NightMeasures) =>
      apis
        .filter(({ name }) => !name.startsWith('sts:'))
        .map(({ name, callsPerTenant }) => `${name} ${callsPerTenant}`);
    expect(callsOf(more).toSorted()).toEqual(callsOf(measures).toSorted());
    expect(more).toMatchObject({ tenants: 110, throttles: 0, writes: 0 });
  });
});

describe('what a night has come to', () => {
  const quiet: DriftReport = {
    pass: '2026-11-25',
    startedAt: '2026-11-25T01:00:00.000Z',
    endedAt: '2026-11-25T01:06:00.000Z',
    reconciled: 0,
    notBegun: 0,
    unchanged: 10,
    changed: 0,
    failed: 0,
    unfinished: 0,
    lost: 0,
    driftsLeftOut: 0,
    drifts: [],
    lostAccounts: [],
  };

  it('is its report, where nothing had drifted', () => {
    expect(quietReport({ driftReports: [quiet], recursiveInvocationsDropped: [] })).toBe(quiet);
  });

  it.each(['changed', 'failed', 'unfinished'])('is refused where one of its runs has %s', (count) => {
    const report = { ...quiet, [count]: 1 };
    expect(() => quietReport({ driftReports: [report], recursiveInvocationsDropped: [] })).toThrow('not as quiet');
  });

  it.each([
    ['the night itself, which has no report', ['ReconcileTenants', 'ReconcileTenants'], []],
    ['the looks at its runs, which the report does not tell', ['WatchRuns'], [quiet]],
  ])('is refused, with the name of the function, where Lambda has cut the chain of %s', (_of, dropped, reports) => {
    const judged = (): unknown => quietReport({ driftReports: reports, recursiveInvocationsDropped: dropped });
    expect(judged).toThrow(`a chain of messages that feeds ${dropped[0]}: it takes`);
    expect(judged).toThrow('infra/recursive-functions.ts');
  });
});
