import type { SimulationReport } from '../../sandbox/simulation/simulation-report';

/** What must be none in a simulation, whatever goes wrong in it. */
const NONE = ['failed', 'lostRequests', 'quotaBreaches', 'selfMadeThrottles', 'writesOnUnchangedRun'] as const;

/** What a report has that it must not have; empty where everything is as it should be. */
export function shortcomingsOf(report: SimulationReport): readonly string[] {
  const { tenants, vended, closed, accountsPerTenantMax, kills } = report;
  return [
    ...(vended + closed === tenants ? [] : [`vended: ${vended} of ${tenants - closed}`]),
    ...(accountsPerTenantMax === 1 ? [] : [`accountsPerTenantMax: ${accountsPerTenantMax}`]),
    ...(kills > 0 ? [] : ['kills: none, so that nothing was tried']),
    ...NONE.filter((name) => report[name] > 0).map((name) => `${name}: ${report[name]}`),
    ...report.violations.map(({ invariant, seen, at }) => `${invariant} (second ${at}): ${seen}`),
  ];
}
