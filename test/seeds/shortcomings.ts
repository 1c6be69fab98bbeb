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

/** Whether a seed does what is known of it: nothing is wrong, or only what is open, which is still wrong then. */
export const isExpected = (shortcomings: readonly string[], open?: string): boolean =>
  open === undefined
    ? shortcomings.length === 0
    : shortcomings.length > 0 && shortcomings.every((shortcoming) => shortcoming.startsWith(open));
