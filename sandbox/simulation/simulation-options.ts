import type { FaultName } from './fault-name';

/** What decides a simulation: the same options, the same story and the same report. */
export interface SimulationOptions {
  readonly tenants: number;
  readonly seed: number;
  readonly faults: ReadonlySet<FaultName>;
  /** How many times every tenant is vended again without a change, after everything is at rest. */
  readonly rounds: number;
  /**
   * Absent: no. Whether, before each such round, tenants and configuration change, and people change by hand what is in
   * AWS.
   */
  readonly changes?: boolean;
  /** Absent: no. Whether, in the end, tenants go, come again with the same identifiers, and are wanted again. */
  readonly lives?: boolean;
  /** Whether processes die: before and after any call to AWS and any write to the ledger. */
  readonly kill: boolean;
  /** How many functions may work at a time. Absent: as many as are called. */
  readonly concurrency?: number | undefined;
}
