import type { Violation } from './violations';

/** The report of a simulation; `npm run simulate -- --json` prints it. */
export interface SimulationReport {
  readonly seed: number;
  readonly tenants: number;
  readonly vended: number;
  readonly failed: number;
  /** Tenants that are gone, as they were wanted to. */
  readonly closed: number;
  readonly kills: number;
  /** States of the workflow in whose function a process has died. */
  readonly killedStates: readonly string[];
  readonly accountsPerTenantMax: number;
  readonly lostRequests: number;
  readonly quotaBreaches: number;
  readonly selfMadeThrottles: number;
  readonly writesOnUnchangedRun: number;
  readonly virtualSeconds: number;
  readonly apiCalls: number;
  readonly violations: readonly Violation[];
  readonly faults: readonly string[];
  /** Other functions in which a process has died: intake, API, … */
  readonly killedFunctions: readonly string[];
  readonly replays: number;
  readonly executions: number;
  /** Runs of which an outcome says that they have failed, whatever has become of them since. */
  readonly failedRuns: number;
  /** How many invocations Lambda throttled. */
  readonly throttledFunctions: number;
  /** How often somebody has changed by hand, between two runs, what is ours. */
  readonly changesByHand: number;
}

/** The report for people. */
export function toldReport(report: SimulationReport): string {
  const { seed, tenants, vended, closed, failed, violations } = report;
  const lines = [
    `Seed ${seed}: ${vended} of ${tenants} tenants vended,${closed > 0 ? ` ${closed} closed,` : ''} ${failed} not`,
    `  faults              ${report.faults.join(', ') || 'none'}`,
    `  virtual time        ${(report.virtualSeconds / 3600).toFixed(1)} h`,
    `  executions          ${report.executions}, ${report.failedRuns} failed, ${report.replays} replays`,
    `  changes by hand     ${report.changesByHand}`,
    `  calls to AWS        ${report.apiCalls}`,
    `  kills               ${report.kills}`,
    `  states killed       ${report.killedStates.join(', ') || 'none'}`,
    `  others killed       ${report.killedFunctions.join(', ') || 'none'}`,
    `  accounts per tenant ${report.accountsPerTenantMax}`,
    `  lost requests       ${report.lostRequests}`,
    `  over a quota        ${report.quotaBreaches}`,
    `  own throttles       ${report.selfMadeThrottles}`,
    `  throttled functions ${report.throttledFunctions}`,
    `  writes, unchanged   ${report.writesOnUnchangedRun}`,
    ...violations.map(({ invariant, seen, at }) => `✘ ${invariant} (second ${at}): ${seen}`),
    violations.length === 0 ? '✔ every invariant holds' : `✘ ${violations.length} violations`,
  ];
  return `${lines.join('\n')}\n`;
}
