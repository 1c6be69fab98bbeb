/** Tells the world what a night's reconciliation has found, on the bus that outcomes go out on. At least once. */
export interface DriftReports {
  publish(report: DriftReport): Promise<void>;
}

/** `GET /drift-reports/{pass}` has the changes one by one. */
export interface DriftReport {
  readonly pass: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** How many tenants were given a run, and how many could not be. */
  readonly reconciled: number;
  readonly notBegun: number;
  /** How many runs have changed something and not failed, how many have failed, how many had not ended. */
  readonly changed: number;
  readonly failed: number;
  readonly unfinished: number;
  readonly drifts: readonly {
    readonly tenantUuid: string;
    readonly accountId: string | null;
    readonly before: 'VENDED' | 'FAILED';
    readonly outcome: 'VENDED' | 'FAILED' | 'SUPERSEDED';
    /** How many things. */
    readonly changes: number;
  }[];
  /** Of how many tenants the account has left the organization, or is closed: a run has said so, and no other is begun until somebody replays it. */
  readonly lost: number;
  /** The first two hundred of them. */
  readonly lostAccounts: readonly { readonly tenantUuid: string; readonly accountId: string; readonly since: string }[];
  /** How many more there were than an event has room for. */
  readonly driftsLeftOut: number;
}
